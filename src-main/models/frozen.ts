/** Which rows of a trunk a run trains, where it begins from weights that are kept as they are up to some row. */
import type { Row } from "../contract/architecture.ts";
import { StrataError } from "../contract/errors.ts";
import { nearestOf } from "../domain/nearest.ts";

/**
 * Count of rows that are frozen: those up to and with the one named.
 * @throws StrataError `weights.no-row` where there is no such row, or nothing to train behind it
 */
export function frozenCount(rows: readonly Row[], frozenThrough: string | null): number {
  if (frozenThrough === null) return 0;
  const at = rows.findIndex(({ name }) => name === frozenThrough);
  const known = freezableRows(rows);
  if (at < 0 || at >= known.length)
    throw new StrataError("weights.no-row", {
      row: frozenThrough,
      near: nearestOf(frozenThrough, known),
      known: known.join(", "),
    });
  return at + 1;
}

/** @throws StrataError `weights.no-row` */
export function frozenRows(rows: readonly Row[], frozenThrough: string | null): readonly Row[] {
  return rows.slice(0, frozenCount(rows, frozenThrough));
}

export function trainedRows(rows: readonly Row[], frozenThrough: string | null): readonly Row[] {
  return rows.slice(frozenCount(rows, frozenThrough));
}

/** Names of rows that something trainable stands behind. */
export function freezableRows(rows: readonly Row[]): string[] {
  return rows.slice(0, lastTrainable(rows)).map(({ name }) => name);
}

function lastTrainable(rows: readonly Row[]): number {
  return rows.findLastIndex(({ kind }) => kind === "convolution" || kind === "dense" || kind === "branches");
}
