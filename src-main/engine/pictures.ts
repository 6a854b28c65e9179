/**
 * A data set's picture for a window. It is always decoded and written anew as WebP: what reaches a browser is never the file's own bytes, so nothing in
 * a folder of pictures can run there. The file is the one that was looked at, byte for byte: its hash is compared with the recorded one, so a file or a
 * link that was exchanged since is refused, wherever it leads.
 */
import { resolve, sep } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { DatasetView, DrawnSource } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import { drawPicture } from "../datasets/draw/draw-picture.ts";
import type { Example } from "../datasets/example.ts";
import { contentHashOf, readPictureFile } from "../datasets/pictures/picture-bytes.ts";
import type { Store } from "../store/open-store.ts";

export interface Picture {
  readonly bytes: Buffer;
  readonly mediaType: "image/webp";
}

export interface PictureFinder {
  /** The recorded picture; null where there is none of that number. Throws `data.unknown`. */
  find(datasetId: number, example: number): { readonly view: DatasetView; readonly example: Example } | null;
  /** At most `mostPixels` a side, never enlarged, upright. Throws `data.changed` where the file is no longer the one recorded. */
  render(found: { readonly view: DatasetView; readonly example: Example }, mostPixels: number): Promise<Picture>;
}

export function createPictureFinder(store: Store): PictureFinder {
  return {
    find(datasetId, index) {
      const view = store.datasets.view(datasetId);
      const example = store.datasets.example(datasetId, index);
      return example && { view, example };
    },
    async render({ view, example }, mostPixels) {
      const picture =
        view.source.kind === "drawn" ? drawn(view.source, example) : await photograph(view.source, example);
      const bytes = await picture
        .resize({ width: mostPixels, height: mostPixels, fit: "inside", withoutEnlargement: true })
        .webp({ quality: 90 })
        .toBuffer();
      return { bytes, mediaType: "image/webp" };
    },
  };
}

async function photograph(source: { readonly path: string }, example: Example): Promise<Sharp> {
  const folder = resolve(source.path);
  const path = resolve(folder, example.name);
  if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    throw new Error(`The recorded picture ${example.name} lies outside its data set's folder.`);
  const bytes = await readPictureFile(path);
  if ("code" in bytes || contentHashOf(bytes) !== example.contentHash)
    throw new StrataError("data.changed", { path: source.path });
  return sharp(bytes, { failOn: "none" }).rotate().toColorspace("srgb");
}

function drawn(source: DrawnSource, example: Example): Sharp {
  const pixels = drawPicture(source, example.index);
  return sharp(pixels, { raw: { width: source.pixels, height: source.pixels, channels: 3 } });
}
