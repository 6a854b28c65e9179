/** By which column a table is sorted. */
export interface ColumnSort<Id extends string = string> {
  readonly column: Id;
  readonly isDescending: boolean;
}

/** As `aria-sort` has it. */
export type SortOrder = "ascending" | "descending" | "none";

/** @param sort null of a table that is in an order of its own */
export function orderOf(sort: ColumnSort | null, column: string): SortOrder {
  if (sort?.column !== column) return "none";
  return sort.isDescending ? "descending" : "ascending";
}
