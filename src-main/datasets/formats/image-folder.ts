/**
 * A folder or an archive of pictures → a data set, as it is understood (`readings/`). Every file is read once: its bytes are hashed and its header is looked at.
 * Pixels are decoded later, when pictures are prepared; a picture that ends early is found then.
 */
import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { FolderSource, PictureProblem, SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { problemKindsInWords } from "../../domain/pictures/problem-words.ts";
import { isSameReading } from "../../domain/pictures/reading-words.ts";
import { splitInName } from "../../domain/splits/words.ts";
import { assembleDataset, inCodePointOrder, type Labelled } from "../assemble.ts";
import { assembleTrainable } from "../assemble-trainable.ts";
import { openContainer } from "../containers/open-container.ts";
import type { Dataset } from "../example.ts";
import { fewestToHoldOut, splitClass } from "../held-out.ts";
import type { OpenOptions } from "../open-options.ts";
import { examineFiles } from "../pictures/examine-files.ts";
import type { PictureFacts } from "../pictures/picture-bytes.ts";
import { type FolderTree, isUnder } from "../readings/folder-tree.ts";
import { isListName } from "../readings/lists/list-rows.ts";
import { offered } from "../readings/offered.ts";
import type { ClassGroup, Proposal } from "../readings/proposal.ts";
import { isQuestion, onlyClassOf, proposeReadings } from "../readings/propose.ts";
import { partAnew } from "../splits/split-anew.ts";

/** Lists of many kinds may lie beside pictures, with many columns. */
const mostOffered = 24;

/** Readings in place of one with nothing to train on; each looks at its files. */
const mostTried = 5;

interface Candidate {
  readonly name: string;
  readonly from: ClassGroup;
}
interface Found extends Candidate, PictureFacts {}

/** Fails with `data.*` when there is no folder, nothing usable in it, or only one class. */
export async function openImageFolder(source: FolderSource, options: OpenOptions): Promise<Dataset> {
  const folder = resolve(source.path);
  const container = await openContainer(folder);
  const { tree, problems: unread } = await container.list(options);
  const proposals = byChosenList(await proposeReadings(container, tree, folder, source.reading), folder);
  const chosen = choose(proposals, source, tree, unread);
  try {
    return await readAs({ source, folder, proposals, proposal: chosen, unread, options });
  } catch (thrown) {
    if (source.reading !== undefined || !isUntrainable(thrown)) throw thrown;
    // What the names alone promise may not be there: then another reading that is as likely is taken, and asked about.
    const others = proposals.filter((proposal) => proposal !== chosen && proposal.fit !== "possible");
    for (const next of others.slice(0, mostTried)) {
      const inOrder = [next, ...proposals.filter((proposal) => proposal !== next)];
      const again = { source, folder, proposals: inOrder, proposal: next, unread, options, isInstead: true };
      const dataset = await readAs(again).catch((why) => {
        if (!isUntrainable(why)) throw why;
      });
      if (dataset) return dataset;
    }
    throw thrown;
  }
}

function isUntrainable(thrown: unknown): boolean {
  const codes: readonly string[] = ["data.no-pictures", "data.one-class", "data.too-few"];
  return thrown instanceof StrataError && codes.includes(thrown.code);
}

interface Read {
  readonly source: FolderSource;
  readonly folder: string;
  readonly proposals: readonly Proposal[];
  readonly proposal: Proposal;
  readonly unread: readonly PictureProblem[];
  readonly options: OpenOptions;
  /** In place of one that was likelier. */
  readonly isInstead?: boolean;
}

async function readAs({
  source,
  folder,
  proposals,
  proposal,
  unread,
  options,
  isInstead = false,
}: Read): Promise<Dataset> {
  const { groups: found, leftAside, reading, columns: columnsOfList } = proposal;
  const columns = columnsOfList?.() ?? null;
  const plan = source.split?.kind === "anew" ? source.split : null;
  // Parted anew, it does not matter which split a picture was found in.
  const groups = plan ? found.map((group): ClassGroup => ({ ...group, split: null })) : found;
  const candidates = groups.flatMap((from) => from.files.map((name): Candidate => ({ name, from })));
  const { found: pictures, problems } = await examineFiles(folder, candidates, options, source.ofMoving);
  const isAside = (name: string) => leftAside.some((aside) => aside.name !== "" && isUnder(name, aside.name));
  for (const problem of unread) if (!isAside(problem.name)) problems.push(problem);

  const { kept, leftOut, classNames } = keepTrainableClasses(groups, pictures, problems);
  if (classNames.length === 0)
    throw new StrataError("data.no-pictures", { path: folder, found: foundInstead(problems) });
  if (classNames.length === 1)
    throw new StrataError("data.one-class", {
      className: classNames[0] as string,
      list: reading.list ?? null,
      path: folder,
    });
  const name = basename(folder) || folder;
  const told = {
    ...{ source: { ...source, path: folder }, sidePixels: sidesOf(kept), columns, problems },
    understanding: {
      reading,
      offered: proposals.slice(0, mostOffered).map(offered),
      isQuestion: source.reading === undefined && (isInstead || isQuestion(proposals)),
    },
  };
  if (plan) {
    const labelled = kept.map(({ name, contentHash, from }) => ({ name, contentHash, className: from.className }));
    const { pictures: parted, grouping } = partAnew(labelled, columns, plan);
    const splitOrigin = { validation: "anew", test: "anew" } as const;
    return assembleTrainable({ ...told, name: `${name}, ${splitInName(plan)}`, grouping, splitOrigin }, parted);
  }
  const { labelled, splitOrigin } = splitPictures(kept, classNames);
  return assembleDataset({ ...told, name, classNames, labelled, splitOrigin, leftOut });
}

/** A list that was chosen itself is the one that is read. @throws StrataError `data.no-list` */
function byChosenList(proposals: readonly Proposal[], path: string): readonly Proposal[] {
  const list = basename(path);
  if (!isListName(list)) return proposals;
  const ofList = proposals.filter(({ reading }) => reading.list === list);
  // A folder may be named like a list, and then holds it.
  if (ofList.length === 0 && !statSync(path).isDirectory()) throw new StrataError("data.no-list", { path });
  return ofList.length === 0 ? proposals : ofList;
}

/** The one that the source names, else the likeliest. */
function choose(
  proposals: readonly Proposal[],
  { path, reading }: FolderSource,
  tree: FolderTree,
  unread: readonly PictureProblem[],
): Proposal {
  const chosen = reading ? proposals.find((proposal) => isSameReading(proposal.reading, reading)) : proposals[0];
  if (chosen) return chosen;
  if (reading) throw new StrataError("data.reading-gone", { layout: reading.layout, path });
  if (tree.pictures === 0) throw new StrataError("data.no-pictures", { path, found: foundInstead(unread) });
  const list = tree.files.find(isListName) ?? null;
  const className = onlyClassOf(tree);
  if (className !== null) throw new StrataError("data.one-class", { className, list, path });
  throw new StrataError("data.no-classes", { pictures: tree.pictures, list, path });
}

function foundInstead(problems: readonly PictureProblem[]): string | null {
  const files = problems.filter(({ code }) => code !== "empty-class");
  return files.length === 0 ? null : problemKindsInWords(files);
}

/** A class without training pictures cannot be learnt: it is left out with its folders listed. */
function keepTrainableClasses(
  groups: readonly ClassGroup[],
  found: readonly Found[],
  problems: PictureProblem[],
): { kept: readonly Found[]; leftOut: Dataset["leftOut"]; classNames: readonly string[] } {
  const trainable = new Set(found.filter(({ from }) => from.split === null || from.split === "train").map(classOf));
  const filled = Map.groupBy(found, ({ from }) => from);
  for (const group of groups) {
    const isLeftOut = !trainable.has(group.className);
    const { name, className, split } = group;
    const pictures = filled.get(group)?.length ?? 0;
    const leftOut = isLeftOut && split && pictures > 0 ? { leftOut: { className, split, pictures } } : {};
    if (isLeftOut || pictures === 0) problems.push({ code: "empty-class", name, isSkipped: isLeftOut, ...leftOut });
  }
  return {
    kept: found.filter((picture) => trainable.has(classOf(picture))),
    leftOut: found.flatMap(({ name, contentHash, from: { className, split } }) =>
      split === null || trainable.has(className) ? [] : { name, contentHash, className, split },
    ),
    classNames: [...trainable].sort(inCodePointOrder),
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
