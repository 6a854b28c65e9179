/** The group that a picture belongs to, by its name or its line in the label list. */
import { type SplitGroup, splitGroupOf } from "../../contract/split-plan.ts";

/** Cells of the label list beside file, class and split. */
export interface PictureColumns {
  readonly names: readonly string[];
  readonly cells: ReadonlyMap<string, readonly string[]>;
}

const separators = /[_\-\s.()]+/;

/** @returns for the name of a picture, its group's; null where it has none. Null as a whole where there is no such column. */
export function createGroupOf(group: string, columns: PictureColumns | null): ((name: string) => string | null) | null {
  const parsed = splitGroupOf(group);
  if (parsed === null) return null;
  if (parsed.kind !== "column") return (name) => cleaned(partOf(name, parsed));
  const column = columnIndex(parsed.column, columns?.names ?? []);
  return column === null ? null : (name) => cleaned(columns?.cells.get(name)?.[column] ?? null);
}

function columnIndex(asked: string, names: readonly string[]): number | null {
  const exact = names.indexOf(asked);
  const near = names.findIndex((name) => name.toLowerCase() === asked.toLowerCase());
  const found = exact >= 0 ? exact : near;
  return found >= 0 ? found : null;
}

function partOf(name: string, group: Exclude<SplitGroup, { kind: "column" }>): string | null {
  switch (group.kind) {
    case "folder":
      return name.split("/").at(-1 - group.level) ?? null;
    case "name":
      return namePart(name, group.part);
    case "pattern":
      return atStar(name, group.before, group.after);
  }
}

function namePart(name: string, part: number): string | null {
  const parts = stemOf(name)
    .split(separators)
    .filter((text) => text !== "");
  return parts.at(part > 0 ? part - 1 : part) ?? null;
}

/** Searched for as plain text, so that no pattern takes longer than the name is long. */
function atStar(name: string, before: string, after: string): string | null {
  const path = name.slice(0, name.length - endOf(name).length);
  const found = path.indexOf(before);
  if (found < 0) return null;
  // Without a text before it, the star begins with the file's name.
  const start = before === "" ? path.lastIndexOf("/") + 1 : found + before.length;
  const end = after === "" ? path.length : path.indexOf(after, start);
  return end < 0 ? null : path.slice(start, end);
}

function stemOf(name: string): string {
  const base = name.slice(name.lastIndexOf("/") + 1);
  return base.slice(0, base.length - endOf(base).length);
}

/** `.jpg`; empty where the name has none. */
function endOf(name: string): string {
  return /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? "";
}

function cleaned(text: string | null): string | null {
  const trimmed = text?.trim().normalize("NFC") ?? "";
  return trimmed === "" ? null : trimmed;
}
