/**
 * The one table of endpoints. The window and the browser import its type, the command line calls it in process, and the server puts it on the
 * wire. Every input from outside passes zod here.
 */
import { setImmediate as othersTurn, setTimeout as pause } from "node:timers/promises";
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { classCount, modelChoice, trainRequest } from "../contract/configuration.ts";
import { browsedFiles, datasetSource } from "../contract/dataset.ts";
import { type CodedError, StrataError } from "../contract/errors.ts";
import { threadsChoice } from "../contract/machine.ts";
import type { SeriesView } from "../contract/metric.ts";
import { queueMove } from "../contract/queue.ts";
import { sweepRequest } from "../contract/sweep.ts";
import { keptEpoch, weightsSource } from "../contract/weights.ts";
import { metrics } from "../domain/metrics/metrics.ts";
import { refuseLargeInput } from "./bounded-input.ts";
import { type CallLimit, mostCalls } from "./call-limit.ts";
import type { Client } from "./client.ts";
import type { EngineApi } from "./engine-api.ts";
import { isBusy } from "./patience.ts";

export interface RouterContext {
  readonly engine: EngineApi;
  /** Of the connection; the command line has none. */
  readonly calls?: CallLimit;
  readonly client?: Client;
}

const busyRetryMillis = 250;
const mostBusyMillis = 10_000;

const init = initTRPC.context<RouterContext>().create({
  errorFormatter: ({ shape, error }) => {
    const strata = codedErrorFrom(error);
    return {
      ...shape,
      message: strata === null ? brief(shape.message) : `${strata.problem} ${strata.remedy}`,
      data: { ...shape.data, path: brief(shape.data.path ?? ""), stack: undefined, strata },
    };
  },
});

const limited = init.procedure.use(async ({ ctx, type, signal, next }) => {
  const leave = enter(ctx);
  const result = await next();
  if (type === "subscription" && result.ok && signal) signal.addEventListener("abort", leave, { once: true });
  else leave();
  return result;
});

function enter({ calls }: RouterContext): () => void {
  try {
    return calls?.enter() ?? (() => {});
  } catch (cause) {
    throw new TRPCError({ code: "TOO_MANY_REQUESTS", cause });
  }
}

const bounded = limited.use(async ({ getRawInput, next }) => {
  refuseLargeInput(await getRawInput());
  return next();
});

/** What finds the record busy has changed nothing, so that it is tried again for a while before a person is told. */
const patient = bounded.use(async ({ next }) => {
  for (const startedAt = performance.now(); ; ) {
    const result = await next();
    const isLate = performance.now() - startedAt > mostBusyMillis;
    if (result.ok || !isBusy(result.error.cause) || isLate) return result;
    await pause(busyRetryMillis);
  }
});
const t = { router: init.router, createCallerFactory: init.createCallerFactory, procedure: patient };

/** Longer than any path that a system takes. */
const mostCharacters = 5_000;

/** Of what a client sent, an answer repeats no more. */
const brief = (text: string): string => (text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text);

/** The coded error inside anything thrown, in so many words; null for a broken invariant, which is logged and not explained. */
export function codedErrorFrom(thrown: unknown): CodedError | null {
  const coded = wholeErrorFrom(thrown);
  return coded && { ...coded, problem: brief(coded.problem), remedy: brief(coded.remedy) };
}

function wholeErrorFrom(thrown: unknown): CodedError | null {
  // The library refuses it before a procedure is known, and has no code for it but these words.
  if (thrown instanceof TRPCError && thrown.message === "Batch call exceeds maximum size")
    return new StrataError("server.too-many-calls", { most: mostCalls }).toJSON();
  if (thrown instanceof TRPCError) {
    const coded = thrown.cause ? wholeErrorFrom(thrown.cause) : null;
    // No JSON, no such procedure, another method: the client's doing, whatever the library calls it.
    if (coded !== null || thrown.code === "INTERNAL_SERVER_ERROR") return coded;
    return new StrataError("request.invalid", { problem: thrown.message }).toJSON();
  }
  if (thrown instanceof StrataError) return thrown.toJSON();
  if (thrown instanceof z.ZodError) {
    const issue = thrown.issues[0];
    return new StrataError("settings.invalid", {
      setting: issue?.path.join(".") || "request",
      problem: issue?.message ?? "not understood",
    }).toJSON();
  }
  return null;
}

const runId = z.int().positive();
const mostRuns = 10_000;
/** A number that is named twice counts once. */
const idsUpTo = (most: number) =>
  z
    .array(runId)
    .min(1)
    .max(mostRuns)
    .transform((ids) => [...new Set(ids)])
    .refine((ids) => ids.length <= most, `at most ${most} runs at once`);
const runIds = idsUpTo(mostRuns);
/** Curves that are looked at together. */
const mostRunsOfSeries = 50;
/** Of one metric in one answer: what several pages of curves would show. */
const mostPointsOfMetric = 100_000;
const tags = z.array(z.string().trim().min(1).max(60).regex(/^\S+$/, "a tag is one word")).max(20);
const sweepId = z.int().positive();

export const router = t.router({
  status: t.procedure.query(({ ctx }) => ctx.engine.status()),
  dismissNotice: t.procedure
    .input(z.object({ noticeId: z.int().positive() }))
    .mutation(({ ctx, input }) => ctx.engine.dismissNotice(input.noticeId)),
  chooseThreads: t.procedure
    .input(z.object({ choice: threadsChoice }))
    .mutation(({ ctx, input }) => ctx.engine.chooseThreads(input.choice)),
  data: t.router({
    inspect: t.procedure
      .input(z.object({ source: datasetSource }))
      .mutation(({ ctx, input }) => ctx.engine.inspectDataset(input.source, ctx.client?.lookSignal())),
    /** Ends what this client looks at; where others wait for the same, it goes on for them. */
    stopLooking: t.procedure.mutation(({ ctx }) => ctx.client?.stopLooks()),
    recent: t.procedure.query(({ ctx }) => ctx.engine.recentDatasets()),
    browse: t.procedure
      .input(z.object({ path: z.string().nullable(), files: browsedFiles.optional() }))
      .query(({ ctx, input }) => ctx.engine.browseFolders(input.path, input.files, ctx.client?.gone)),
  }),
  models: t.router({
    shelf: t.procedure.query(({ ctx }) => ctx.engine.shelf()),
    show: t.procedure
      .input(
        z.object({
          id: z.string().max(100),
          inputPixels: modelChoice.shape.inputPixels.optional(),
          width: modelChoice.shape.width.optional(),
          classes: classCount.optional(),
        }),
      )
      .query(({ ctx, input }) => ctx.engine.architecture(input)),
  }),
  weights: t.router({
    look: t.procedure
      .input(
        z.object({
          from: weightsSource,
          sha256: z.string().nullable(),
          model: modelChoice,
          classes: classCount,
        }),
      )
      .query(({ ctx, input }) => ctx.engine.lookAtWeights(input, ctx.client?.gone)),
    check: t.procedure
      .input(z.object({ runId, which: keptEpoch.nullable() }))
      .query(({ ctx, input }) => ctx.engine.checkWeights(input.runId, input.which)),
  }),
  training: t.router({
    estimate: t.procedure.input(trainRequest).query(({ ctx, input }) => ctx.engine.estimate(input, ctx.client?.gone)),
    memory: t.procedure
      .input(trainRequest)
      .query(({ ctx, input }) => ctx.engine.estimateMemory(input, ctx.client?.gone)),
    start: t.procedure.input(trainRequest).mutation(({ ctx, input }) => ctx.engine.startTraining(input)),
    stop: t.procedure.input(z.object({ runId })).mutation(({ ctx, input }) => ctx.engine.stopTraining(input.runId)),
    pause: t.procedure.input(z.object({ runId })).mutation(({ ctx, input }) => ctx.engine.pauseTraining(input.runId)),
    resume: t.procedure.input(z.object({ runId })).mutation(({ ctx, input }) => ctx.engine.resumeTraining(input.runId)),
  }),
  queue: t.router({
    get: t.procedure.query(({ ctx }) => ctx.engine.queue()),
    hold: t.procedure.mutation(({ ctx }) => ctx.engine.holdQueue()),
    goOn: t.procedure.mutation(({ ctx }) => ctx.engine.letQueueGoOn()),
    move: t.procedure
      .input(z.object({ runId, to: queueMove }))
      .mutation(({ ctx, input }) => ctx.engine.moveInQueue(input)),
    leaveInterrupted: t.procedure.mutation(({ ctx }) => ctx.engine.leaveInterrupted()),
  }),
  sweeps: t.router({
    estimate: t.procedure.input(sweepRequest).mutation(({ ctx, input }) => ctx.engine.estimateSweep(input)),
    start: t.procedure.input(sweepRequest).mutation(({ ctx, input }) => ctx.engine.startSweep(input)),
    goOn: t.procedure
      .input(z.object({ sweepId }))
      .mutation(({ ctx, input }) => ctx.engine.continueSweep(input.sweepId)),
    stop: t.procedure.input(z.object({ sweepId })).mutation(({ ctx, input }) => ctx.engine.stopSweep(input.sweepId)),
    pause: t.procedure.input(z.object({ sweepId })).mutation(({ ctx, input }) => ctx.engine.pauseSweep(input.sweepId)),
    list: t.procedure.query(({ ctx }) => ctx.engine.sweeps()),
    get: t.procedure.input(z.object({ sweepId })).query(({ ctx, input }) => ctx.engine.sweep(input.sweepId)),
  }),
  runs: t.router({
    list: t.procedure.query(({ ctx }) => ctx.engine.runs()),
    get: t.procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.engine.run(input.runId)),
    rename: t.procedure
      .input(z.object({ runId, title: z.string().trim().min(1).max(200) }))
      .mutation(({ ctx, input }) => ctx.engine.renameRun(input.runId, input.title)),
    annotate: t.procedure
      .input(z.object({ runId, note: z.string().max(10_000) }))
      .mutation(({ ctx, input }) => ctx.engine.annotateRun(input.runId, input.note)),
    mark: t.procedure
      .input(
        z.object({
          runIds,
          isPinned: z.boolean().optional(),
          isArchived: z.boolean().optional(),
          addTags: tags.optional(),
          dropTags: tags.optional(),
        }),
      )
      .mutation(({ ctx, input: { runIds: marked, ...marks } }) => ctx.engine.markRuns(marked, marks)),
    freeSpace: t.procedure.input(z.object({ runIds })).mutation(({ ctx, input }) => ctx.engine.freeSpace(input.runIds)),
    remove: t.procedure.input(z.object({ runIds })).mutation(({ ctx, input }) => ctx.engine.removeRuns(input.runIds)),
    restore: t.procedure.input(z.object({ runIds })).mutation(({ ctx, input }) => ctx.engine.restoreRuns(input.runIds)),
    series: t.procedure
      .input(
        z.object({
          runIds: idsUpTo(mostRunsOfSeries),
          metrics: z
            .array(z.enum(metrics.map(({ id }) => id)))
            .max(mostRuns)
            .transform((ids) => [...new Set(ids)])
            .optional(),
          maxPoints: z.int().min(2).max(20_000).default(2_000),
        }),
      )
      .query(async ({ ctx, input: { runIds: asked, metrics, maxPoints } }) => {
        const share = Math.min(maxPoints, Math.floor(mostPointsOfMetric / asked.length));
        const series: SeriesView[] = [];
        for (const runId of asked) {
          series.push(...ctx.engine.series({ runIds: [runId], metrics, maxPoints: share }));
          await othersTurn();
        }
        return series;
      }),
    confusion: t.procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.engine.confusion(input.runId)),
    compare: t.procedure
      .input(z.object({ runIds: z.array(runId).min(2).max(12) }))
      .query(({ ctx, input }) => ctx.engine.compare(input.runIds)),
  }),
  events: t.procedure.subscription(({ ctx, signal }) => ctx.engine.events(signal ?? new AbortController().signal)),
});

export type Router = typeof router;
/** The same table without a wire, for the command line and tests. */
export const createCaller = t.createCallerFactory(router);
