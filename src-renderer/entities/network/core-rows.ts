/** A network's rows as lines of a table, modules opened, each with the key of its band in the drawing. Pure. */
import type { ShapedRow } from "../../../src-main/contract/architecture.ts";

export interface CoreLine {
  readonly key: string;
  readonly row: ShapedRow;
  /** 0 on the trunk, one more inside each module. */
  readonly depth: number;
}

export function coreLines(rows: readonly ShapedRow[], prefix = "", depth = 0): readonly CoreLine[] {
  return rows.flatMap((row) => {
    const key = prefix === "" ? row.name : `${prefix}/${row.name}`;
    const inner = (row.branches ?? []).flatMap((branch, index) => coreLines(branch, `${key}/${index + 1}`, depth + 1));
    return [{ key, row, depth }, ...inner];
  });
}

/** Whether a line's key names this band, a module around it, or a branch in it. */
export function isPartOf(bandKey: string, lineKey: string): boolean {
  return bandKey === lineKey || bandKey.startsWith(`${lineKey}/`);
}
