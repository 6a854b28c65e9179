import { z } from "zod";
import { runId } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

/** Runs that stand side by side on a page. */
const mostCompared = 12;
/** More than anyone goes through at once. */
const mostSuspects = 1_000;

export const comparisonRouter = routerOf({
  compare: procedure
    .input(z.object({ runIds: z.array(runId).min(2).max(mostCompared) }))
    .query(({ ctx, input }) => ctx.engine.comparison.compare(input.runIds)),
  labelSuspects: procedure
    .input(z.object({ runIds: z.array(runId).min(1).max(mostCompared), most: z.int().min(1).max(mostSuspects) }))
    .query(({ ctx, input }) => ctx.engine.comparison.labelSuspects(input.runIds, input.most)),
});
