/** By which column a table is sorted. */
export interface ColumnSort<Id extends string = string> {
  readonly column: Id;
  readonly isDescending: boolean;
}

/** As `aria-sort` has it. */
export type SortOrder = "ascending" | "descending" | "none";

/** By the column that was chosen; the other way round where the table is sorted by it already. */
export function sortedBy<Id extends string>(
  sort: ColumnSort | null,
  column: Id,
  isDescendingFirst: boolean,
): ColumnSort<Id> {
  return { column, isDescending: sort?.column === column ? !sort.isDescending : isDescendingFirst };
}

/** @param sort null of a table that is in an order of its own */
export function orderOf(sort: ColumnSort | null, column: string): SortOrder {
  if (sort?.column !== column) return "none";
  return sort.isDescending ? "descending" : "ascending";
}
