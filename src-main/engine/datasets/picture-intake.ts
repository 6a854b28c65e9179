/** Pictures that arrive part by part, are written by a process of their own (`add-picture.ts`), and can be undone as long as the engine runs. */
import { randomUUID } from "node:crypto";
import { StrataError } from "../../contract/errors.ts";
import type { ClassFolders, PicturePart, TakenPicture } from "../../contract/taken-picture.ts";
import type { Client } from "../calls/client.ts";
import { createUploads } from "../calls/uploads.ts";
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

const mostRemembered = 10_000;

export function createPictureIntake(readSmall: SmallRead): PictureIntake {
  const uploads = createUploads();
  const written = new Map<string, RemovePictureRequest>();

  const remember = (request: RemovePictureRequest): string => {
    const id = randomUUID();
    written.set(id, request);
    for (const oldest of [...written.keys()].slice(0, -mostRemembered)) written.delete(oldest);
    return id;
  };

  return {
    classFolders: (folder, signal) => readSmall<"class-folders">({ kind: "class-folders", folder }, folder, signal),
    async add({ upload, part, isLast, ...place }, from) {
      const bytes = uploads.add({ upload, part, isLast }, from);
      if (bytes === null) return null;
      const task = { kind: "add-picture", ...place, bytes } as const;
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
