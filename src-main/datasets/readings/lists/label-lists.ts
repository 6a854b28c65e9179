/**
 * Lists beside the pictures, CSV or TSV, with or without a header: file, class, and perhaps split. Each column that may be the class is a reading of its
 * own; lists that are named after splits are one data set.
 */
import type { LeftAside } from "../../../contract/dataset.ts";
import type { Container } from "../../containers/container.ts";
import { folderPath } from "../../formats/folder-reader.ts";
import { type FolderTree, filledFolders } from "../folder-tree.ts";
import { classNamesOf, type Fit, type Proposal } from "../proposal.ts";
import { splitOfName } from "../split-names.ts";
import { createFindPicture, type FindPicture } from "./find-picture.ts";
import { columnsOf, type ListLabel, leastMatched, surelyMatched } from "./list-columns.ts";
import { isListName, type ListRow, type ListRows, readList } from "./list-rows.ts";
import { type ListPart, listedPictures, otherColumns } from "./listed-pictures.ts";

/** The lists directly in a folder, or in the one above its pictures. */
export async function proposeLabelLists(container: Container, root: FolderTree): Promise<readonly Proposal[]> {
  const names = root.files.filter(isListName);
  if (names.length === 0) return [];
  const find = createFindPicture(root);
  const lists: ListRows[] = [];
  for (const name of names) {
    const list = await readList(container, name, find);
    if (list) lists.push(list);
  }
  const ofSplits = listsOfSplits(lists);
  const together = ofSplits ? proposalsOf(root, ofSplits.header, ofSplits.parts, find) : [];
  const single = lists.flatMap(({ list, header, rows }) =>
    proposalsOf(root, header, [{ list, rows, split: null }], find),
  );
  if (together.length > 0) return [...together, ...single.map((each): Proposal => ({ ...each, fit: "possible" }))];
  return withQuestionBetween(single);
}

/** `train.csv` beside `test.csv`, with the same columns; null where there are no such lists. */
function listsOfSplits(lists: readonly ListRows[]): { header: ListRow | null; parts: readonly ListAlone[] } | null {
  const parts = lists.flatMap(({ list, header, rows }) => {
    const split = splitOfName(
      folderPath
        .base(list)
        .replace(/\.[^.]+$/, "")
        .replaceAll(listWords, ""),
    );
    return split === null ? [] : [{ list, header, rows, split }];
  });
  const training = parts.find(({ split }) => split === "train");
  if (!training) return null;
  const columns = (list: Pick<ListRows, "header" | "rows">) => (list.header ?? [list.rows[0]?.length]).join("\0");
  const alike = parts.filter((part) => columns(part) === columns(training));
  return new Set(alike.map(({ split }) => split)).size < 2 ? null : { header: training.header, parts: alike };
}

const listWords = /labels?|annotations?|metadata|list|info/gi;

type ListAlone = Omit<ListPart, "pictures">;

/** A reading for each column that may be the class. */
function proposalsOf(
  root: FolderTree,
  header: ListRow | null,
  lists: readonly ListAlone[],
  find: FindPicture,
): readonly Proposal[] {
  const columns = columnsOf({ header, rows: lists.flatMap(({ rows }) => rows) }, find);
  if (!columns) return [];
  const parts = lists.map((each) => ({ ...each, pictures: each.rows.map((row) => find(row[columns.file] ?? "")) }));
  const likely = likelyAmong(columns.labels);
  const hasClassFolders = filledFolders(root).length >= 2;
  return columns.labels.flatMap((label): readonly Proposal[] => {
    const { groups, pictures, leftAside } = listedPictures(header, parts, columns.split, label);
    const proposal = { groups, columns: () => otherColumns(header, parts, columns, label) };
    const aside = leftAside
      .filter(({ reason }) => reason !== "not-found")
      .reduce((sum, each) => sum + each.pictures, 0);
    const named = pictures + aside;
    if (classNamesOf(proposal).size < 2 || named < root.pictures * leastMatched) return [];
    const unlisted: readonly LeftAside[] =
      named < root.pictures ? [{ name: root.name, pictures: root.pictures - named, reason: "not-listed" }] : [];
    const isSure = likely.length === 1 && named >= root.pictures * surelyMatched && !hasClassFolders;
    const fit: Fit = !likely.includes(label) ? "possible" : isSure ? "sure" : "likely";
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
      .map(({ className, files }) => `${className}\0${files.length}`)
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
