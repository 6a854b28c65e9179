/** The picture that a cell of a list means. */
import { folderPath } from "../../formats/folder-reader.ts";
import { type FolderTree, filesUnder, mayBePicture } from "../folder-tree.ts";

export type FindPicture = (cell: string) => string | null;

/** A path from the list's folder, or a name, with or without its end, that only one picture has; in large or small letters where that is one, too. */
export function createFindPicture(root: FolderTree): FindPicture {
  const asWritten = new Map<string, string | null>();
  const inSmallLetters = new Map<string, string | null>();
  for (const file of filesUnder(root).filter(mayBePicture)) {
    const path = root.name === "" ? file : file.slice(root.name.length + 1);
    for (const key of new Set([path, folderPath.base(file)])) {
      const name = key.normalize("NFC");
      for (const written of [name, name.replace(/\.[^./]+$/, "")]) {
        addOnly(asWritten, written, file);
        addOnly(inSmallLetters, written.toLowerCase(), file);
      }
    }
  }
  return (cell) => {
    const key = cell
      .normalize("NFC")
      .replaceAll("\\", "/")
      .replace(/^\.?\//, "");
    // A path from another folder's point of view still ends in the file's name.
    const ofKey = (keys: ReadonlyMap<string, string | null>, wanted: string) =>
      keys.get(wanted) ?? keys.get(folderPath.base(wanted)) ?? null;
    // Lists may be from a system to which large and small letters are the same.
    return ofKey(asWritten, key) ?? ofKey(inSmallLetters, key.toLowerCase());
  };
}

/** A key that two pictures have means neither. */
function addOnly(keys: Map<string, string | null>, key: string, file: string): void {
  keys.set(key, keys.has(key) && keys.get(key) !== file ? null : file);
}
