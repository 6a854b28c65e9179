/**
 * Lists beside the pictures, CSV or TSV, with or without a header: file, class, and perhaps split. Each column that may be the class is a reading of its
 * own; lists that are named after splits are one data set.
 */
import type { LeftAside } from "../../../contract/dataset.ts";
import type { Container } from "../../containers/container.ts";
import { type FolderTree, filledFolders } from "../folder-tree.ts";
import { classNamesOf, type Fit, type Proposal } from "../proposal.ts";
import { isFiller, splitOfName } from "../split-names.ts";
import { comparedHeader, labelHeaders } from "./headers.ts";
import { columnsOf, type ListLabel } from "./list-columns.ts";
import { isListName, type ListRow, type ListRows, readList, splitOfList } from "./list-rows.ts";
import { type ListPart, listedPictures, otherColumns } from "./listed-pictures.ts";
import { createNamedPictures, type NamedPictures } from "./named-pictures.ts";

/** Of the pictures: with fewer in the list, another reading may be meant. */
const mostUnlisted = 0.5;
const surelyListed = 0.95;
/** More are the attributes of a table of measurements: the likeliest are read, and the one that is asked for. */
const mostLabels = 20;

/** @param wanted the column that a person named, of whatever list */
export async function proposeLabelLists(
  container: Container,
  root: FolderTree,
  wanted: string | undefined,
): Promise<readonly Proposal[]> {
  const names = listsBeside(root);
  if (names.length === 0) return [];
  const named = createNamedPictures(root);
  const lists: ListRows[] = [];
  for (const name of names) {
    const list = await readList(container, name, named);
    if (list) lists.push(list);
  }
  const ofSplits = listsOfSplits(lists);
  const together = ofSplits ? proposalsOf(root, ofSplits.header, ofSplits.parts, named, wanted) : [];
  const single = lists.flatMap(({ list, header, rows }) =>
    proposalsOf(root, header, [{ list, rows, split: null }], named, wanted),
  );
  if (together.length > 0) return [...together, ...single.map((each): Proposal => ({ ...each, fit: "possible" }))];
  return withQuestionBetween(single);
}

/** Those directly in a folder that has the pictures in it or below, and in its folders without pictures, of splits, and of all pictures. */
function listsBeside(root: FolderTree): readonly string[] {
  const inside = root.folders.filter(
    ({ base, pictures }) => pictures === 0 || splitOfName(base) !== null || isFiller(base),
  );
  return [root, ...inside].flatMap(({ files }) => files.filter(isListName));
}

/** `train.csv` beside `test.csv`, with the columns that both have; null where there are no such lists. */
function listsOfSplits(lists: readonly ListRows[]): { header: ListRow | null; parts: readonly ListAlone[] } | null {
  const parts = lists.flatMap((list) => {
    const split = splitOfList(list.list);
    return split === null ? [] : [{ ...list, split }];
  });
  const titles = ({ header, rows }: ListRows) => header?.map(comparedHeader) ?? [String(rows[0]?.length)];
  const classTitlesOf = (part: ListRows) => titles(part).filter((title) => labelHeaders.test(title));
  const forTraining = parts.filter(({ split }) => split === "train");
  const training = forTraining.find((part) => classTitlesOf(part).length > 0) ?? forTraining[0];
  if (!training) return null;
  const classTitles = classTitlesOf(training);
  // What is to be answered has no classes, and may have a list all the same.
  const isAlike = (part: ListRows) =>
    classTitles.length > 0
      ? classTitles.every((title) => titles(part).includes(title))
      : titles(part).join("\0") === titles(training).join("\0");
  const alike = parts.filter(isAlike);
  if (new Set(alike.map(({ split }) => split)).size < 2) return null;
  const areEqual = alike.every((part) => titles(part).join("\0") === titles(training).join("\0"));
  if (training.header === null || areEqual) return { header: training.header, parts: alike };
  const shared = training.header.filter((title) => alike.every((part) => titles(part).includes(comparedHeader(title))));
  const inShared = (part: ListRows) => {
    const columns = shared.map((title) => titles(part).indexOf(comparedHeader(title)));
    return part.rows.map((row) => columns.map((column) => row[column] ?? ""));
  };
  return { header: shared, parts: alike.map((part) => ({ ...part, rows: inShared(part) })) };
}

type ListAlone = Omit<ListPart, "pictures">;

/** A reading for each column that may be the class. */
function proposalsOf(
  root: FolderTree,
  header: ListRow | null,
  lists: readonly ListAlone[],
  named: NamedPictures,
  wanted: string | undefined,
): readonly Proposal[] {
  const columns = columnsOf({ header, rows: lists.flatMap(({ rows }) => rows) }, named, root.pictures);
  if (!columns) return [];
  let isGuess = false;
  const parts = lists.map((each) => {
    const cells = each.rows.map((row) => row[columns.file] ?? "");
    const chosen = named.chosen(cells, splitOfList(each.list));
    isGuess ||= chosen.isGuess;
    return { ...each, pictures: chosen.pictures };
  });
  const likely = likelyAmong(columns.labels);
  const folders = filledFolders(root);
  const hasClassFolders = folders.length >= 2 && folders.some(({ base }) => splitOfName(base) === null);
  const labels = columns.labels.filter(({ name }, at) => at < mostLabels || name === wanted);
  return labels.flatMap((label): readonly Proposal[] => {
    const { groups, pictures, leftAside } = listedPictures(header, parts, columns.split, label);
    const proposal = { groups, columns: () => otherColumns(header, parts, columns, label) };
    if (classNamesOf(proposal).size < 2) return [];
    const aside = leftAside
      .filter(({ reason }) => reason !== "not-found")
      .reduce((sum, each) => sum + each.pictures, 0);
    const listed = pictures + aside;
    const unlisted: readonly LeftAside[] =
      listed < root.pictures ? [{ name: root.name, pictures: root.pictures - listed, reason: "not-listed" }] : [];
    const isFew = listed < root.pictures * mostUnlisted;
    const isSure = likely.length === 1 && listed >= root.pictures * surelyListed && !hasClassFolders && !isGuess;
    const fit: Fit = !likely.includes(label) || (isFew && hasClassFolders) ? "possible" : isSure ? "sure" : "likely";
    const reading =
      lists.length > 1
        ? ({ layout: "split-lists", root: root.name, label: label.name } as const)
        : { layout: label.layout, root: root.name, list: lists[0]!.list, label: label.name };
    return [{ ...proposal, reading, leftAside: [...unlisted, ...leftAside], fit }];
  });
}

/** Those whose header says that they are the class; where none does, those that nothing speaks against. A list of patients or of splits alone has none. */
function likelyAmong(labels: readonly ListLabel[]): readonly ListLabel[] {
  const rank = (["named", "asked"] as const).find((rank) => labels.some((label) => label.rank === rank));
  return labels.filter((label) => label.rank === rank);
}

/** Where two lists beside each other fit as well and part the pictures in different ways, neither is sure. */
function withQuestionBetween(proposals: readonly Proposal[]): readonly Proposal[] {
  const sure = proposals.filter(({ fit }) => fit === "sure");
  const parting = ({ groups }: Proposal) =>
    groups
      .map(({ className, files }) => [className, ...files.toSorted()].join("\0"))
      .sort()
      .join("\0\0");
  const [first] = sure;
  if (!first) return proposals;
  const isQuestion = sure.some((each) => parting(each) !== parting(first));
  return proposals.map((each) => {
    if (each.fit !== "sure" || (each === first && !isQuestion)) return each;
    return { ...each, fit: isQuestion ? "likely" : "possible" };
  });
}
