/** A folder → the ways in which it can be understood, the likeliest first. */

import type { FolderReading } from "../../contract/dataset.ts";
import type { Container } from "../containers/container.ts";
import { refusePickles } from "../records/pickles.ts";
import { proposeRecords } from "../records/records.ts";
import { proposeClassFolders, proposeInnerFolders } from "./class-folders.ts";
import { proposeFileNames } from "./file-names.ts";
import { type FolderTree, filledFolders, looseFiles } from "./folder-tree.ts";
import { proposeLabelLists } from "./lists/label-lists.ts";
import { classesToTrainOn, fits, type Proposal } from "./proposal.ts";
import { proposeSplitFolders, proposeSplitsInClasses } from "./split-folders.ts";
import { splitOfName } from "./split-names.ts";

/** Of one folder's pictures; what else lies there is a preview, or was forgotten. */
const mostLoose = 0.1;

/**
 * Empty where there is nothing to train on. A folder that only wraps another (`PetImages` in an archive) is looked through until something is found.
 * Proposals of equal fit stand in the order of `layouts`: what is special before what is common.
 */
export async function proposeReadings(
  container: Container,
  tree: FolderTree,
  source: string,
  wanted?: FolderReading,
): Promise<readonly Proposal[]> {
  const { proposals: records, trouble } = await proposeRecords(container, tree, source);
  for (let root: FolderTree | null = tree; root !== null; root = wrappedIn(root)) {
    const lists = await proposeLabelLists(container, root, wanted?.label);
    const ofFolders = [...proposeSplitFolders(root), ...proposeSplitsInClasses(root), ...proposeClassFolders(root)];
    const found = [
      ...lists,
      ...(lists.length > 0 ? besideLists(root, ofFolders) : ofFolders),
      ...proposeInnerFolders(root),
      ...proposeFileNames(root),
    ].filter((proposal) => classesToTrainOn(proposal).size >= 2);
    if (found.length > 0) return byFit([...records, ...found]);
  }
  if (records.length === 0 && trouble) throw trouble;
  if (records.length === 0) await refusePickles(container, tree, source);
  return byFit(records);
}

/** `train` and `test` are no classes where a list says what is, and a split without classes may have its own from there. */
function besideLists(root: FolderTree, proposals: readonly Proposal[]): readonly Proposal[] {
  const areSplits = filledFolders(root).every(({ base }) => splitOfName(base) !== null);
  return proposals.map((proposal): Proposal => {
    if (proposal.reading.layout === "class-folders" && areSplits) return { ...proposal, fit: "possible" };
    const isPart = proposal.leftAside.some(({ reason }) => reason === "without-class");
    return isPart && proposal.fit === "sure" ? { ...proposal, fit: "likely" } : proposal;
  });
}

const byFit = (proposals: readonly Proposal[]) =>
  proposals.toSorted((a, b) => fits.indexOf(a.fit) - fits.indexOf(b.fit));

/** Whether a person is asked: another reading is as good. */
export function isQuestion([first, second]: readonly Proposal[]): boolean {
  return first !== undefined && second !== undefined && first.fit !== "sure" && second.fit !== "possible";
}

/** The folder inside that holds nearly all pictures; null where the classes must be here. */
function wrappedIn(root: FolderTree): FolderTree | null {
  const [only, ...others] = filledFolders(root);
  if (!only || others.length > 0 || looseFiles(root).length > root.pictures * mostLoose) return null;
  return only;
}

/** Where only one class is found: its folder's name; null where pictures stand in no folder of a class. */
export function onlyClassOf(tree: FolderTree): string | null {
  let root = tree;
  for (let next = wrappedIn(root); next; next = wrappedIn(root)) root = next;
  return root === tree ? null : root.base;
}
