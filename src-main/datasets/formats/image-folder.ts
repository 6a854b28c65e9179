/**
 * A folder of pictures, one folder a class → a data set. Every file is read once: its bytes are hashed and its header is looked at, in the
 * threads of a pool. Pixels are decoded later, when pictures are prepared; a picture that ends early is found then.
 */
import { access, constants, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { PictureProblem, SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { codedFolderError } from "../../platform/disk-trouble.ts";
import { inTime, noAnswer } from "../../platform/in-time.ts";
import { assembleDataset, type Labelled } from "../assemble.ts";
import type { Dataset } from "../example.ts";
import { fewestToHoldOut, splitClass } from "../held-out.ts";
import type { OpenOptions } from "../open-options.ts";
import type { Examined, ExamineTask } from "../pictures/examine-worker.ts";
import type { PictureFacts } from "../pictures/picture-bytes.ts";
import { chunksOf, createWorkerPool, inLanes } from "../worker-pool.ts";
import { type ClassFolder, findClassFolders } from "./class-folders.ts";
import { createFolderReader, openFolder } from "./folder-reader.ts";

const filesPerTask = 64;

interface Candidate {
  readonly name: string;
  readonly from: ClassFolder;
}
interface Found extends Candidate, PictureFacts {}

/** Fails with `data.*` when there is no folder, nothing usable in it, or only one class. */
export async function openImageFolder(path: string, options: OpenOptions): Promise<Dataset> {
  const folder = resolve(path);
  await inTime(folder, () => checkFolder(folder));
  const reader = createFolderReader();
  const classFolders = await findClassFolders(reader, await openFolder(folder));
  const candidates = await listCandidates(classFolders, reader.filesUnder, options);
  const { found, problems } = await examineAll(folder, candidates, options);
  for (const problem of reader.problems) problems.push(problem);

  const { kept, classNames } = keepTrainableClasses(classFolders, found, problems);
  if (classNames.length === 0) throw new StrataError("data.no-pictures", { path: folder });
  if (classNames.length === 1)
    throw new StrataError("data.one-class", { className: classNames[0] as string, path: folder });
  const { labelled, splitOrigin } = splitPictures(kept, classNames);
  return assembleDataset({
    name: basename(folder) || folder,
    source: { kind: "folder", path: folder },
    classNames,
    labelled,
    splitOrigin,
    sidePixels: sidesOf(kept),
    problems,
  });
}

async function checkFolder(folder: string): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory()) throw new StrataError("data.not-a-folder", { path: folder });
    await access(folder, constants.R_OK | constants.X_OK);
  } catch (thrown) {
    if (thrown instanceof StrataError) throw thrown;
    throw codedFolderError(thrown, folder);
  }
}

async function listCandidates(
  classFolders: readonly ClassFolder[],
  filesUnder: (folder: ClassFolder["folder"]) => Promise<readonly string[]>,
  { signal, onProgress }: OpenOptions,
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const from of classFolders) {
    signal?.throwIfAborted();
    for (const name of await filesUnder(from.folder)) candidates.push({ name, from });
    onProgress?.(0, null);
  }
  return candidates;
}

async function examineAll(folder: string, candidates: readonly Candidate[], options: OpenOptions) {
  const { signal, onProgress, threads } = options;
  const found: Found[] = [];
  const problems: PictureProblem[] = [];
  let done = 0;
  const pool = createWorkerPool<ExamineTask, readonly Examined[]>(
    new URL("../pictures/examine-worker.ts", import.meta.url),
    threads,
  );
  try {
    await inLanes(chunksOf(candidates, filesPerTask), pool.threads + 1, async (chunk) => {
      signal?.throwIfAborted();
      const answers = await pool.run({ folder, names: chunk.map(({ name }) => name) });
      for (const [index, candidate] of chunk.entries()) {
        const answer = answers[index] as Examined; // one answer a name, up to one that its disk did not give
        if (answer === "no-answer") throw noAnswer(join(folder, candidate.name));
        if ("code" in answer) problems.push({ code: answer.code, name: candidate.name, isSkipped: true });
        else found.push({ ...candidate, ...answer });
      }
      done += chunk.length;
      onProgress?.(done, candidates.length);
    });
  } finally {
    await pool.close();
  }
  return { found, problems };
}

/** A class without training pictures cannot be learnt: it is left out with its folders listed. */
function keepTrainableClasses(
  classFolders: readonly ClassFolder[],
  found: readonly Found[],
  problems: PictureProblem[],
): { kept: readonly Found[]; classNames: readonly string[] } {
  const trainable = new Set(found.filter(({ from }) => from.split === null || from.split === "train").map(classOf));
  const filled = new Set(found.map(({ from }) => from));
  for (const folder of classFolders) {
    const isLeftOut = !trainable.has(folder.className);
    if (isLeftOut || !filled.has(folder))
      problems.push({ code: "empty-class", name: folder.folder.name, isSkipped: isLeftOut });
  }
  return {
    kept: found.filter((picture) => trainable.has(classOf(picture))),
    classNames: [...trainable].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))), // order of code points
  };
}

function classOf({ from }: Candidate): string {
  return from.className;
}

function splitPictures(kept: readonly Found[], classNames: readonly string[]) {
  const brought = new Set(kept.map(({ from }) => from.split));
  const splitOrigin = {
    validation: brought.has("validation") ? "folders" : "seeded",
    test: brought.has("test") ? "folders" : brought.has(null) ? "seeded" : "none",
  } as const;
  const heldOut = (["validation", "test"] as const).filter((split) => splitOrigin[split] === "seeded");

  const labelled: Labelled[] = [];
  const byClass = Map.groupBy(kept, classOf);
  for (const [label, className] of classNames.entries()) {
    const pictures = byClass.get(className) ?? [];
    const training = pictures.filter(({ from }) => from.split === null || from.split === "train");
    const splits = splitClass(
      training.map(({ contentHash }) => contentHash),
      heldOut,
    );
    const splitOf = new Map<Found, SplitName>(training.map((picture, index) => [picture, splits[index] ?? "train"]));
    for (const picture of pictures) {
      const split = splitOf.get(picture) ?? picture.from.split ?? "train";
      labelled.push({ name: picture.name, contentHash: picture.contentHash, label, split });
    }
  }
  if (!labelled.some(({ split }) => split === "validation")) refuseTooFew(byClass);
  return { labelled, splitOrigin };
}

/** Without one validation picture nothing could be compared. */
function refuseTooFew(byClass: ReadonlyMap<string, readonly Found[]>): never {
  const [className, pictures] = [...byClass].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? ["", []];
  throw new StrataError("data.too-few", { className, pictures: pictures.length, needed: fewestToHoldOut });
}

function sidesOf(pictures: readonly PictureFacts[]) {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const { width, height } of pictures) {
    smallest = Math.min(smallest, width, height);
    largest = Math.max(largest, width, height);
  }
  return { smallest, largest };
}
