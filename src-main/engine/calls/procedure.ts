/** What every endpoint goes through, whatever it is of: bounds on calls and inputs, patience with a busy record, and coded errors. */
import { setTimeout as pause } from "node:timers/promises";
import { initTRPC, TRPCError } from "@trpc/server";
import type { EngineParts } from "../engine-parts.ts";
import { isBusy } from "../record/patience.ts";
import { refuseLargeInput } from "./bounded-input.ts";
import type { CallLimit } from "./call-limit.ts";
import type { Client } from "./client.ts";
import { brief, codedErrorFrom } from "./coded-error.ts";
import { statusOfError } from "./error-status.ts";

export interface RouterContext {
  /** Left out by a caller who asks only what needs no record. */
  readonly engine?: EngineParts;
  /** Of the connection; the command line has none. */
  readonly calls?: CallLimit;
  readonly client?: Client;
}

const busyRetryMillis = 250;

const init = initTRPC.context<RouterContext>().create({
  errorFormatter: ({ shape, error }) => {
    const strata = codedErrorFrom(error);
    return {
      ...shape,
      message: strata === null ? brief(shape.message) : `${strata.problem} ${strata.remedy}`,
      data: {
        ...shape.data,
        httpStatus: strata === null ? shape.data.httpStatus : statusOfError(strata.code),
        path: brief(shape.data.path ?? ""),
        stack: undefined,
        strata,
      },
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

/** An endpoint that needs no record. */
export const recordlessProcedure = bounded;

/**
 * An endpoint of the engine. What finds the record busy has changed nothing, so that it is tried again for a while before a person is told.
 */
export const procedure = bounded.use(async ({ ctx: { engine }, next }) => {
  if (engine === undefined) throw new Error("This endpoint needs an engine, and the caller has none.");
  for (const startedAt = performance.now(); ; ) {
    const result = await next({ ctx: { engine } });
    const isLate = performance.now() - startedAt > engine.waits.busyAnswerMillis;
    if (result.ok || !isBusy(result.error.cause) || isLate) return result;
    await pause(busyRetryMillis);
  }
});

export const { router: routerOf, createCallerFactory, mergeRouters } = init;
