/** Bundles that arrive part by part, since no message is larger than a megabyte. They are larger than pictures, and so are laid on the disk meanwhile. */
import { randomUUID } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import { mostBundleBytes } from "../../contract/run-bundle.ts";
import type { UploadPart } from "../../contract/taken-picture.ts";
import { makeFolder } from "../../platform/make-folder.ts";
import { privateFileMode, privateFolderMode } from "../../platform/private.ts";
import { removeSteadily } from "../../platform/steadily.ts";
import { writeAll } from "../../platform/write-all.ts";
import type { Client } from "../calls/client.ts";

export interface BundleUploads {
  /**
   * The path of the whole file with its last part, for the caller to delete; null until then.
   * @throws StrataError `bundle.too-large`, `server.too-many-calls`, and the file system's own errors
   */
  add(part: UploadPart, from: Client): string | null;
}

/** Connections that are sending one. */
const mostSenders = 4;

interface Upload {
  readonly number: number;
  readonly path: string;
  readonly file: number;
  bytes: number;
}

/** @param folder where they are laid */
export function createBundleUploads(folder: string): BundleUploads {
  const uploads = new Map<Client, Upload>();

  const end = (from: Client, isKept: boolean): void => {
    const upload = uploads.get(from);
    if (upload === undefined) return;
    uploads.delete(from);
    closeSync(upload.file);
    if (!isKept) removeSteadily(upload.path);
  };
  const begin = (from: Client, number: number): Upload => {
    // One that was given up half-way makes room.
    end(from, false);
    if (uploads.size >= mostSenders) throw new StrataError("server.too-many-calls", { most: mostSenders });
    makeFolder(folder, privateFolderMode);
    const path = join(folder, `arriving-${randomUUID()}.partial`);
    const upload = { number, path, file: openSync(path, "wx", privateFileMode), bytes: 0 };
    uploads.set(from, upload);
    from.gone.addEventListener("abort", () => end(from, false), { once: true });
    return upload;
  };

  return {
    add({ upload: number, part, isLast }, from) {
      const held = uploads.get(from);
      const upload = held?.number === number ? held : begin(from, number);
      const bytes = Buffer.from(part, "base64");
      upload.bytes += bytes.length;
      if (upload.bytes > mostBundleBytes) {
        end(from, false);
        throw new StrataError("bundle.too-large", {});
      }
      try {
        writeAll(upload.file, bytes);
      } catch (thrown) {
        end(from, false);
        throw thrown;
      }
      if (!isLast) return null;
      end(from, true);
      return upload.path;
    },
  };
}
