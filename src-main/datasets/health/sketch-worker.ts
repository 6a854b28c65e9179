/** Runs in a thread of the pool: decodes a few pictures and sketches them. */
import sharp from "sharp";
import type { DatasetSource } from "../../contract/dataset.ts";
import { readPicture } from "../containers/read-picture.ts";
import { drawPicture } from "../draw/draw-picture.ts";
import type { Example } from "../example.ts";
import { contentHashOf } from "../pictures/picture-bytes.ts";
import { sketchOf } from "./sketch.ts";
import { type SketchedPicture, sketchPicture, squashed } from "./sketch-picture.ts";

export interface SketchTask {
  readonly source: DatasetSource;
  readonly examples: readonly Pick<Example, "index" | "name" | "contentHash">[];
}
/** `changed`: no longer the file that was scanned. `damaged`: its pixels cannot be decoded. After `no-answer` nothing more was tried. */
export type Sketched = SketchedPicture | "changed" | "damaged" | "no-answer";

export default async function sketch({ source, examples }: SketchTask): Promise<readonly Sketched[]> {
  const found: Sketched[] = [];
  for (const example of examples) {
    const one = await sketchExample(source, example);
    found.push(one);
    if (one === "no-answer") break;
  }
  return found;
}

async function sketchExample(source: DatasetSource, example: SketchTask["examples"][number]): Promise<Sketched> {
  if (source.kind === "drawn") {
    const { pixels: side } = source;
    const raw = { width: side, height: side, channels: 3 } as const;
    const picture = sharp(drawPicture(source, example.index), { raw });
    return { ...sketchOf(await squashed(picture)), width: side, height: side };
  }
  const bytes = await readPicture(source.path, example.name);
  if (bytes === "no-answer") return bytes;
  if ("code" in bytes || contentHashOf(bytes) !== example.contentHash) return "changed";
  return sketchPicture(bytes).catch(() => "damaged");
}
