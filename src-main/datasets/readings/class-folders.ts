/** One folder a class, with whatever is below it; or one class a folder of the second level, where the first one groups them. */
import { type FolderTree, filledFolders, looseFiles } from "./folder-tree.ts";
import { foldersAside, groupOf, looseAside, type Proposal } from "./proposal.ts";

export function proposeClassFolders(root: FolderTree): readonly Proposal[] {
  if (filledFolders(root).length < 2) return [];
  return [
    {
      reading: { layout: "class-folders", root: root.name },
      groups: root.folders.map((folder) => groupOf(folder, null)),
      leftAside: looseAside(root, "beside-classes"),
      fit: "likely",
    },
  ];
}

/**
 * `animals/cat`, `animals/dog`, `vehicles/car`: four classes or two is for a person to say. Where every folder holds the same folders, as each patient's
 * `benign` and `malignant`, the inner names alone are the classes.
 */
export function proposeInnerFolders(root: FolderTree): readonly Proposal[] {
  const outer = filledFolders(root);
  const isNested = (folder: FolderTree) => looseFiles(folder).length === 0 && filledFolders(folder).length > 0;
  const nested = outer.filter(isNested);
  if (outer.length < 2 || nested.length === 0 || !nested.some((folder) => filledFolders(folder).length > 1)) return [];
  const inner = nested.flatMap((folder) => filledFolders(folder).map(({ base }) => base));
  const isRepeated = new Set(inner).size <= inner.length / 2;
  const nameOf = (folder: FolderTree, of: FolderTree) => (isRepeated ? folder.base : `${of.base}/${folder.base}`);
  const groups = outer.flatMap((folder) =>
    isNested(folder)
      ? folder.folders.map((each) => groupOf(each, null, nameOf(each, folder)))
      : isRepeated
        ? []
        : [groupOf(folder, null)],
  );
  return [
    {
      reading: { layout: "inner-folders", root: root.name },
      groups,
      leftAside: [
        ...looseAside(root, "beside-classes"),
        ...(isRepeated
          ? foldersAside(
              outer.filter((folder) => !isNested(folder)),
              "beside-classes",
            )
          : []),
      ],
      fit: nested.length === outer.length ? "plausible" : "possible",
    },
  ];
}
