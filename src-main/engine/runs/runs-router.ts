import { z } from "zod";
import { curveFormat } from "../../contract/curves.ts";
import { runListQuestion, runsQuestion } from "../../contract/run-list.ts";
import { metrics } from "../../domain/metrics/metrics.ts";
import { mostRuns, runId, runIdsUpTo } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

const runIds = runIdsUpTo(mostRuns);
/** Curves that are shown together. */
const mostRunsOfSeries = 50;
const tags = z.array(z.string().trim().min(1).max(60).regex(/^\S+$/, "a tag is one word")).max(20);

/** Runs that a window asks for at once: a few megabytes. */
const mostAsked = 1_000;
/** Rows of a list to choose from. */
const mostChoices = 100;

/** Not for the wire: it would write anywhere. */
export const curvesRouter = routerOf({
  export: procedure
    .input(z.object({ runIds, format: curveFormat, folder: z.string().min(1) }))
    .mutation(({ ctx, input }) => ctx.engine.runs.exportCurves(input)),
});

export const runsRouter = routerOf({
  page: procedure.input(runListQuestion).query(({ ctx, input }) => ctx.engine.runList.page(input)),
  ids: procedure.input(runListQuestion).query(({ ctx, input }) => ctx.engine.runList.ids(input)),
  some: procedure
    .input(z.object({ runIds: runIdsUpTo(mostAsked) }))
    .query(({ ctx, input }) => ctx.engine.runList.some(input.runIds)),
  candidates: procedure
    .input(
      z.object({
        chosen: z.array(runId).max(mostChoices),
        text: runListQuestion.shape.text,
        most: z.int().positive().max(mostChoices),
      }),
    )
    .query(({ ctx, input }) => ctx.engine.runList.candidates(input.chosen, input.text, input.most)),
  latestPair: procedure.query(({ ctx }) => ctx.engine.runList.latestPair()),
  withWeights: procedure
    .input(z.object({ modelId: z.string().max(100).nullable() }))
    .query(({ ctx, input }) => ctx.engine.runList.withWeights(input.modelId, mostChoices)),
  suspectRuns: procedure
    .input(z.object({ runId }))
    .query(({ ctx, input }) => ctx.engine.runList.suspectRuns(input.runId)),
  list: procedure.input(runsQuestion).query(({ ctx, input }) => ctx.engine.runList.listed(input)),
  get: procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.engine.runs.get(input.runId)),
  rename: procedure
    .input(z.object({ runId, title: z.string().trim().min(1).max(200) }))
    .mutation(({ ctx, input }) => ctx.engine.runs.rename(input.runId, input.title)),
  annotate: procedure
    .input(z.object({ runId, note: z.string().max(10_000) }))
    .mutation(({ ctx, input }) => ctx.engine.runs.annotate(input.runId, input.note)),
  mark: procedure
    .input(
      z.object({
        runIds,
        isPinned: z.boolean().optional(),
        isArchived: z.boolean().optional(),
        addTags: tags.optional(),
        dropTags: tags.optional(),
      }),
    )
    .mutation(({ ctx, input: { runIds: marked, ...marks } }) => ctx.engine.runs.mark(marked, marks)),
  freeSpace: procedure
    .input(z.object({ runIds }))
    .mutation(({ ctx, input }) => ctx.engine.runs.freeSpace(input.runIds)),
  remove: procedure.input(z.object({ runIds })).mutation(({ ctx, input }) => ctx.engine.runs.remove(input.runIds)),
  restore: procedure.input(z.object({ runIds })).mutation(({ ctx, input }) => ctx.engine.runs.restore(input.runIds)),
  deleted: procedure.query(({ ctx }) => ctx.engine.runs.deleted()),
  forget: procedure.input(z.object({ runIds })).mutation(({ ctx, input }) => ctx.engine.runs.forget(input.runIds)),
  series: procedure
    .input(
      z.object({
        runIds: runIdsUpTo(mostRunsOfSeries),
        metrics: z
          .array(z.enum(metrics.map(({ id }) => id)))
          .max(mostRuns)
          .transform((ids) => [...new Set(ids)])
          .optional(),
        maxPoints: z.int().min(2).max(20_000).default(2_000),
      }),
    )
    .query(({ ctx, input }) => ctx.engine.runs.seriesInTurns(input)),
  times: procedure
    .input(z.object({ runIds: runIdsUpTo(mostRunsOfSeries) }))
    .query(({ ctx, input }) => ctx.engine.runs.times(input.runIds)),
  confusion: procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.engine.runs.confusion(input.runId)),
  testLooks: procedure.input(z.object({ runId })).query(({ ctx, input }) => ctx.engine.runs.testLooks(input.runId)),
});
