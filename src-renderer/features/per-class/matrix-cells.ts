/** A confusion matrix as it is drawn: what each cell holds, in which order, and how strongly it is filled. */
import { similarOrder } from "../../../src-main/domain/per-class/similar-order.ts";
import { type Cell, type Counts, rowTotal, type ShownCell } from "../../entities/run/confusion.ts";
import { count, percent, points } from "../../lib/format.ts";

/** What counts are divided by: nothing, the pictures of the true class, or the answers that name the class. */
export type Normalisation = "none" | "row" | "column";

/** A value in a cell: a count, or a share where the matrix is normalised. Null where there is nothing to divide by. */
export function valuesOf(counts: Counts, by: Normalisation): readonly (readonly (number | null)[])[] {
  const columns = counts.map((_, said) => counts.reduce((sum, row) => sum + (row[said] ?? 0), 0));
  return counts.map((row, truth) => {
    const total = rowTotal(counts, truth);
    return row.map((pictures, said) => {
      const divisor = by === "none" ? 1 : by === "row" ? total : columns[said]!;
      return divisor === 0 ? null : pictures / divisor;
    });
  });
}

export type Values = ReturnType<typeof valuesOf>;

/** The first less the second, where both have a value. */
export function firstLessSecond(first: Values, second: Values): Values {
  return first.map((row, truth) =>
    row.map((value, said) => {
      const other = second[truth]?.[said] ?? null;
      return value === null || other === null ? null : value - other;
    }),
  );
}

/** By similarity of all runs' counts together, so that the matrices of a page have one order. */
export function classOrder(matrices: readonly Counts[], isSorted: boolean): readonly number[] {
  const [first = []] = matrices;
  const own = first.map((_, place) => place);
  if (!isSorted) return own;
  return similarOrder(
    first.map((row, truth) => row.map((_, said) => matrices.reduce((sum, one) => sum + one[truth]![said]!, 0))),
  );
}

/** Rows and columns in this order. */
export function inOrder<T>(matrix: readonly (readonly T[])[], order: readonly number[]): readonly (readonly T[])[] {
  return order.map((truth) => order.map((said) => matrix[truth]![said]!));
}

/** The largest value that is drawn, whichever its sign; 1 where there is none. */
export function largestOf(values: Values): number {
  const largest = Math.max(0, ...values.flat().map((value) => Math.abs(value ?? 0)));
  return largest === 0 ? 1 : largest;
}

/** As in "12", "12 %", "+3" or "+3.0 points". */
export function valueInWords(value: number | null, by: Normalisation, isDifference: boolean): string {
  if (value === null) return "–";
  if (by === "none") return isDifference && value > 0 ? `+${count(value)}` : count(value);
  return isDifference ? points(value, 0) : percent(value, 0);
}

/** Cells that hold something, filled in proportion to the largest; what is less than nothing in the second run's hue. */
export function shownCells(
  values: Values,
  {
    by,
    hues,
    isDifference,
  }: { readonly by: Normalisation; readonly hues: readonly [number, number]; readonly isDifference: boolean },
): readonly ShownCell[] {
  const largest = largestOf(values);
  return values.flatMap((row, truth) =>
    row.flatMap((value, said): ShownCell[] => {
      if (value === null || value === 0) return [];
      const share = Math.abs(value) / largest;
      const hue = value > 0 ? hues[0] : hues[1];
      const text = valueInWords(value, by, isDifference).replace(/\s*%$/, "");
      return [{ truth, said, hue, text, opacity: 0.06 + 0.94 * share }];
    }),
  );
}

export const placedIn = ({ truth, said }: Cell, order: readonly number[]): Cell => ({
  truth: order[truth] ?? truth,
  said: order[said] ?? said,
});
