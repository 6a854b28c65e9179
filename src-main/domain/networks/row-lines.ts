/** Rows as lines of a list, modules opened: for tables on a page or in a terminal, and for whoever looks for one kind of row. */

interface Nested {
  readonly name: string;
  readonly branches?: readonly (readonly Nested[])[] | null;
}

export interface RowLine<R> {
  /** Names of the row and the modules around it, with the branch's number from 1 behind a module's; unique in one network. */
  readonly key: string;
  readonly row: R;
  /** 0 on the trunk, one more inside each module. */
  readonly depth: number;
}

/** In table order, each module before what is in it. */
export function rowLines<R extends Nested>(rows: readonly R[], prefix = "", depth = 0): RowLine<R>[] {
  return rows.flatMap((row) => {
    const key = prefix + row.name;
    // What is inside a row is of its kind: a table's rows hold such rows, and shaped ones shaped ones.
    const branches = (row.branches ?? []) as readonly (readonly R[])[];
    const inner = branches.flatMap((branch, index) => rowLines(branch, `${key}/${index + 1}/`, depth + 1));
    return [{ key, row, depth }, ...inner];
  });
}
