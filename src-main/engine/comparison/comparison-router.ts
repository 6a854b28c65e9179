import { z } from "zod";
import { mostCompared } from "../../contract/comparison.ts";
import { mostFolds } from "../../contract/configuration.ts";
import { mostSuspects } from "../../contract/label-suspects.ts";
import { mostCellPictures } from "../../contract/per-class.ts";
import { runId } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

/** A run with its arm-mate, and one for each fold. */
const mostAsked = mostFolds + 2;

export const comparisonRouter = routerOf({
  compare: procedure
    .input(z.object({ runIds: z.array(runId).min(2).max(mostCompared) }))
    .query(({ ctx, input }) => ctx.engine.comparison.compare(input.runIds)),
  calibration: procedure
    .input(z.object({ runIds: z.array(runId).min(1).max(mostCompared) }))
    .query(({ ctx, input }) => ctx.engine.comparison.calibration(input.runIds)),
  perClass: procedure
    .input(z.object({ runIds: z.array(runId).min(1).max(mostCompared) }))
    .query(({ ctx, input }) => ctx.engine.comparison.perClass(input.runIds)),
  cellPictures: procedure
    .input(
      z.object({
        runIds: z.array(runId).min(1).max(mostCompared),
        ...{ truth: z.int().nonnegative(), said: z.int().nonnegative(), offset: z.int().nonnegative() },
        most: z.int().positive().max(mostCellPictures),
      }),
    )
    .query(({ ctx, input }) => ctx.engine.comparison.cellPictures(input)),
  labelSuspects: procedure
    .input(z.object({ runIds: z.array(runId).min(1).max(mostAsked), most: z.int().min(1).max(mostSuspects) }))
    .query(({ ctx, input }) => ctx.engine.comparison.labelSuspects(input.runIds, input.most)),
});
