/** Folders of splits with folders of classes in them, and the reverse. */
import type { LeftAside, SplitName } from "../../contract/dataset.ts";
import { classesByFileName } from "./file-names.ts";
import { type FolderTree, filledFolders, looseFiles } from "./folder-tree.ts";
import { type ClassGroup, classNamesOf, foldersAside, groupOf, looseAside, type Proposal } from "./proposal.ts";
import { isFiller, splitOfName } from "./split-names.ts";

/** `train/cat`, `val/cat`. Without training pictures in folders of their own, `test` is as likely to be the name of a class. */
export function proposeSplitFolders(root: FolderTree): readonly Proposal[] {
  const named = root.folders.flatMap((folder) => {
    const split = splitOfName(folder.base);
    return split && folder.pictures > 0 ? [{ folder, split }] : [];
  });
  const parts = named.map(({ folder, split }) => ({ folder, split, ...groupsOfSplit(folder, split) }));
  const hasTraining = parts.some(({ split, groups }) => split === "train" && groups.length > 0);
  if (!hasTraining) return [];
  const others = filledFolders(root).filter((folder) => !named.some((part) => part.folder === folder));
  return [
    {
      reading: { layout: "split-folders", root: root.name },
      groups: parts.flatMap(({ groups }) => groups),
      leftAside: [
        ...parts.flatMap(({ leftAside }) => leftAside),
        ...foldersAside(others, "no-split"),
        ...looseAside(root, "no-split"),
      ],
      fit: others.length === 0 || parts.length > 1 ? "sure" : "plausible",
    },
  ];
}

function groupsOfSplit(
  folder: FolderTree,
  split: SplitName,
): { groups: readonly ClassGroup[]; leftAside: readonly LeftAside[] } {
  const inner = withoutDoubling(folder, split);
  if (filledFolders(inner).length > 0)
    return {
      groups: inner.folders.map((each) => groupOf(each, split)),
      leftAside: looseAside(inner, "beside-classes"),
    };
  const groups = classesByFileName(inner, split);
  return groups ? { groups, leftAside: [] } : { groups: [], leftAside: looseAside(inner, "without-class") };
}

/** `seg_train/seg_train`, `train/images`: the folder inside says the same once more, or nothing. */
function withoutDoubling(folder: FolderTree, split: SplitName): FolderTree {
  const [only, ...others] = filledFolders(folder);
  if (!only || others.length > 0 || looseFiles(folder).length > 0) return folder;
  const saysNothing = only.base === folder.base || splitOfName(only.base) === split || isFiller(only.base);
  return saysNothing ? withoutDoubling(only, split) : folder;
}

/** `cat/train`, `cat/test`: every class brings its own split. */
export function proposeSplitsInClasses(root: FolderTree): readonly Proposal[] {
  const classes = filledFolders(root);
  const isParted = (folder: FolderTree) =>
    looseFiles(folder).length === 0 && filledFolders(folder).every(({ base }) => splitOfName(base) !== null);
  const hasTraining = classes.some((folder) => filledFolders(folder).some(({ base }) => splitOfName(base) === "train"));
  if (classes.length < 2 || !hasTraining || !classes.every(isParted)) return [];
  // `seg_train/seg_train` beside `seg_test/seg_test`.
  if (classes.every(({ base }) => splitOfName(base) !== null)) return [];
  const groups = classes.flatMap((folder) =>
    folder.folders.map((part) => groupOf(part, splitOfName(part.base), folder.base)),
  );
  if (classNamesOf({ groups }).size < 2) return [];
  return [
    {
      reading: { layout: "splits-in-classes", root: root.name },
      groups,
      leftAside: looseAside(root, "beside-classes"),
      fit: "sure",
    },
  ];
}
