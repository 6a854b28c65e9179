import { z } from "zod";
import { browsedFiles, datasetSource, folderSource } from "../../contract/dataset.ts";
import { askedEdit, versionAuthor, versionNote } from "../../contract/dataset-version.ts";
import { splitAnew } from "../../contract/split-plan.ts";
import { picturePart } from "../../contract/taken-picture.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

type Stopped = "scans" | "pixelScans" | "writings";

/** Its signal is taken before the input is read, which takes a while: a stop that is sent right behind would otherwise come first and end nothing. */
const stoppable = (kind: Stopped) =>
  procedure.use(({ ctx, next }) => next({ ctx: { stopped: ctx.client?.[kind].signal() } }));
const stopping = (kind: Stopped) => procedure.mutation(({ ctx }) => ctx.client?.[kind].stop());
const words = { author: versionAuthor.nullable(), note: versionNote };
const versionSource = folderSource.required({ version: true });

export const datasetsRouter = routerOf({
  inspect: stoppable("scans")
    .input(z.object({ source: datasetSource }))
    .mutation(({ ctx, input }) => ctx.engine.datasets.inspect(input.source, ctx.stopped)),
  /** Near-duplicates, unusual pictures and colours of a version that was scanned. */
  scanPixels: stoppable("pixelScans")
    .input(z.object({ datasetId: z.int().positive() }))
    .mutation(({ ctx, input }) => ctx.engine.datasets.scanPixels(input.datasetId, ctx.stopped)),
  /** What it found last, for a page that was opened anew. */
  pixelScan: procedure
    .input(z.object({ datasetId: z.int().positive() }))
    .query(({ ctx, input }) => ctx.engine.datasets.pixelScan(input.datasetId)),
  /** Ends what this client has scanned; where others wait for the same, it goes on for them. */
  stopScanning: stopping("scans"),
  stopScanningPixels: stopping("pixelScans"),
  recent: procedure.query(({ ctx }) => ctx.engine.datasets.recent()),
  pictures: procedure
    .input(z.object({ datasetId: z.int(), from: z.int().min(0) }))
    .query(({ ctx, input }) => ctx.engine.datasets.pictures(input.datasetId, input.from)),
  browse: procedure
    .input(z.object({ path: z.string().nullable(), files: browsedFiles.optional() }))
    .query(({ ctx, input }) => ctx.engine.folders.browse(input.path, input.files, ctx.client?.gone)),
  /** Where pictures are to be added. */
  classFolders: procedure
    .input(z.object({ folder: z.string().trim().min(1).max(4_096) }))
    .query(({ ctx, input }) => ctx.engine.intake.classFolders(input.folder, ctx.client?.gone)),
  /** A picture from a camera, a paste or a drop, part by part; the last part is answered with the file. */
  addPicture: procedure.input(picturePart).mutation(({ ctx, input }) => {
    if (ctx.client === undefined) throw new Error("Pictures are sent over a connection.");
    return ctx.engine.intake.add(input, ctx.client);
  }),
  /** Deletes the file of a picture that was added since the engine began. */
  undoPicture: procedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => ctx.engine.intake.undo(input.id)),
  /** By what the pictures of a source can be kept together. */
  splitGroups: procedure
    .input(z.object({ source: datasetSource }))
    .query(({ ctx, input }) => ctx.engine.splits.groups(input.source, ctx.client?.gone)),
  previewSplit: procedure
    .input(z.object({ source: datasetSource, split: splitAnew }))
    .query(({ ctx, input }) => ctx.engine.splits.preview(input.source, input.split, ctx.client?.gone)),
  versions: procedure
    .input(z.object({ path: z.string().min(1) }))
    .query(({ ctx, input }) => ctx.engine.versions.list(input.path)),
  saveVersion: procedure
    .input(
      z.object({
        from: folderSource,
        edits: z.array(askedEdit).min(1).max(1_000),
        datasetId: z.int().positive().optional(),
        ...words,
      }),
    )
    .mutation(({ ctx, input }) => ctx.engine.versions.save(input)),
  undoVersion: procedure
    .input(z.object({ version: versionSource, ...words }))
    .mutation(({ ctx, input }) => ctx.engine.versions.undo(input)),
  compareVersions: procedure
    .input(z.object({ before: folderSource, after: folderSource }))
    .query(({ ctx, input }) => ctx.engine.versions.compare(input.before, input.after)),
  /** Copies the pictures into a folder that is empty or not there yet. */
  writeOut: stoppable("writings")
    .input(z.object({ source: folderSource, folder: z.string().trim().min(1).max(4_096) }))
    .mutation(({ ctx, input }) => ctx.engine.versions.writeOut(input.source, input.folder, ctx.stopped)),
  stopWritingOut: stopping("writings"),
});
