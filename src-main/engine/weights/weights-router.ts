import { z } from "zod";
import { classCount, modelChoice } from "../../contract/configuration.ts";
import { exportFormats, keptEpoch, weightsSource } from "../../contract/weights.ts";
import { runId } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

export const weightsRouter = routerOf({
  inspect: procedure
    .input(z.object({ from: weightsSource, sha256: z.string().nullable(), model: modelChoice, classes: classCount }))
    .query(({ ctx, input }) => ctx.engine.weights.inspect(input, ctx.client?.gone)),
  firstKernels: procedure
    .input(z.object({ runId, epoch: z.int().positive().optional() }))
    .query(({ ctx, input }) => ctx.engine.weights.firstKernels(input.runId, input.epoch)),
  check: procedure
    .input(z.object({ runId, which: keptEpoch.nullable() }))
    .query(({ ctx, input }) => ctx.engine.weights.check(input.runId, input.which)),
});

/** Not for the wire: it would write anywhere. */
export const weightsExportRouter = routerOf({
  export: procedure
    .input(z.object({ runId, weights: keptEpoch.nullable(), format: z.enum(exportFormats), folder: z.string().min(1) }))
    .mutation(({ ctx, input }) => ctx.engine.weights.export(input)),
});
