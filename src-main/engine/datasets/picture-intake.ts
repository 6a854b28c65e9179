/** Pictures that arrive part by part, are written by a process of their own (`add-picture.ts`), and can be undone as long as the engine runs. */
import { randomUUID } from "node:crypto";
import { StrataError } from "../../contract/errors.ts";
import {
  type ClassFolders,
  mostPictureBytes,
  type PicturePart,
  type TakenPicture,
} from "../../contract/taken-picture.ts";
import type { Client } from "../calls/client.ts";
import type { SmallRead } from "../readers/small-reads.ts";
import type { RemovePictureRequest } from "./add-picture.ts";

export interface PictureIntake {
  /** Throws what `classFoldersIn` does. */
  classFolders(folder: string, signal?: AbortSignal): Promise<ClassFolders>;
  /**
   * Null until the last part is there. Throws what `addPicture` does; `data.picture-bytes` for one that is too large; `server.too-many-calls`,
   * `request.invalid`.
   */
  add(part: PicturePart, from: Client): Promise<TakenPicture | null>;
  /** Deletes the file of a picture that this engine wrote. Throws what `removePicture` does, and `data.not-undone`. */
  undo(id: string): Promise<void>;
}

/** Connections that are sending one: each holds as much as a picture has. */
const mostSenders = 8;
const mostRemembered = 10_000;

interface Upload {
  readonly number: number;
  readonly parts: Uint8Array[];
  bytes: number;
}

export function createPictureIntake(readSmall: SmallRead): PictureIntake {
  const uploads = new Map<Client, Upload>();
  const known = new WeakSet<Client>();
  const written = new Map<string, RemovePictureRequest>();

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
  const remember = (request: RemovePictureRequest): string => {
    const id = randomUUID();
    written.set(id, request);
    for (const oldest of [...written.keys()].slice(0, -mostRemembered)) written.delete(oldest);
    return id;
  };

  return {
    classFolders: (folder, signal) => readSmall<"class-folders">({ kind: "class-folders", folder }, folder, signal),
    async add({ upload: number, part, isLast, ...place }, from) {
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
      const task = { kind: "add-picture", ...place, bytes: Buffer.concat(upload.parts) } as const;
      const { contentHash, isFolderNew, ...picture } = await readSmall<"add-picture">(task, place.folder);
      return { id: remember({ path: picture.path, contentHash, isFolderNew }), ...picture };
    },
    async undo(id) {
      const request = written.get(id);
      if (request === undefined) throw new StrataError("data.not-undone", { path: "" });
      await readSmall<"remove-picture">({ kind: "remove-picture", ...request }, request.path);
      written.delete(id);
    },
  };
}
