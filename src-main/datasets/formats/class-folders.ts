/**
 * Where the classes of a folder are. Either `train`, `val`/`valid`/`validation` and `test` folders (in any case) hold one folder a class, or
 * the folder itself holds one folder a class. Loose files beside class folders, and other folders beside `train`, are no part of the data.
 */
import type { SplitName } from "../../contract/dataset.ts";
import { type FolderReader, folderPath, type RealFolder } from "./folder-reader.ts";

export interface ClassFolder {
  readonly folder: RealFolder;
  /** The folder's name in Unicode's composed form: the same word typed on two systems is one class. */
  readonly className: string;
  /** Null: the data brings no split. */
  readonly split: SplitName | null;
}

const splitOfFolderName: Readonly<Record<string, SplitName>> = {
  train: "train",
  training: "train",
  val: "validation",
  valid: "validation",
  validation: "validation",
  test: "test",
  testing: "test",
};

export async function findClassFolders(reader: FolderReader, root: RealFolder): Promise<readonly ClassFolder[]> {
  const { folders } = await reader.list(root);
  const splitFolders = folders
    .map((folder) => ({ folder, split: splitOfFolderName[folderPath.base(folder.name).toLowerCase()] }))
    .filter((entry): entry is { folder: RealFolder; split: SplitName } => entry.split !== undefined);
  // Without training pictures in a folder of their own, `test` is as likely to be the name of a class.
  if (!splitFolders.some(({ split }) => split === "train")) return folders.map((folder) => classFolder(folder, null));

  const found: ClassFolder[] = [];
  for (const { folder, split } of splitFolders) {
    const inside = await reader.list(folder);
    found.push(...inside.folders.map((inner) => classFolder(inner, split)));
  }
  return found;
}

function classFolder(folder: RealFolder, split: SplitName | null): ClassFolder {
  return { folder, className: folderPath.base(folder.name).normalize("NFC"), split };
}
