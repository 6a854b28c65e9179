import { z } from "zod";
import { bundleUpload, mostBundledRuns } from "../../contract/run-bundle.ts";
import { runId, runIdsUpTo } from "../calls/ids.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

export const bundlesRouter = routerOf({
  /** A file from a page, part by part; the last part is answered with what came of it. */
  receive: procedure.input(bundleUpload).mutation(({ ctx, input }) => {
    if (ctx.client === undefined) throw new Error("Bundles are sent over a connection.");
    return ctx.engine.bundles.receive(input, ctx.client);
  }),
  comparePictures: procedure
    .input(z.object({ runId, datasetId: z.int().positive() }))
    .query(({ ctx, input }) => ctx.engine.bundles.comparePictures(input.runId, input.datasetId)),
  compareReplay: procedure
    .input(z.object({ runId, replayId: runId }))
    .query(({ ctx, input }) => ctx.engine.bundles.compareReplay(input.runId, input.replayId)),
});

const path = z.string().min(1);

/** Not for the wire: they would read and write anywhere. */
export const bundleFilesRouter = routerOf({
  export: procedure
    .input(z.object({ runIds: runIdsUpTo(mostBundledRuns), path, withCheckpoints: z.boolean().default(false) }))
    .mutation(({ ctx, input: { runIds, path: to, ...options } }) => ctx.engine.bundles.export(runIds, to, options)),
  import: procedure.input(z.object({ path })).mutation(({ ctx, input }) => ctx.engine.bundles.import(input.path)),
});
