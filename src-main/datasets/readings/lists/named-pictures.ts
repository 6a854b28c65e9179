/** The pictures that the cells of a list mean. */
import type { SplitName } from "../../../contract/dataset.ts";
import { folderPath } from "../../formats/folder-reader.ts";
import { type FolderTree, filesUnder, mayBePicture } from "../folder-tree.ts";
import { splitWordIn } from "../split-names.ts";

export interface NamedPictures {
  /** Those that a cell may mean: a path as it is seen from anywhere, or a name, with or without its end, in large or small letters. */
  readonly candidates: (cell: string) => readonly string[];
  /** What each cell of a list's column means; null where that is none, or one of several. */
  readonly chosen: (cells: readonly string[], split: SplitName | null) => ChosenPictures;
}
export interface ChosenPictures {
  readonly pictures: readonly (string | null)[];
  /** Names that stand in several folders were taken from the one that has nearly all of them. */
  readonly isGuess: boolean;
}

export function createNamedPictures(root: FolderTree): NamedPictures {
  const candidates = createCandidates(root);
  return {
    candidates,
    chosen(cells, split) {
      const found = cells.map(candidates);
      const isOpen = found.some(({ length }) => length > 1);
      const bySplit = isOpen ? ofSplit(found, split) : null;
      const byFolder = isOpen && bySplit === null ? inFullestFolder(found) : null;
      const isWanted = bySplit ?? byFolder;
      const pictures = found.map((some) => {
        const [only = null, ...others] = some.length > 1 && isWanted ? some.filter(isWanted) : some;
        return others.length === 0 ? only : null;
      });
      return { pictures, isGuess: byFolder !== null };
    },
  };
}

function createCandidates(root: FolderTree): NamedPictures["candidates"] {
  const byName = new Map<string, string[]>();
  const byStem = new Map<string, string[]>();
  const byNumber = new Map<string, string[]>();
  const folders = new Set<string>();
  const depth = foldersOf(`${root.name}/`).filter((folder) => folder !== "").length;
  for (const file of filesUnder(root).filter(mayBePicture)) {
    const name = compared(folderPath.base(file));
    addTo(byName, name, file);
    addTo(byStem, stemOf(name), file);
    if (isNumber(stemOf(name))) addTo(byNumber, withoutZeros(stemOf(name)), file);
    for (const folder of foldersOf(compared(file))) folders.add(folder);
  }
  const alikeIn = (name: string): readonly string[] => {
    // A list may be older than the format that its pictures have now, and spreadsheets leave out zeros before a number.
    const numbered = isNumber(stemOf(name)) ? byNumber.get(withoutZeros(stemOf(name))) : undefined;
    return byStem.get(name) ?? byStem.get(stemOf(name)) ?? numbered ?? [];
  };
  return (cell) => {
    const path = cell
      .normalize("NFC")
      .replaceAll("\\", "/")
      .replace(/^\.?\//, "");
    const name = compared(folderPath.base(path));
    const alike = byName.get(name) ?? byEnd(alikeIn(name));
    const above = foldersOf(compared(path));
    const near = alike.length > 1 || above.length > 0 ? nearest(alike, above, folders) : alike;
    const whole = near.length > 1 ? near.filter((file) => foldersOf(file).length === depth + above.length) : [];
    const likely = whole.length > 0 ? whole : near;
    // Lists may be from a system to which large and small letters are the same.
    const asWritten = likely.length > 1 ? likely.filter((file) => endsIn(file.normalize("NFC"), path)) : [];
    return asWritten.length > 0 ? asWritten : likely;
  };
}

const compared = (text: string): string => text.normalize("NFC").toLowerCase();
/** Without the end of its format; `23.40` has none. */
const stemOf = (name: string): string => name.replace(/\.[a-z][a-z0-9]{1,4}$/i, "");
const isNumber = (name: string): boolean => /^\d+$/.test(name);
const withoutZeros = (name: string): string => name.replace(/^0+(?=\d)/, "");

/** Of files that differ in their end alone, as `1.jpg` beside `1.nef`, the one that is usually read. */
function byEnd(files: readonly string[]): readonly string[] {
  const usual = files.length > 1 ? files.filter((file) => /\.(jpe?g|png|webp|bmp|tiff?|gif)$/i.test(file)) : [];
  return usual.length > 0 ? usual : files;
}

/** Whether a cell names a file with its end, and not only its stem or number. */
export function isWholeName(cell: string, file: string): boolean {
  return compared(folderPath.base(cell.replaceAll("\\", "/"))) === compared(folderPath.base(file));
}

const foldersOf = (path: string): readonly string[] => path.split("/").slice(0, -1);
const endsIn = (file: string, path: string): boolean =>
  [file, stemOf(file)].some((end) => `/${end}`.endsWith(`/${path}`));

function addTo(map: Map<string, string[]>, key: string, file: string): void {
  const files = map.get(key);
  if (files) files.push(file);
  else map.set(key, [file]);
}

/** Those that lie in most of the folders that the cell names. One in `test` is not meant by `train/7.jpg`, where there is a `train`. */
function nearest(alike: readonly string[], above: readonly string[], folders: ReadonlySet<string>): readonly string[] {
  const shared = alike.map((file) => sharedEnd(foldersOf(compared(file)), above));
  const most = Math.max(0, ...shared);
  const next = above.at(-1 - most);
  return alike.filter(
    (file, at) =>
      shared[at] === most && (next === undefined || !folders.has(next) || foldersOf(compared(file)).includes(next)),
  );
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared;
}

type IsWanted = (file: string) => boolean;

/** Of `train.csv`: the pictures in a folder that is named like that split, if there is one. */
function ofSplit(found: readonly (readonly string[])[], split: SplitName | null): IsWanted | null {
  const isWanted: IsWanted = (file) => foldersOf(file).some((folder) => splitWordIn(folder) === split);
  return split !== null && found.some((some) => some.some(isWanted)) ? isWanted : null;
}

/** Of the cells. */
const leastInFolder = 0.95;
/** Words of folders of what was made from pictures and has their names. */
const madeFromPictures =
  /(^|[^a-z])(masks?|seg|segmentations?|trimaps?|annotations?|labels?|ground.?truth|gt|depth)([^a-z]|$)/i;

/** The folder that alone has nearly all of the names. */
function inFullestFolder(found: readonly (readonly string[])[]): IsWanted | null {
  const named = found.filter(({ length }) => length > 0);
  const cells = new Map<string, number>();
  for (const some of named)
    for (const folder of new Set(some.map((file) => folderPath.above(file))))
      cells.set(folder, (cells.get(folder) ?? 0) + 1);
  const full = [...cells].filter(([, count]) => count >= named.length * leastInFolder).map(([folder]) => folder);
  const ofPictures = full.length > 1 ? full.filter((folder) => !madeFromPictures.test(folder)) : full;
  const [only, ...others] = ofPictures;
  return only === undefined || others.length > 0 ? null : (file) => folderPath.above(file) === only;
}
