/** The picture that a cell of a list means. */
import { folderPath } from "../../formats/folder-reader.ts";
import { type FolderTree, filesUnder, mayBePicture } from "../folder-tree.ts";

export type FindPicture = (cell: string) => string | null;

/** A path from the list's folder, or a name, with or without its end, that only one picture has. */
export function createFindPicture(root: FolderTree): FindPicture {
  const byKey = new Map<string, string | null>();
  const add = (key: string, file: string) => byKey.set(key, byKey.has(key) && byKey.get(key) !== file ? null : file);
  for (const file of filesUnder(root).filter(mayBePicture)) {
    const path = root.name === "" ? file : file.slice(root.name.length + 1);
    const base = folderPath.base(file);
    for (const key of new Set([path, base])) {
      add(key.normalize("NFC"), file);
      add(key.normalize("NFC").replace(/\.[^./]+$/, ""), file);
    }
  }
  return (cell) => {
    const key = cell
      .normalize("NFC")
      .replaceAll("\\", "/")
      .replace(/^\.?\//, "");
    // A path from another folder's point of view still ends in the file's name.
    return byKey.get(key) ?? byKey.get(folderPath.base(key)) ?? null;
  };
}
