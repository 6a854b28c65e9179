/** Pictures that people hold to networks, kept in memory: as many as there is room for, and the oldest go first. Nothing of them is written. */
import { createHash } from "node:crypto";
import { StrataError } from "../../contract/errors.ts";
import type { HeldPicture } from "../../contract/inference.ts";

export interface HeldPictures {
  hold(bytes: Uint8Array): HeldPicture;
  /** @throws StrataError `picture.not-held` */
  bytesOf(id: string): Uint8Array;
}

const mostBytes = 100_000_000;

export function createHeldPictures(): HeldPictures {
  const held = new Map<string, Uint8Array>();
  return {
    hold(bytes) {
      const id = createHash("sha256").update(bytes).digest("hex");
      // What was held again stands last.
      held.delete(id);
      held.set(id, bytes);
      let sum = [...held.values()].reduce((all, { byteLength }) => all + byteLength, 0);
      for (const [oldest, { byteLength }] of held) {
        if (sum <= mostBytes) break;
        held.delete(oldest);
        sum -= byteLength;
      }
      return { id };
    },
    bytesOf(id) {
      const bytes = held.get(id);
      if (bytes === undefined) throw new StrataError("picture.not-held", {});
      return bytes;
    },
  };
}
