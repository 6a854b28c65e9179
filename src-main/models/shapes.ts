/**
 * What every row of a table puts out and costs, without TensorFlow. All figures are of one picture. Multiply-adds are those of convolutions and
 * dense layers; pools, normalisation and additions are left out, as in the papers. Activations are float32.
 */
import type {
  Architecture,
  ArchitectureTotals,
  DenseRow,
  Padding,
  Row,
  ShapedRow,
  Size2d,
} from "../contract/architecture.ts";

export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Square of input pixels behind one value, and how many input pixels apart neighbouring values look. Null: the whole picture. */
type Field = { readonly height: number; readonly width: number; readonly step: number } | null;

interface Point {
  readonly shape: Shape;
  readonly field: Field;
}
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
    field: { height: 1, width: 1, step: 1 },
  };
  const { rows } = walk(architecture.rows, start, classes);
  const trunk = rows.filter((row) => row.kind !== "auxiliary");
  const heads = rows.filter((row) => row.kind === "auxiliary");
  return {
    rows,
    totals: {
      parameters: sum(trunk, (row) => row.parameters),
      auxiliaryParameters: sum(heads, (row) => row.parameters),
      multiplyAdds: sum(trunk, (row) => row.multiplyAdds),
      activationBytes: sum(trunk, (row) => row.activationBytes),
      receptiveFieldPixels: Math.max(1, ...trunk.map((row) => row.receptiveFieldPixels ?? 0)),
      paths: countPaths(architecture.rows),
    },
  };
}

/** Shape behind one row that is neither a module nor a head. */
export function outputShape(
  row: Exclude<Row, { kind: "branches" | "auxiliary" }>,
  input: Shape,
  classes: number,
): Shape {
  switch (row.kind) {
    case "convolution":
      return { ...slide(input, row.kernel, row.stride, row.padding), channels: row.filters };
    case "pool":
      if (row.kernel === "all") return { height: 1, width: 1, channels: input.channels };
      return { ...slide(input, [row.kernel, row.kernel], row.stride, row.padding), channels: input.channels };
    case "flatten":
      return { height: 1, width: 1, channels: input.height * input.width * input.channels };
    case "dense":
      return { height: 1, width: 1, channels: unitsOf(row, classes) };
    case "dropout":
    case "local-response-norm":
      return input;
  }
}

export function unitsOf(row: DenseRow, classes: number): number {
  return row.units === "classes" ? classes : row.units;
}

/** Side of the grid that a window leaves; 0 or less where it does not fit. */
export function slideSide(side: number, kernel: number, stride: number, padding: Padding): number {
  if (padding === "same") return Math.ceil(side / stride);
  const padded = side + 2 * (padding === "valid" ? 0 : padding);
  return Math.floor((padded - kernel) / stride) + 1;
}

/** Ways from input to output: branches add, rows behind each other multiply. Heads are no way to the output. */
export function countPaths(rows: readonly Row[]): number {
  return rows
    .filter((row) => row.kind === "branches")
    .reduce((paths, row) => paths * row.branches.reduce((ways, branch) => ways + countPaths(branch), 0), 1);
}

/** Convolutions and dense layers on the longest path, heads left out. */
export function countWeightLayers(rows: readonly Row[]): number {
  return rows.reduce((layers, row) => {
    if (row.kind === "branches") return layers + Math.max(...row.branches.map(countWeightLayers));
    return layers + (row.kind === "convolution" || row.kind === "dense" ? 1 : 0);
  }, 0);
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
    return { shaped: { ...head.shaped, kind: "auxiliary" }, next: input };
  }
  const shape = outputShape(row, input.shape, classes);
  if (shape.height < 1 || shape.width < 1) throw new Error(`${row.name} does not fit a grid of ${input.shape.height}`);
  const field = fieldBehind(row, input.field);
  const { parameters, multiplyAdds } = costs(row, input.shape, shape);
  const shaped: ShapedRow = {
    kind: row.kind,
    name: row.name,
    detail: detailOf(row),
    output: shape,
    parameters,
    multiplyAdds,
    activationBytes: 4 * shape.height * shape.width * shape.channels,
    receptiveFieldPixels: fieldSide(field),
    branches: null,
  };
  return { shaped, next: { shape, field } };
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
    if (!meets || field?.step !== first.field?.step) throw new Error(`the branches of ${name} end in different grids`);
  }
  const shape = { ...first.shape, channels: sum(ends, (end) => end.shape.channels) };
  const field = ends.map((end) => end.field).reduce(widest);
  const all = ends.flatMap((end) => end.rows);
  const shaped: ShapedRow = {
    kind: "branches",
    name,
    detail,
    output: shape,
    parameters: sum(all, (row) => row.parameters),
    multiplyAdds: sum(all, (row) => row.multiplyAdds),
    activationBytes: sum(all, (row) => row.activationBytes),
    receptiveFieldPixels: fieldSide(field),
    branches: ends.map((end) => end.rows),
  };
  return { shaped, next: { shape, field } };
}

function slide(input: Shape, kernel: Size2d, stride: number, padding: Padding): { height: number; width: number } {
  return {
    height: slideSide(input.height, kernel[0], stride, padding),
    width: slideSide(input.width, kernel[1], stride, padding),
  };
}

function costs(row: Row, input: Shape, output: Shape): { parameters: number; multiplyAdds: number } {
  if (row.kind === "convolution") {
    if (input.channels % row.groups || row.filters % row.groups)
      throw new Error(`${row.name}: ${row.groups} groups do not divide ${input.channels} → ${row.filters} channels`);
    const kernel = row.kernel[0] * row.kernel[1] * (input.channels / row.groups) * row.filters;
    return { parameters: kernel + offsets(row), multiplyAdds: kernel * output.height * output.width };
  }
  if (row.kind === "dense") {
    if (input.height !== 1 || input.width !== 1) throw new Error(`${row.name} needs a flatten row before it`);
    const kernel = input.channels * output.channels;
    return { parameters: kernel + (row.batchNorm ? 2 : 1) * output.channels, multiplyAdds: kernel };
  }
  return { parameters: 0, multiplyAdds: 0 };
}

/** γ and β, or a bias. */
function offsets(row: { filters: number; batchNorm: boolean }): number {
  return (row.batchNorm ? 2 : 1) * row.filters;
}

/** A window of k at step s widens the field by (k − 1)·s and multiplies the step by its stride. */
function fieldBehind(row: Row, field: Field): Field {
  if (row.kind === "flatten" || row.kind === "dense" || (row.kind === "pool" && row.kernel === "all")) return null;
  if (field === null || (row.kind !== "convolution" && row.kind !== "pool")) return field;
  const [height, width] = typeof row.kernel === "object" ? row.kernel : [Number(row.kernel), Number(row.kernel)];
  return {
    height: field.height + (height - 1) * field.step,
    width: field.width + (width - 1) * field.step,
    step: field.step * row.stride,
  };
}

function widest(a: Field, b: Field): Field {
  if (a === null || b === null) return null;
  return { height: Math.max(a.height, b.height), width: Math.max(a.width, b.width), step: a.step };
}

function fieldSide(field: Field): number | null {
  return field === null ? null : Math.max(field.height, field.width);
}

function detailOf(row: Exclude<Row, { kind: "branches" | "auxiliary" }>): string {
  switch (row.kind) {
    case "convolution": {
      const groups = row.groups === 1 ? "" : ` in ${row.groups} groups`;
      return `${row.kernel[0]}×${row.kernel[1]}/${row.stride} ${paddingText(row.padding)}, ${row.filters}${groups}`;
    }
    case "pool":
      if (row.kernel === "all") return `${row.operation} over all`;
      return `${row.operation} ${row.kernel}×${row.kernel}/${row.stride} ${paddingText(row.padding)}`;
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
