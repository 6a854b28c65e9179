/** Lines of lists → the class and the split of each picture, and what cannot be used. */
import type { LeftAside, SplitName } from "../../../contract/dataset.ts";
import type { PictureColumns } from "../../../domain/splits/group-of-picture.ts";
import type { ClassGroup } from "../proposal.ts";
import { columnName, type ListColumns, type ListLabel } from "./list-columns.ts";
import type { ListRow } from "./list-rows.ts";
import { markOf } from "./one-hot.ts";

/** Columns by which pictures may be grouped; a list with more is a table of measurements. */
const mostColumns = 20;

/** A list, or one of those that hold a split each. */
export interface ListPart {
  readonly list: string;
  readonly rows: readonly ListRow[];
  /** The picture that each line names; null where there is none. */
  readonly pictures: readonly (string | null)[];
  /** Null where the list is of no one split. */
  readonly split: SplitName | null;
}

interface Listed {
  readonly list: string;
  readonly className: string;
  readonly split: SplitName | null;
}
export interface ListedPictures {
  readonly groups: readonly ClassGroup[];
  readonly pictures: number;
  readonly leftAside: readonly LeftAside[];
}

export function listedPictures(
  header: ListRow | null,
  parts: readonly ListPart[],
  split: ListColumns["split"],
  label: ListLabel,
): ListedPictures {
  const classesOf = createClassesOf(header, label);
  const listed = new Map<string, Listed>();
  const aside = createAside();
  for (const { list, rows, pictures, split: ofList } of parts)
    for (const [line, row] of rows.entries()) {
      const name = pictures[line] ?? null;
      const [className, ...more] = classesOf(row);
      if (name === null) aside.line(list);
      else if (className === undefined) aside.picture(list, name, "without-class");
      if (name === null || className === undefined) continue;
      const word = split === null || ofList !== null ? "" : (row[split.column] ?? "");
      const asSaid = ofList ?? split?.splitOf(word) ?? null;
      if (split !== null && asSaid === null) aside.picture(list, name, "unknown-split", word);
      const before = listed.get(name);
      if (more.length > 0 || (before && before.className !== className)) aside.picture(list, name, "two-classes");
      else if (before && before.split !== asSaid) aside.picture(list, name, "two-splits");
      listed.set(name, before ?? { list, className, split: asSaid });
    }
  for (const name of aside.pictures) listed.delete(name);
  return { groups: groupsOf(listed), pictures: listed.size, leftAside: aside.all() };
}

/** What programs write where there is no value. */
const noClass = /^(nan|null|#?n\/a)$/i;

/** The classes that a line names: one of a plain label, as many as there are marks of a one-hot one. */
function createClassesOf(header: ListRow | null, { layout, columns }: ListLabel): (row: ListRow) => readonly string[] {
  if (layout === "one-hot-list")
    return (row) =>
      columns.flatMap((column) => (markOf(row[column]) ? [columnName(header, column).normalize("NFC")] : []));
  const [column = 0] = columns;
  return (row) => {
    const className = (row[column] ?? "").normalize("NFC");
    return className === "" || noClass.test(className) ? [] : [className];
  };
}

/** A picture is counted once, for the first reason that was met, and by the list that gave it. */
function createAside() {
  const lines = new Map<string, number>();
  const reasons = new Map<string, LeftAside>();
  const pictures = new Set<string>();
  return {
    pictures,
    line: (list: string) => lines.set(list, (lines.get(list) ?? 0) + 1),
    picture(list: string, name: string, reason: LeftAside["reason"], example?: string) {
      if (pictures.has(name)) return;
      pictures.add(name);
      const key = `${list}\0${reason}`;
      const before = reasons.get(key) ?? { name: list, pictures: 0, reason, ...(example ? { example } : {}) };
      reasons.set(key, { ...before, pictures: before.pictures + 1 });
    },
    all: (): readonly LeftAside[] => [
      ...[...lines].map(([name, count]) => ({ name, pictures: count, reason: "not-found" as const })),
      ...reasons.values(),
    ],
  };
}

function groupsOf(listed: ReadonlyMap<string, Listed>): readonly ClassGroup[] {
  const byClassAndSplit = Map.groupBy(listed, ([, { className, split }]) => `${className}\0${split}`);
  return Array.from(byClassAndSplit.values(), (group) => {
    const [[, { list, className, split }]] = group as [(typeof group)[number]];
    return { name: list, className, split, files: group.map(([file]) => file) };
  });
}

/** What the lists say of each picture beside file, class and split, in the line that names it first; without a header columns go by their numbers. */
export function otherColumns(
  header: ListRow | null,
  parts: readonly ListPart[],
  { file, split }: Pick<ListColumns, "file" | "split">,
  label: ListLabel,
): PictureColumns {
  const width = (header ?? parts[0]?.rows[0] ?? []).length;
  const used = [file, split?.column, ...label.columns];
  const others = Array.from({ length: width }, (_, column) => column)
    .filter((column) => !used.includes(column))
    .slice(0, mostColumns);
  const cells = new Map<string, ListRow>();
  for (const { rows, pictures } of others.length === 0 ? [] : parts)
    for (const [line, name] of pictures.entries()) {
      if (name === null || cells.has(name)) continue;
      cells.set(
        name,
        others.map((column) => rows[line]![column] ?? ""),
      );
    }
  return { names: others.map((column) => columnName(header, column)), cells };
}
