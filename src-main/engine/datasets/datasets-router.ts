import { z } from "zod";
import { browsedFiles, datasetSource } from "../../contract/dataset.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

export const datasetsRouter = routerOf({
  inspect: procedure
    .input(z.object({ source: datasetSource }))
    .mutation(({ ctx, input }) => ctx.engine.datasets.inspect(input.source, ctx.client?.scanSignal())),
  /** Near-duplicates, unusual pictures and colours of a version that was scanned. */
  scanPixels: procedure
    .input(z.object({ datasetId: z.int().positive() }))
    .mutation(({ ctx, input }) => ctx.engine.datasets.scanPixels(input.datasetId, ctx.client?.scanSignal())),
  /** Ends what this client has scanned; where others wait for the same, it goes on for them. */
  stopScanning: procedure.mutation(({ ctx }) => ctx.client?.stopScans()),
  recent: procedure.query(({ ctx }) => ctx.engine.datasets.recent()),
  browse: procedure
    .input(z.object({ path: z.string().nullable(), files: browsedFiles.optional() }))
    .query(({ ctx, input }) => ctx.engine.folders.browse(input.path, input.files, ctx.client?.gone)),
});
