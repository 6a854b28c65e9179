/** The pictures of a data set as a folder that any program understands: `<split>/<class>/<file>`, each with the bytes that it has in its source. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { SplitName } from "../contract/dataset.ts";
import type { WrittenOut } from "../contract/dataset-version.ts";
import { StrataError } from "../contract/errors.ts";
import { createSafeNames } from "../domain/file-names.ts";
import type { LabelledPicture } from "../domain/versions/apply-edits.ts";
import { atomicallyInTime } from "../platform/atomically.ts";
import { codedWriteError } from "../platform/disk-trouble.ts";
import { noAnswer } from "../platform/in-time.ts";
import { makeFolder } from "../platform/make-folder.ts";
import { refuseLostNames } from "../platform/refuse-lost-names.ts";
import { readPicture } from "./containers/read-picture.ts";
import { endingOf, kindOfBytes } from "./pictures/kind-of-bytes.ts";
import { contentHashOf } from "./pictures/picture-bytes.ts";
import { recordOf } from "./records/records.ts";

export interface WriteOutRequest {
  /** A folder or an archive. */
  readonly path: string;
  readonly pictures: readonly LabelledPicture[];
  /** That is empty, or does not exist yet. */
  readonly folder: string;
}

/** The folder is whole or not there. @throws StrataError `export.exists`, `disk.*`, `data.not-copied`, `data.not-written`, `file.no-answer` */
export async function writeOut(
  { path, pictures, folder }: WriteOutRequest,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<WrittenOut> {
  refuseLostNames(folder);
  if (existsSync(folder) && !isEmptyFolder(folder)) throw new StrataError("export.exists", { path: folder });
  const { placeOf, classFolders } = createPlaces();
  try {
    makeFolder(dirname(folder));
    const bytes = await atomicallyInTime(folder, async (beside) => {
      await mkdir(beside);
      let written = 0;
      for (const [index, picture] of pictures.entries()) {
        const content = await contentOf(path, picture);
        const place = join(beside, ...placeOf(picture, content));
        await mkdir(dirname(place), { recursive: true });
        // On disk at once, so that all of them at the end is no long silence.
        await writeFile(place, content, { flag: "wx", flush: true });
        written += content.length;
        onProgress(index + 1, pictures.length);
      }
      return written;
    });
    return {
      folder,
      pictures: pictures.length,
      classes: classFolders.size,
      renamed: [...classFolders].flatMap(([from, to]) => (from === to ? [] : { from, to })),
      bytes,
    };
  } catch (thrown) {
    throw codedWriteError(thrown, folder, "data.not-written");
  }
}

function isEmptyFolder(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).length === 0;
}

/** The picture that was scanned, or none. */
async function contentOf(path: string, { name, contentHash }: LabelledPicture): Promise<Uint8Array> {
  const bytes = await readPicture(path, name);
  if (bytes === "no-answer") throw noAnswer(join(path, name));
  if ("code" in bytes || contentHashOf(bytes) !== contentHash) throw new StrataError("data.not-copied", { name, path });
  return bytes;
}

interface Places {
  placeOf(picture: LabelledPicture, content: Uint8Array): readonly [SplitName, string, string];
  /** Of each class so far, the name of its folder. */
  readonly classFolders: ReadonlyMap<string, string>;
}

function createPlaces(): Places {
  const safeClass = createSafeNames();
  const classes = new Map<string, string>();
  const files = new Map<string, (name: string) => string>();
  return {
    placeOf({ className, split, name }, content) {
      const folder = classes.get(className) ?? safeClass(className);
      classes.set(className, folder);
      const key = `${split}/${folder}`;
      const safeFile = files.get(key) ?? createSafeNames();
      files.set(key, safeFile);
      return [split, folder, safeFile(fileNameOf(name, content))];
    },
    classFolders: classes,
  };
}

/** Of one picture among many in a file: a name that ends as its bytes are. */
function fileNameOf(name: string, content: Uint8Array): string {
  const record = recordOf(name);
  if (record === null) return basename(name);
  const ending = endingOf(kindOfBytes(content));
  return `${basename(record.file)}_${String(record.row).padStart(6, "0")}.${ending}`;
}
