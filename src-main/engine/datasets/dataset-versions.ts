/** Versions of data sets: made of what a person asks for, undone, compared, and written out as a folder. */
import { userInfo } from "node:os";
import { setImmediate as othersTurn } from "node:timers/promises";
import type { FolderSource } from "../../contract/dataset.ts";
import type {
  AskedEdit,
  DatasetEdit,
  DatasetVersionView,
  NumberedPictures,
  VersionDifferences,
  WrittenOut,
} from "../../contract/dataset-version.ts";
import { StrataError } from "../../contract/errors.ts";
import { trainableClasses } from "../../datasets/assemble-trainable.ts";
import { editablePictures, labelledPictures } from "../../datasets/with-edits.ts";
import { nearestOf } from "../../domain/nearest.ts";
import { applyEdits, type LabelledPicture } from "../../domain/versions/apply-edits.ts";
import { isChanged, versionDifferences } from "../../domain/versions/differences.ts";
import { numbersOfText } from "../../domain/versions/picture-numbers.ts";
import { clearUnfinished } from "../../platform/atomically.ts";
import type { Clock } from "../../platform/clock.ts";
import { personalPath } from "../../platform/paths.ts";
import type { Store } from "../../store/open-store.ts";
import type { Feed } from "../feed/feed.ts";
import type { Readers } from "../readers/readers.ts";
import type { DatasetLibrary, OpenedDataset } from "./dataset-library.ts";

/** Who says it, and what of it. */
export interface VersionWords {
  /** Null for the user of this machine. */
  readonly author: string | null;
  readonly note: string;
}

export interface DatasetVersions {
  /** Of a folder or an archive, the first first. */
  list(path: string): readonly DatasetVersionView[];
  /**
   * Records changes to the pictures of a source, which may itself be a version; nothing on disk changes.
   * @throws StrataError what opening the source does; `data.changed` where it no longer holds what was seen; `data.no-picture`, `data.no-class`, `data.class-taken` for what is not there to be changed;
   * `data.version-unchanged`, `data.version-known`; `data.one-class`, `data.no-validation` where nothing could be trained on after it
   */
  save(
    request: VersionWords & {
      readonly from: FolderSource;
      readonly edits: readonly AskedEdit[];
      /** The scan that the pictures were seen in. */
      readonly datasetId?: number;
    },
  ): Promise<DatasetVersionView>;
  /** A version that is what its parent was made from. Throws `data.version-unknown`, `data.version-known`. */
  undo(request: VersionWords & { readonly version: FolderSource }): DatasetVersionView;
  /** Throws what opening either does. */
  compare(before: FolderSource, after: FolderSource): Promise<VersionDifferences>;
  /** Copies the pictures into a folder that is empty or not there yet. Throws what opening does, what `writeOut` does, and the signal's reason. */
  writeOut(source: FolderSource, folder: string, signal?: AbortSignal): Promise<WrittenOut>;
}

export function createDatasetVersions(tools: {
  readonly store: Store;
  readonly datasets: DatasetLibrary;
  readonly readers: Readers;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): DatasetVersions {
  const { store, datasets, readers, feed, clock, signal } = tools;
  const placed = (source: FolderSource): FolderSource => ({ ...source, path: personalPath(source.path) });
  const picturesOf = async (source: FolderSource) => labelledPictures((await datasets.open(source)).dataset);
  const words = ({ author, note }: VersionWords) => ({
    ...{ author: author ?? userName(), note },
    createdAt: clock.now().toISOString(),
  });

  return {
    list: (path) => store.versions.of(personalPath(path)),

    async save({ from: asked, edits: askedEdits, datasetId, ...said }) {
      const from = placed(asked);
      const opened = await datasets.open(from);
      const { dataset, view } = opened;
      if (datasetId !== undefined && view.id !== datasetId) throw new StrataError("data.changed", { path: from.path });
      const pictures = editablePictures(dataset);
      const edits = namedEdits(askedEdits, pictures, opened);
      // Of very many pictures each step takes a tenth of a second.
      await othersTurn();
      const after = applyEdits(pictures, edits);
      refuseConflict(after.conflicts, pictures);
      if (!isChanged(pictures, after.pictures)) throw new StrataError("data.version-unchanged", {});
      trainableClasses(after.pictures, from.path);
      await othersTurn();
      return store.versions.record({ from, edits, ...words(said) });
    },

    undo({ version, ...said }) {
      const from = placed(version);
      return store.versions.record({ from, edits: [{ kind: "undo" }], ...words(said) });
    },

    async compare(before, after) {
      return versionDifferences(await picturesOf(before), await picturesOf(after));
    },

    async writeOut(source, asked, stopped) {
      const { path } = placed(source);
      const folder = personalPath(asked);
      const wanted = stopped ? AbortSignal.any([stopped, signal]) : signal;
      const pictures = labelledPictures((await datasets.open(placed(source), wanted)).dataset);
      const onProgress = (done: number, total: number | null) =>
        feed.publish({ kind: "writing-out", path: source.path, done, total });
      const task = { kind: "write-out", path, pictures, folder } as const;
      try {
        return await readers.ask(task, { path, signal: wanted, onProgress });
      } catch (thrown) {
        // Whoever wrote it was killed in the middle, and leaves what it had.
        await clearUnfinished(folder);
        throw thrown;
      }
    },
  };
}

/** @throws StrataError `data.no-picture`, `data.changed`, `request.invalid` */
function namedEdits(
  asked: readonly AskedEdit[],
  pictures: readonly LabelledPicture[],
  opened: OpenedDataset,
): readonly DatasetEdit[] {
  const hashes = new Map(pictures.map(({ name, contentHash }) => [name, contentHash]));
  return asked.map((edit) => {
    if (!("pictures" in edit)) return edit;
    const names = "numbers" in edit.pictures ? namesOf(edit.pictures, opened) : edit.pictures;
    const named = [...new Set(names)].sort().map((name) => {
      const contentHash = hashes.get(name);
      if (contentHash === undefined)
        throw new StrataError("data.no-picture", { name, near: nearestOf(name, hashes.keys()) });
      return { name, contentHash };
    });
    return { ...edit, pictures: named };
  });
}

function namesOf({ datasetId, numbers }: NumberedPictures, { view, dataset }: OpenedDataset): readonly string[] {
  const { examples, source, name } = dataset;
  if (view.id !== datasetId)
    throw new StrataError("data.changed", { path: source.kind === "folder" ? source.path : name });
  const found = numbersOfText(numbers, examples.length);
  if (found === null) throw new StrataError("request.invalid", { problem: "it names pictures that are not there" });
  return found.map((number) => examples[number]!.name);
}

function refuseConflict(
  [first]: ReturnType<typeof applyEdits>["conflicts"],
  pictures: readonly LabelledPicture[],
): void {
  if (first === undefined) return;
  const { code, name } = first;
  if (code === "edit-class-taken") throw new StrataError("data.class-taken", { name });
  const classes = new Set(pictures.map(({ className }) => className));
  throw new StrataError("data.no-class", { name, near: nearestOf(name, classes) });
}

/** Of the operating system; a user without an entry there has none. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
