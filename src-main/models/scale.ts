/**
 * Fits a table to smaller pictures and narrower layers. One rule for every architecture:
 *
 * 1. Width multiplies the channels of every convolution and dense layer but the last, rounded to a multiple of 4.
 * 2. A table that still ends in a grid at least half as wide as the paper's is otherwise left as it is.
 * 3. Else `valid` convolutions and pools of the trunk become `same`, so that borders no longer cost grid.
 * 4. While that is not enough, rows outside modules give up stride: convolutions first, halving it, the last before the first; then pools,
 *    which are left out. A convolution that gives up stride gives up kernel in proportion, to the next odd size and not below 3: an 11×11
 *    that steps by 4 becomes a 3×3 that steps by 1.
 * 5. In an auxiliary head, a kernel wider than its grid is cut to the grid, and so is a number of cells.
 *
 * So Inception-v3 at 32 pixels keeps one early pool, and its modules run at 16², 8² and 4².
 */
import type { Architecture, AuxiliaryRow, PlainRow, Row } from "../contract/architecture.ts";
import { StrataError } from "../contract/errors.ts";
import { changeRows, outputShape, placedRows, type Shape } from "../domain/networks/row-walk.ts";

export interface Scale {
  readonly inputPixels: number;
  readonly width: number;
}

/** No setting may ask for less (see the contract's modelChoice). */
const leastInputPixels = 16;
const channelStep = 4;

/** Of each the size asked for last: thousands of runs that are checked have the same. */
const scaledLast = new WeakMap<Architecture, Scale & { readonly scaled: Architecture }>();

/** @throws StrataError `model.input-too-small` */
export function scaleArchitecture(architecture: Architecture, { inputPixels, width }: Scale): Architecture {
  const last = scaledLast.get(architecture);
  if (last?.inputPixels === inputPixels && last.width === width) return last.scaled;
  const scaled = scaledTo(architecture, { inputPixels, width });
  scaledLast.set(architecture, { inputPixels, width, scaled });
  return scaled;
}

function scaledTo(architecture: Architecture, { inputPixels, width }: Scale): Architecture {
  const smallestPixels = smallestInputPixels(architecture);
  if (inputPixels < smallestPixels)
    throw new StrataError("model.input-too-small", { id: architecture.id, inputPixels, smallestPixels });
  const trunk = fitTrunk(architecture, inputPixels);
  if (trunk === null) throw new Error(`${architecture.id} does not fit ${inputPixels} though larger than its smallest`);
  return { ...architecture, inputPixels, rows: widenRows(fitHeads(trunk, inputPixels), width) };
}

/** Tables do not change, and whoever scales or shows one asks. */
const smallestKnown = new WeakMap<Architecture, number>();

/** The smallest side at which the rule above still finds a table. Width does not change it. */
export function smallestInputPixels(architecture: Architecture): number {
  const known = smallestKnown.get(architecture) ?? findSmallestInputPixels(architecture);
  smallestKnown.set(architecture, known);
  return known;
}

function findSmallestInputPixels(architecture: Architecture): number {
  for (let side = leastInputPixels; side < architecture.inputPixels; side++)
    if (fitTrunk(architecture, side) !== null) return side;
  return architecture.inputPixels;
}

/** The first table, from the least change to the most, that ends in a wide enough grid. */
function fitTrunk(architecture: Architecture, inputPixels: number): readonly Row[] | null {
  const paperGrid = lastGrid(architecture.rows, architecture.inputPixels);
  if (paperGrid === null) throw new Error(`${architecture.id} does not fit its own input`);
  let rows: readonly Row[] | null = architecture.rows;
  const isWideEnough = (table: readonly Row[]) => (lastGrid(table, inputPixels) ?? 0) >= paperGrid / 2;
  if (isWideEnough(rows)) return rows;
  rows = keepBorders(rows);
  while (rows !== null && !isWideEnough(rows)) rows = giveUpStride(rows);
  return rows;
}

function keepBorders(rows: readonly Row[]): readonly Row[] {
  return changeRows(
    rows,
    (row) => {
      const isSliding = row.kind === "convolution" || (row.kind === "pool" && row.kernel !== "all");
      return isSliding && row.padding === "valid" ? { ...row, padding: "same" } : row;
    },
    false,
  );
}

/** Takes one step of rule 4; null if no stride is left to give up. */
function giveUpStride(rows: readonly Row[]): readonly Row[] | null {
  const convolution = rows.findLastIndex((row) => row.kind === "convolution" && row.stride > 1);
  if (convolution >= 0) return rows.map((row, i) => (i === convolution ? halveStride(row) : row));
  const pool = rows.findLastIndex((row) => row.kind === "pool" && row.stride > 1);
  return pool >= 0 ? rows.filter((_, i) => i !== pool) : null;
}

function halveStride(row: Row): Row {
  if (row.kind !== "convolution") return row;
  const stride = Math.floor(row.stride / 2);
  const shrink = (side: number) => Math.min(side, Math.max(3, 2 * Math.floor((side * stride) / row.stride / 2) + 1));
  // A number of pixels of padding belonged to the larger kernel.
  const padding = row.padding === "valid" ? "valid" : "same";
  return { ...row, stride, padding, kernel: [shrink(row.kernel[0]), shrink(row.kernel[1])] };
}

function fitHeads(rows: readonly Row[], inputPixels: number): readonly Row[] {
  if (rows.every(({ kind }) => kind !== "auxiliary")) return rows;
  const placed = placedRows({ rows, inputPixels }, { classes: 1, hasHeads: true });
  const grids = new Map(placed.map(({ row, input }) => [row, input]));
  return rows.map((row) => (row.kind === "auxiliary" ? fitHead(row, grids.get(row)!) : row));
}

/** Each row is cut to the grid that the rows cut before it leave. */
function fitHead(head: AuxiliaryRow, start: Shape): AuxiliaryRow {
  let grid = start;
  const fit = (row: PlainRow): PlainRow => {
    const fitted = cutKernel(row, grid);
    grid = outputShape(fitted, grid, 1);
    return fitted;
  };
  const rows = changeRows(head.rows, fit, false);
  return { ...head, rows };
}

function cutKernel(row: PlainRow, grid: Shape): PlainRow {
  const side = Math.min(grid.height, grid.width);
  if (row.kind === "convolution")
    return { ...row, kernel: [Math.min(row.kernel[0], side), Math.min(row.kernel[1], side)] };
  if (row.kind === "pool" && row.kernel !== "all") return { ...row, kernel: Math.min(row.kernel, side) };
  if (row.kind === "adaptive-pool") return { ...row, cells: Math.min(row.cells, side) };
  return row;
}

/** Side of the grid that reaches the pool over all, or the first dense layer; null if it vanishes on the way. */
function lastGrid(rows: readonly Row[], inputPixels: number): number | null {
  const end = rows.findIndex((row) => row.kind === "flatten" || (row.kind === "pool" && row.kernel === "all"));
  const trunk = end < 0 ? rows : rows.slice(0, end);
  return shapeBehind(trunk, inputPixels)?.height ?? null;
}

/** Null if a grid vanishes. Channels do not matter here. */
function shapeBehind(rows: readonly Row[], inputPixels: number): Shape | null {
  const placed = placedRows({ rows, inputPixels }, { classes: 1, hasHeads: false });
  if (placed.some(({ output }) => output.height < 1 || output.width < 1)) return null;
  return placed.at(-1)?.output ?? { height: inputPixels, width: inputPixels, channels: 3 };
}

function widenRows(rows: readonly Row[], width: number): readonly Row[] {
  if (width === 1) return rows;
  return changeRows(
    rows,
    (row) => {
      if (row.kind === "convolution") return { ...row, filters: scaleChannels(row.filters, width, row.groups) };
      return row.kind === "dense" ? { ...row, units: scaleChannels(row.units, width, 1) } : row;
    },
    true,
  );
}

/** At least one step; a multiple of the groups too. One a class stays one a class. */
function scaleChannels(channels: number | "classes", width: number, groups: number): number | "classes" {
  if (channels === "classes") return channels;
  const step = channelStep % groups === 0 ? channelStep : channelStep * groups;
  return Math.max(step, Math.round((channels * width) / step) * step);
}
