/** A data set's pictures for pages: found in the record, and decoded in a process of their own (`datasets/pictures/render-picture.ts`). */
import type { DatasetView } from "../../contract/dataset.ts";
import type { Example } from "../../datasets/example.ts";
import type { RenderRequest } from "../../datasets/pictures/render-picture.ts";
import type { Store } from "../../store/open-store.ts";
import type { Readers } from "../readers/readers.ts";
import { createTurns } from "../readers/turns.ts";

export interface Picture {
  readonly bytes: Buffer;
  readonly mediaType: "image/webp";
}

export type AskedSize = Pick<RenderRequest, "mostPixels" | "resize">;

export interface FoundPicture {
  readonly view: DatasetView;
  readonly example: Example;
}

export interface PictureFinder {
  /** The recorded picture; null where there is none of that number. Throws `data.unknown`. */
  find(datasetId: number, example: number): FoundPicture | null;
  /**
   * Upright; at most `mostPixels` a side, never enlarged, or as a network of that input size sees it. Throws `data.changed` where the file is no longer the one recorded, `picture.*`, `file.*`, and the
   * signal's reason.
   */
  render(found: FoundPicture, asked: AskedSize, signal: AbortSignal): Promise<Picture>;
  /** The same of a picture that a person holds to a network: the bytes of its file. */
  renderHeld(bytes: Uint8Array, asked: AskedSize, signal: AbortSignal): Promise<Picture>;
}

export function createPictureFinder({ store, readers }: { store: Store; readers: Readers }): PictureFinder {
  /** One at a time: what one takes is bounded, and so is the whole. */
  const inTurn = createTurns(1);
  const rendered = async (request: RenderRequest, path: string, signal: AbortSignal): Promise<Picture> => {
    const bytes = await inTurn(() => readers.ask({ kind: "render-picture", ...request }, { path, signal }), signal);
    return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), mediaType: "image/webp" };
  };
  return {
    find(datasetId, index) {
      const view = store.datasets.view(datasetId);
      const example = store.datasets.example(datasetId, index);
      return example && { view, example };
    },
    render: ({ view: { source, name }, example }, asked, signal) =>
      rendered({ source, example, ...asked }, source.kind === "folder" ? source.path : name, signal),
    renderHeld: (bytes, asked, signal) =>
      rendered({ source: { kind: "held", bytes }, example: heldExample, ...asked }, heldExample.name, signal),
  };
}

/** For messages. */
const heldExample = { index: 0, name: "The picture", contentHash: "" };
