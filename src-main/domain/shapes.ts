/**
 * What every row of a table puts out and costs, without TensorFlow. All figures are of one picture. Multiply-adds are those of convolutions and
 * dense layers; pools, normalisation and additions are left out, as in the papers. Activations are float32.
 */
import type { Architecture, ArchitectureTotals, Padding, Row, ShapedRow, Size2d } from "../contract/architecture.ts";

export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** One side of what the first value sees: from which input pixel on (padding reaches before 0), and how many; and how far neighbours are apart. */
interface Reach {
  readonly from: number;
  readonly pixels: number;
  readonly step: number;
}
/** What one value sees of the input. Null: the whole picture. */
type Field = { readonly height: Reach; readonly width: Reach } | null;

interface Point {
  readonly shape: Shape;
  readonly field: Field;
  readonly paths: number;
  readonly weightLayers: number;
}
const onePixel: Reach = { from: 0, pixels: 1, step: 1 };

interface Walk extends Point {
  readonly rows: readonly ShapedRow[];
}

/**
 * Shapes and costs of all rows, in table order, at the table's own input size.
 * @throws Error where a grid vanishes, branches do not meet or groups do not divide channels: the table is broken.
 */
export function shapeRows(
  architecture: Architecture,
  classes: number,
): { readonly rows: readonly ShapedRow[]; readonly totals: ArchitectureTotals } {
  const side = architecture.inputPixels;
  const start: Point = {
    shape: { height: side, width: side, channels: 3 },
    field: { height: onePixel, width: onePixel },
    paths: 1,
    weightLayers: 0,
  };
  const { rows, paths, weightLayers } = walk(architecture.rows, start, classes);
  const trunk = rows.filter((row) => row.kind !== "auxiliary");
  const heads = rows.filter((row) => row.kind === "auxiliary");
  return {
    rows,
    totals: {
      parameters: sum(trunk, (row) => row.parameters),
      auxiliaryParameters: sum(heads, (row) => row.parameters),
      multiplyAdds: sum(trunk, (row) => row.multiplyAdds),
      activationBytes: sum(trunk, (row) => row.activationBytes),
      receptiveFieldPixels: largestField(trunk, side),
      paths,
      longestPathLayers: weightLayers,
    },
  };
}

/** Of the rows whose values see part of the input; the whole input where the first row to see anything, as a dense one, sees all. */
function largestField(trunk: readonly ShapedRow[], side: number): number {
  const fields = trunk.flatMap(({ receptiveFieldPixels }) => receptiveFieldPixels ?? []);
  return fields.length === 0 ? side : Math.max(...fields);
}

/** Shape behind one row that is neither a module nor a head. */
export function outputShape(
  row: Exclude<Row, { kind: "branches" | "auxiliary" }>,
  input: Shape,
  classes: number,
): Shape {
  switch (row.kind) {
    case "convolution":
      return { ...slide(input, row.kernel, row.stride, row.padding), channels: countOf(row.filters, classes) };
    case "pool":
      if (row.kernel === "all") return { height: 1, width: 1, channels: input.channels };
      return { ...slide(input, [row.kernel, row.kernel], row.stride, row.padding), channels: input.channels };
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

/** Side of the grid that a window leaves; 0 or less where it does not fit. */
function slideSide(side: number, kernel: number, stride: number, padding: Padding): number {
  if (padding === "same") return Math.ceil(side / stride);
  const padded = side + 2 * (padding === "valid" ? 0 : padding);
  return Math.floor((padded - kernel) / stride) + 1;
}

/** Pixels of padding before the first value; with `same`, TensorFlow puts the smaller half there. */
export function paddingBefore(side: number, kernel: number, stride: number, padding: Padding): number {
  if (padding === "valid") return 0;
  if (padding !== "same") return padding;
  return Math.floor(Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side) / 2);
}

function walk(rows: readonly Row[], start: Point, classes: number): Walk {
  let point = start;
  const shaped = rows.map((row) => {
    const result = shapeRow(row, point, classes);
    if (row.kind !== "auxiliary") point = result.next;
    return result.shaped;
  });
  return { ...point, rows: shaped };
}

function shapeRow(row: Row, input: Point, classes: number): { shaped: ShapedRow; next: Point } {
  if (row.kind === "branches") return shapeBranches(row.name, row.module, row.branches, input, classes);
  if (row.kind === "auxiliary") {
    const head = shapeBranches(row.name, `head, weight ${row.weight}`, [row.rows], input, classes);
    return { shaped: { ...head.shaped, kind: "auxiliary", weight: row.weight }, next: input };
  }
  const shape = outputShape(row, input.shape, classes);
  const isWeighted = row.kind === "convolution" || row.kind === "dense";
  const next = {
    shape,
    field: fieldBehind(row, input),
    paths: input.paths,
    weightLayers: input.weightLayers + (isWeighted ? 1 : 0),
  };
  if (shape.height < 1 || shape.width < 1) throw new Error(`${row.name} does not fit a grid of ${input.shape.height}`);
  const shaped: ShapedRow = {
    kind: row.kind,
    name: row.name,
    detail: detailOf(row),
    ...costs(row, input.shape, shape),
    activationBytes: 4 * shape.height * shape.width * shape.channels,
    ...saidOf(next),
    branches: null,
    weight: null,
  };
  return { shaped, next };
}

function shapeBranches(
  name: string,
  detail: string,
  lists: readonly (readonly Row[])[],
  input: Point,
  classes: number,
): { shaped: ShapedRow; next: Point } {
  const ends = lists.map((rows) => walk(rows, input, classes));
  const [first] = ends;
  if (!first) throw new Error(`${name} has no branches`);
  for (const { shape, field } of ends) {
    const meets = shape.height === first.shape.height && shape.width === first.shape.width;
    if (!meets || field?.height.step !== first.field?.height.step)
      throw new Error(`the branches of ${name} end in different grids`);
  }
  const shape = { ...first.shape, channels: sum(ends, (end) => end.shape.channels) };
  const next = {
    shape,
    field: ends.map((end) => end.field).reduce(together),
    // Branches add; that of each was multiplied with the ways to the module on its way through.
    paths: sum(ends, (end) => end.paths),
    weightLayers: Math.max(...ends.map((end) => end.weightLayers)),
  };
  const all = ends.flatMap((end) => end.rows);
  const shaped: ShapedRow = {
    kind: "branches",
    name,
    detail,
    parameters: sum(all, (row) => row.parameters),
    multiplyAdds: sum(all, (row) => row.multiplyAdds),
    activationBytes: sum(all, (row) => row.activationBytes),
    ...saidOf(next),
    branches: ends.map((end) => end.rows),
    weight: null,
  };
  return { shaped, next };
}

function slide(input: Shape, kernel: Size2d, stride: number, padding: Padding): { height: number; width: number } {
  return {
    height: slideSide(input.height, kernel[0], stride, padding),
    width: slideSide(input.width, kernel[1], stride, padding),
  };
}

function costs(row: Row, input: Shape, output: Shape): { parameters: number; multiplyAdds: number } {
  if (row.kind === "convolution") {
    const filters = output.channels;
    if (input.channels % row.groups || filters % row.groups)
      throw new Error(`${row.name}: ${row.groups} groups do not divide ${input.channels} → ${filters} channels`);
    const kernel = row.kernel[0] * row.kernel[1] * (input.channels / row.groups) * filters;
    return { parameters: kernel + offsets(row, filters), multiplyAdds: kernel * output.height * output.width };
  }
  if (row.kind === "dense") {
    if (input.height !== 1 || input.width !== 1) throw new Error(`${row.name} needs a flatten row before it`);
    const kernel = input.channels * output.channels;
    return { parameters: kernel + offsets(row, output.channels), multiplyAdds: kernel };
  }
  return { parameters: 0, multiplyAdds: 0 };
}

/** γ and β, or a bias. */
function offsets(row: { readonly batchNorm: boolean }, channels: number): number {
  return (row.batchNorm ? 2 : 1) * channels;
}

/**
 * A window of k at step s widens the field by (k − 1)·s and multiplies the step by its stride; padding of p moves its beginning by −p·s
 * (Araujo, Norris, Sim 2019). An adaptive pool has windows of several widths and counts as seeing all.
 */
function fieldBehind(row: Row, { field, shape }: Point): Field {
  const seesAll = row.kind === "flatten" || row.kind === "dense" || row.kind === "adaptive-pool";
  if (seesAll || (row.kind === "pool" && row.kernel === "all")) return null;
  if (field === null || (row.kind !== "convolution" && row.kind !== "pool")) return field;
  const { stride, padding } = row;
  const [height, width] = typeof row.kernel === "object" ? row.kernel : [Number(row.kernel), Number(row.kernel)];
  const slid = ({ from, pixels, step }: Reach, kernel: number, side: number): Reach => ({
    from: from - paddingBefore(side, kernel, stride, padding) * step,
    pixels: pixels + (kernel - 1) * step,
    step: step * stride,
  });
  return { height: slid(field.height, height, shape.height), width: slid(field.width, width, shape.width) };
}

/** What is seen by either. */
function together(a: Field, b: Field): Field {
  if (a === null || b === null) return null;
  const joined = (one: Reach, other: Reach): Reach => {
    const from = Math.min(one.from, other.from);
    const end = Math.max(one.from + one.pixels, other.from + other.pixels);
    return { from, pixels: end - from, step: one.step };
  };
  return { height: joined(a.height, b.height), width: joined(a.width, b.width) };
}

/** What a shaped row says of the point behind it; of a field with unequal sides, the longer one's. */
function saidOf({ shape, field, paths, weightLayers }: Point) {
  const longer = field && (field.height.pixels >= field.width.pixels ? field.height : field.width);
  const { from, pixels, step } = longer ?? { from: null, pixels: null, step: null };
  return {
    output: shape,
    receptiveFieldPixels: pixels,
    receptiveFieldStridePixels: step,
    receptiveFieldOffsetPixels: from === null ? null : from + (pixels - 1) / 2,
    paths,
    weightLayers,
  };
}

/** What is shown of a row, and its activation, which the table of rows leaves out. */
export function rowInWords(row: Exclude<Row, { kind: "branches" | "auxiliary" }>): string {
  const isWeighted = row.kind === "convolution" || row.kind === "dense";
  return isWeighted && row.activation !== "none" ? `${detailOf(row)}, ${row.activation}` : detailOf(row);
}

function detailOf(row: Exclude<Row, { kind: "branches" | "auxiliary" }>): string {
  switch (row.kind) {
    case "convolution": {
      const groups = row.groups === 1 ? "" : ` in ${row.groups} groups`;
      const filters = row.filters === "classes" ? "one a class" : row.filters;
      return `${row.kernel[0]}×${row.kernel[1]}/${row.stride} ${paddingText(row.padding)}, ${filters}${groups}`;
    }
    case "pool":
      if (row.kernel === "all") return `${row.operation} over all`;
      return `${row.operation} ${row.kernel}×${row.kernel}/${row.stride} ${paddingText(row.padding)}`;
    case "adaptive-pool":
      return `average over ${row.cells}×${row.cells} cells`;
    case "local-response-norm":
      return `n ${row.neighbours}, k ${row.k}, α ${row.alpha}, β ${row.beta}`;
    case "dropout":
      return `rate ${row.rate}`;
    case "flatten":
      return "to one row";
    case "dense":
      return row.units === "classes" ? "one a class" : String(row.units);
  }
}

function paddingText(padding: Padding): string {
  return typeof padding === "number" ? `padded ${padding}` : padding;
}

function sum<T>(list: readonly T[], value: (item: T) => number): number {
  return list.reduce((total, item) => total + value(item), 0);
}
