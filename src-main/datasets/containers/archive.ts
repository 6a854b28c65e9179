/** The files of an archive, each with its place: what every format of archive comes to, with the bounds that hold for all. */
import type { PictureProblem, PictureProblemCode } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { PictureProblemFound } from "../pictures/open-picture.ts";
import { isArchiveName, type LinkTarget, linkLeadsOut, nameInside, shownName, treeOf } from "./archive-names.ts";
import type { Container, Place } from "./container.ts";

/** Each costs memory in every thread that reads. */
export const mostEntries = 1_000_000;
/** What deflate makes of pictures is 1:1, of black bitmaps up to 1,000:1; it may come to much only where it stays small. */
const mostRatio = 100;
const smallBytes = 2 ** 30;

/** What unpacks to far more than it is made of is there to fill a memory or a disk. */
export function refuseBomb(storedBytes: number, unpackedBytes: number, path: string): void {
  if (unpackedBytes > smallBytes && unpackedBytes > storedBytes * mostRatio)
    throw new StrataError("archive.bomb", { storedBytes, unpackedBytes, path });
}

export interface ArchiveEntries<E> {
  /** A file of this raw name. @returns whether none had its name before @throws StrataError `archive.too-many`, `archive.outside` */
  add(rawName: string, entry: E): boolean;
  /** What is there and is not used. @throws StrataError `archive.too-many`, `archive.outside` */
  leaveOut(rawName: string, code: PictureProblemCode): void;
  /** A link, which is never followed. @throws StrataError `archive.too-many`, and `archive.outside` also of where it leads */
  leaveOutLink(rawName: string, target: LinkTarget): void;
  readonly container: (placeOf: (entry: E) => Promise<Place | PictureProblemFound>) => Container;
}

export function createEntries<E extends { readonly bytes: number }>(path: string): ArchiveEntries<E> {
  const entries = new Map<string, E>();
  const problems: PictureProblem[] = [];
  const countOne = () => {
    if (entries.size + problems.length >= mostEntries)
      throw new StrataError("archive.too-many", { most: mostEntries, path });
  };
  // Whoever packed such a name meant another file than those of the archive, so that nothing in it is trusted.
  const checked = (rawName: string): string => {
    const name = nameInside(rawName);
    if (name === null) throw new StrataError("archive.outside", { name: shownName(rawName), target: null, path });
    return name;
  };
  const leaveOut = (rawName: string, code: PictureProblemCode) => {
    checked(rawName);
    countOne();
    problems.push({ code, name: shownName(rawName), isSkipped: true });
  };
  return {
    leaveOut,
    leaveOutLink(rawName, target) {
      if (linkLeadsOut(checked(rawName), target))
        throw new StrataError("archive.outside", { name: shownName(rawName), target: shownName(target.path), path });
      leaveOut(rawName, "link-in-archive");
    },
    add(rawName, entry) {
      const name = checked(rawName);
      if (name === "") return true;
      countOne();
      const isNew = !entries.has(name);
      entries.set(name, entry);
      return isNew;
    },
    container: (placeOf) => ({
      async list({ signal }) {
        signal?.throwIfAborted();
        const names = [...entries.keys()];
        const nested = names
          .filter(isArchiveName)
          .map((name): PictureProblem => ({ code: "nested-archive", name, isSkipped: true }));
        return { tree: treeOf(names.filter((name) => !isArchiveName(name))), problems: [...problems, ...nested] };
      },
      async find(name) {
        const entry = entries.get(name);
        if (!entry) return { code: "unreadable" };
        return placeOf(entry);
      },
    }),
  };
}
