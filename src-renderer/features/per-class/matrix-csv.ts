import { csvOf } from "../../../src-main/domain/csv.ts";
import type { Normalisation, Values } from "./matrix-cells.ts";

/**
 * A confusion matrix as a table for other programs, a line for each cell, as it is shown: counts, shares of rows or columns, or the difference of two runs' ones.
 * @param of.title whose matrix it is @param of.pictures of the split
 */
export function matrixCsv(
  values: Values,
  by: Normalisation,
  of: {
    readonly title: string;
    readonly split: string;
    readonly pictures: number;
    readonly classes: readonly string[];
  },
): string {
  const rows = values.flatMap((row, truth) => row.map((value, said) => ({ truth, said, value })));
  return csvOf<(typeof rows)[number]>(
    [
      ["title", () => of.title],
      ["split", () => of.split],
      ["pictures", () => of.pictures],
      ["unit", () => (by === "none" ? "pictures" : `fraction of the ${by}`)],
      ["class", ({ truth }) => of.classes[truth] ?? ""],
      ["answer", ({ said }) => of.classes[said] ?? ""],
      ["value", ({ value }) => value ?? ""],
    ],
    rows,
  );
}
