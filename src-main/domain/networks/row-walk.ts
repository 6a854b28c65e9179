/**
 * The one walk over a network's table: who builds, measures, lists or compares rows is handed each of them with its path and its shapes, in the
 * order in which it runs.
 */
import type { Architecture, Padding, PlainRow, Row, Size2d } from "../../contract/architecture.ts";

export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A row where it stands in its network. */
export interface PlacedRow {
  readonly row: Row;
  /** Names of the row and of those around it joined by `/`, with a module's branches as `Branch_0`, `Branch_1`, …; begins its weights' names. */
  readonly path: string;
  readonly input: Shape;
  /** What the row behind takes. Of a head, its input, which it passes on. */
  readonly output: Shape;
  /** Its neighbours in the same branch. */
  readonly before: Row | undefined;
  readonly behind: Row | undefined;
  /** Position among the rows of the trunk, from 0: its own, or that of the module or head that it is inside of. */
  readonly trunkIndex: number;
}

/** Rows behind each other: a trunk, a branch, or what is inside of a head. */
export interface WalkedRows<Start, Found extends Start> {
  /** Of each row, in order. */
  readonly found: readonly Found[];
  /** Of the last row that is no head; what the first was given where there is none. */
  readonly end: Start;
  /** Behind the last row. */
  readonly shape: Shape;
}

/** A network's table, or rows that stand somewhere inside of one. */
export interface WalkedTable extends Pick<Architecture, "rows" | "inputPixels"> {
  /** Of what comes in: 3 for a picture. */
  readonly inputChannels?: number;
}

export interface WalkOptions {
  readonly classes: number;
  /** False passes the auxiliary heads by. */
  readonly hasHeads: boolean;
}

/**
 * Calls `visit` for every row, those inside a module or a head before itself. What it returns is handed to the row behind, as `start` is to the first; a
 * head's goes nowhere, and every branch of a module begins from what stands before the module.
 */
export function walkRows<Start, Found extends Start>(
  { rows, inputPixels, inputChannels = 3 }: WalkedTable,
  { classes, hasHeads }: WalkOptions,
  start: Start,
  visit: (placed: PlacedRow, from: Start, inside: readonly WalkedRows<Start, Found>[]) => Found,
): WalkedRows<Start, Found> {
  return walkList(rows, { height: inputPixels, width: inputPixels, channels: inputChannels }, start, "", null);

  function walkList(
    list: readonly Row[],
    input: Shape,
    first: Start,
    prefix: string,
    trunk: number | null,
  ): WalkedRows<Start, Found> {
    const found: Found[] = [];
    let shape = input;
    let from = first;
    list.forEach((row, index) => {
      if (row.kind === "auxiliary" && !hasHeads) return;
      const path = prefix + row.name;
      const trunkIndex = trunk ?? index;
      const walkInside = (rows: readonly Row[], inner: string) => walkList(rows, shape, from, inner, trunkIndex);
      const inside = listsIn(row, path, walkInside);
      const output = shapeBehind(row, shape, inside, classes);
      const placed = { row, path, input: shape, output, before: list[index - 1], behind: list[index + 1], trunkIndex };
      const result = visit(placed, from, inside);
      found.push(result);
      if (row.kind === "auxiliary") return;
      shape = output;
      from = result;
    });
    return { found, end: from, shape };
  }
}

/** Every row with its place, those inside a module or a head before itself. */
export function placedRows(table: WalkedTable, options: WalkOptions): PlacedRow[] {
  const list: PlacedRow[] = [];
  walkRows(table, options, undefined, (placed) => void list.push(placed));
  return list;
}

/** The rows with each plain one changed, those of heads as well where it is asked for. */
export function changeRows(rows: readonly Row[], change: (row: PlainRow) => Row, inHeads: boolean): Row[] {
  return rows.map((row) => {
    if (row.kind === "branches")
      return { ...row, branches: row.branches.map((branch) => changeRows(branch, change, inHeads)) };
    if (row.kind !== "auxiliary") return change(row);
    return inHeads ? { ...row, rows: changeRows(row.rows, change, inHeads) } : row;
  });
}

function listsIn<T>(row: Row, path: string, walk: (rows: readonly Row[], prefix: string) => T): readonly T[] {
  if (row.kind === "auxiliary") return [walk(row.rows, `${path}/`)];
  if (row.kind !== "branches") return [];
  return row.branches.map((rows, index) => walk(rows, `${path}/Branch_${index}/`));
}

function shapeBehind(row: Row, input: Shape, inside: readonly { readonly shape: Shape }[], classes: number): Shape {
  if (row.kind === "auxiliary") return input;
  if (row.kind !== "branches") return outputShape(row, input, classes);
  return { ...(inside[0]?.shape ?? input), channels: inside.reduce((sum, { shape }) => sum + shape.channels, 0) };
}

/** Shape behind one row that is neither a module nor a head. */
export function outputShape(row: PlainRow, input: Shape, classes: number): Shape {
  switch (row.kind) {
    case "convolution":
      return slide(input, row.kernel, row, countOf(row.filters, classes));
    case "pool":
      if (row.kernel === "all") return { height: 1, width: 1, channels: input.channels };
      return slide(input, [row.kernel, row.kernel], row, input.channels);
    case "adaptive-pool":
      return { height: row.cells, width: row.cells, channels: input.channels };
    case "flatten":
      return { height: 1, width: 1, channels: input.height * input.width * input.channels };
    case "dense":
      return { height: 1, width: 1, channels: countOf(row.units, classes) };
    case "dropout":
    case "local-response-norm":
      return input;
  }
}

/** Filters or units of a row. */
export function countOf(given: number | "classes", classes: number): number {
  return given === "classes" ? classes : given;
}

/** Pixels of padding before the first value; with `same`, TensorFlow puts the smaller half there. */
export function paddingBefore(side: number, kernel: number, stride: number, padding: Padding): number {
  if (padding === "valid") return 0;
  if (padding !== "same") return padding;
  return Math.floor(Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side) / 2);
}

function slide(
  input: Shape,
  kernel: Size2d,
  { stride, padding }: { readonly stride: number; readonly padding: Padding },
  channels: number,
): Shape {
  const height = slideSide(input.height, kernel[0], stride, padding);
  return { height, width: slideSide(input.width, kernel[1], stride, padding), channels };
}

/** Side of the grid that a window leaves; 0 or less where it does not fit. */
function slideSide(side: number, kernel: number, stride: number, padding: Padding): number {
  if (padding === "same") return Math.ceil(side / stride);
  const padded = side + 2 * (padding === "valid" ? 0 : padding);
  return Math.floor((padded - kernel) / stride) + 1;
}
