import { z } from "zod";
import { classCount, modelChoice } from "../../contract/configuration.ts";
import { wayTiming } from "../../contract/machine.ts";
import { procedure, recordlessProcedure, routerOf } from "../calls/procedure.ts";
import { architectureOf, modelList } from "./model-list.ts";

/** Rows of a larger batch tell no more. */
const mostTimedBatch = 256;

export const modelsRouter = routerOf({
  list: recordlessProcedure.query(() => modelList()),
  show: recordlessProcedure
    .input(
      z.object({
        id: z.string().max(100),
        inputPixels: modelChoice.shape.inputPixels.optional(),
        width: modelChoice.shape.width.optional(),
        classes: classCount.optional(),
      }),
    )
    .query(({ input }) => architectureOf(input)),
  /** A mutation, since it is asked for by a person and takes the machine for some seconds. */
  timeRows: procedure
    .input(z.object({ model: modelChoice, classes: classCount, batchSize: z.int().min(1).max(mostTimedBatch) }))
    .mutation(({ ctx, input }) => ctx.engine.rowTimer.time(input, ctx.client?.gone)),
  timeWays: procedure
    .input(wayTiming)
    .mutation(({ ctx, input }) => ctx.engine.rowTimer.timeWays(input, ctx.client?.gone)),
});
