/**
 * What every row of a table puts out and costs, without TensorFlow. All figures are of one picture. Multiply-adds are those of convolutions and
 * dense layers; pools, normalisation and additions are left out, as in the papers. Activations are float32.
 */
import type {
  ArchitectureTotals,
  BatchNorm,
  FieldSide,
  Padding,
  PlainRow,
  ShapedRow,
} from "../../contract/architecture.ts";
import { type PlacedRow, paddingBefore, type Shape, type WalkedRows, type WalkedTable, walkRows } from "./row-walk.ts";

/** One side of what the first value sees: from which input pixel on (padding reaches before 0), and how many; and how far neighbours are apart. */
interface Reach {
  readonly from: number;
  readonly pixels: number;
  readonly step: number;
}
/** What one value sees of the input. Null: the whole picture. */
type Field = { readonly height: Reach; readonly width: Reach } | null;

/** What stands behind a row, besides its shape. */
interface Point {
  readonly field: Field;
  readonly paths: number;
  readonly weightLayers: number;
}
interface Shaped extends Point {
  readonly shaped: ShapedRow;
}
const onePixel: Reach = { from: 0, pixels: 1, step: 1 };

/**
 * Shapes and costs of all rows, in table order, at the table's own input size.
 * @throws Error where a grid vanishes, branches do not meet or groups do not divide channels: the table is broken.
 */
export function shapeRows(
  architecture: WalkedTable,
  classes: number,
): { readonly rows: readonly ShapedRow[]; readonly totals: ArchitectureTotals } {
  const side = architecture.inputPixels;
  const start: Point = { field: { height: onePixel, width: onePixel }, paths: 1, weightLayers: 0 };
  const { found, end } = walkRows<Point, Shaped>(architecture, { classes, hasHeads: true }, start, shapeRow);
  const rows = found.map(({ shaped }) => shaped);
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
      paths: end.paths,
      longestPathLayers: end.weightLayers,
    },
  };
}

/** Of the rows whose values see part of the input; the whole input where the first row to see anything, as a dense one, sees all. */
function largestField(trunk: readonly ShapedRow[], side: number): number {
  const fields = trunk.flatMap(({ receptiveFieldPixels }) => receptiveFieldPixels ?? []);
  return fields.length === 0 ? side : Math.max(...fields);
}

function shapeRow(placed: PlacedRow, from: Point, inside: readonly WalkedRows<Point, Shaped>[]): Shaped {
  const { row, input, output } = placed;
  if (row.kind === "branches") return shapeLists(row.name, row.module, inside);
  if (row.kind === "auxiliary") {
    const head = shapeLists(row.name, `head, weight ${row.weight}`, inside);
    return { ...head, shaped: { ...head.shaped, kind: "auxiliary", weight: row.weight } };
  }
  const isWeighted = row.kind === "convolution" || row.kind === "dense";
  const point: Point = {
    field: fieldBehind(row, input, from.field),
    paths: from.paths,
    weightLayers: from.weightLayers + (isWeighted ? 1 : 0),
  };
  if (output.height < 1 || output.width < 1) throw new Error(`${row.name} does not fit a grid of ${input.height}`);
  const shaped: ShapedRow = {
    kind: row.kind,
    name: row.name,
    detail: detailOf(row),
    ...costs(row, input, output),
    activationBytes: 4 * output.height * output.width * output.channels,
    groups: row.kind === "convolution" ? row.groups : 1,
    output,
    ...saidOf(point),
    branches: null,
    plain: row,
    weight: null,
  };
  return { ...point, shaped };
}

function shapeLists(name: string, detail: string, lists: readonly WalkedRows<Point, Shaped>[]): Shaped {
  const [first] = lists;
  if (!first) throw new Error(`${name} has no branches`);
  for (const { shape, end } of lists) {
    const meets = shape.height === first.shape.height && shape.width === first.shape.width;
    if (!meets || end.field?.height.step !== first.end.field?.height.step)
      throw new Error(`the branches of ${name} end in different grids`);
  }
  const ends = lists.map(({ end }) => end);
  const point: Point = {
    field: ends.map(({ field }) => field).reduce(together),
    // Branches add; that of each was multiplied with the ways to the module on its way through.
    paths: sum(ends, ({ paths }) => paths),
    weightLayers: Math.max(...ends.map(({ weightLayers }) => weightLayers)),
  };
  const branches = lists.map(({ found }) => found.map(({ shaped }) => shaped));
  const all = branches.flat();
  const shaped: ShapedRow = {
    kind: "branches",
    name,
    detail,
    parameters: sum(all, (row) => row.parameters),
    multiplyAdds: sum(all, (row) => row.multiplyAdds),
    activationBytes: sum(all, (row) => row.activationBytes),
    groups: 1,
    output: { ...first.shape, channels: sum(lists, ({ shape }) => shape.channels) },
    ...saidOf(point),
    branches,
    weight: null,
  };
  return { ...point, shaped };
}

function costs(row: PlainRow, input: Shape, output: Shape): { parameters: number; multiplyAdds: number } {
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
function offsets(row: { readonly batchNorm: BatchNorm | null }, channels: number): number {
  return (row.batchNorm ? 2 : 1) * channels;
}

/**
 * A window of k at step s widens the field by (k − 1)·s and multiplies the step by its stride; padding of p moves its beginning by −p·s
 * (Araujo, Norris, Sim 2019). An adaptive pool has windows of several widths and counts as seeing all.
 */
function fieldBehind(row: PlainRow, input: Shape, field: Field): Field {
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
  return { height: slid(field.height, height, input.height), width: slid(field.width, width, input.width) };
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
function saidOf({ field, paths, weightLayers }: Point) {
  const longer = field && (field.height.pixels >= field.width.pixels ? field.height : field.width);
  const { from, pixels, step } = longer ?? { from: null, pixels: null, step: null };
  return {
    receptiveField: field && { height: fieldSide(field.height), width: fieldSide(field.width) },
    receptiveFieldPixels: pixels,
    receptiveFieldStridePixels: step,
    receptiveFieldOffsetPixels: from === null ? null : from + (pixels - 1) / 2,
    paths,
    weightLayers,
  };
}

function fieldSide({ from, pixels, step }: Reach): FieldSide {
  return { fromPixel: from, pixels, stridePixels: step };
}

/** What is shown of a row, and its activation, which the table of rows leaves out. */
export function rowInWords(row: PlainRow): string {
  const isWeighted = row.kind === "convolution" || row.kind === "dense";
  return isWeighted && row.activation !== "none" ? `${detailOf(row)}, ${row.activation}` : detailOf(row);
}

function detailOf(row: PlainRow): string {
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
