/** Pictures that arrive part by part, since no message is larger than a megabyte. */
import { StrataError } from "../../contract/errors.ts";
import { mostPictureBytes, type UploadPart } from "../../contract/taken-picture.ts";
import type { Client } from "./client.ts";

export interface Uploads {
  /**
   * The whole file with its last part; null until then.
   * @throws StrataError `data.picture-bytes` for one that is too large, `server.too-many-calls`
   */
  add(part: UploadPart, from: Client): Buffer | null;
}

/** Connections that are sending one: each holds as much as a picture has. */
const mostSenders = 8;

interface Upload {
  readonly number: number;
  readonly parts: Uint8Array[];
  bytes: number;
}

export function createUploads(): Uploads {
  const uploads = new Map<Client, Upload>();
  const known = new WeakSet<Client>();

  const uploadOf = (from: Client, number: number): Upload => {
    const held = uploads.get(from);
    // One that was given up half-way makes room.
    if (held?.number === number) return held;
    if (held === undefined && uploads.size >= mostSenders)
      throw new StrataError("server.too-many-calls", { most: mostSenders });
    const upload = { number, parts: [], bytes: 0 };
    uploads.set(from, upload);
    if (!known.has(from)) from.gone.addEventListener("abort", () => uploads.delete(from), { once: true });
    known.add(from);
    return upload;
  };

  return {
    add({ upload: number, part, isLast }, from) {
      const upload = uploadOf(from, number);
      const bytes = Buffer.from(part, "base64");
      upload.parts.push(bytes);
      upload.bytes += bytes.length;
      if (upload.bytes > mostPictureBytes) {
        uploads.delete(from);
        throw new StrataError("data.picture-bytes", { mostBytes: mostPictureBytes });
      }
      if (!isLast) return null;
      uploads.delete(from);
      return Buffer.concat(upload.parts);
    },
  };
}
