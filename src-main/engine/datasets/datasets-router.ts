import { z } from "zod";
import { browsedFiles, datasetSource } from "../../contract/dataset.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

type Stopped = "scans" | "pixelScans";

/** Its signal is taken before the input is read, which takes a while: a stop that is sent right behind would otherwise come first and end nothing. */
const stoppable = (kind: Stopped) =>
  procedure.use(({ ctx, next }) => next({ ctx: { stopped: ctx.client?.[kind].signal() } }));
const stopping = (kind: Stopped) => procedure.mutation(({ ctx }) => ctx.client?.[kind].stop());

export const datasetsRouter = routerOf({
  inspect: stoppable("scans")
    .input(z.object({ source: datasetSource }))
    .mutation(({ ctx, input }) => ctx.engine.datasets.inspect(input.source, ctx.stopped)),
  /** Near-duplicates, unusual pictures and colours of a version that was scanned. */
  scanPixels: stoppable("pixelScans")
    .input(z.object({ datasetId: z.int().positive() }))
    .mutation(({ ctx, input }) => ctx.engine.datasets.scanPixels(input.datasetId, ctx.stopped)),
  /** Ends what this client has scanned; where others wait for the same, it goes on for them. */
  stopScanning: stopping("scans"),
  stopScanningPixels: stopping("pixelScans"),
  recent: procedure.query(({ ctx }) => ctx.engine.datasets.recent()),
  browse: procedure
    .input(z.object({ path: z.string().nullable(), files: browsedFiles.optional() }))
    .query(({ ctx, input }) => ctx.engine.folders.browse(input.path, input.files, ctx.client?.gone)),
});
