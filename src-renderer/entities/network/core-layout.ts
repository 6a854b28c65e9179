/**
 * A network's core, as a geologist's drill core: one band a row from the input at the top to the answer at the bottom. Width goes with the
 * logarithm of the channels on a scale that all networks share, height with the logarithm of the grid's side, a module's branches lie side by
 * side, and a classifier on the side stands beside the band that it sees. Pure: rows in, rectangles out.
 */
import type { ShapedRow } from "../../../src-main/contract/architecture.ts";

/** What a band is drawn in. Convolutions inside a module take the module's tone, so that a module is seen as one. */
export const tones = ["convolution", "module", "reduction", "pool", "dense", "auxiliary", "thin"] as const;
export type Tone = (typeof tones)[number];

export interface Band {
  /** Names of the row and the modules around it, joined by `/`; unique in one core. */
  readonly key: string;
  readonly row: ShapedRow;
  readonly tone: Tone;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CoreOptions {
  readonly width: number;
  readonly height: number;
  /** `branches`: a branch is one band, for small drawings. `rows`: a branch is cut into its rows, for the architecture map. */
  readonly detail: "branches" | "rows";
  /** `shared`: cores beside each other have one scale of widths. `own`: the widest row fills the box. */
  readonly widths: "shared" | "own";
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const widestChannels = 4096;
/** Where the scale begins: so few channels would have no width at all. */
const leastChannels = 2;
const narrowestShare = 0.12;
/** Of the whole width; kept free on both sides where a network has auxiliary heads. */
const auxiliaryShare = 0.07;
const gapUnits = 0.28;
const thinUnits = 0.45;
/** What a core of fewer units does not fill: a linear machine is a shallow core, not a tall band. In a list it lies at the bottom, as all answers do. */
const leastUnits = 8;
/** A module's height grows with its longest branch, but less than in proportion. */
const moduleGrowth = 0.45;

/** The share of the core's full width that so many channels take: 1 at 4,096 and above, log below, from 2 channels on. */
export function widthShare(channels: number): number {
  const share = Math.log2(Math.max(1, channels) / leastChannels) / Math.log2(widestChannels / leastChannels);
  return Math.min(1, Math.max(narrowestShare, share));
}

/** A row's height before scaling: 1 at a grid of 1×1, one more for each doubling of the side. */
export function heightUnits(row: ShapedRow, detail: CoreOptions["detail"]): number {
  if (isThin(row)) return thinUnits;
  const side = 1 + Math.log2(Math.max(1, row.output.height));
  return detail === "rows" && row.branches ? side * (1 + moduleGrowth * (longestBranch(row) - 1)) : side;
}

/** Every band of a core, in table order, filling the box that is given unless there is too little to fill it with. */
export function layoutCore(
  rows: readonly ShapedRow[],
  { width, height, detail, widths }: CoreOptions,
): readonly Band[] {
  const trunk = rows.filter((row) => row.kind !== "auxiliary");
  const units = trunk.map((row) => heightUnits(row, detail));
  const total = units.reduce((sum, unit) => sum + unit, 0) + gapUnits * Math.max(0, trunk.length - 1);
  const scale = height / Math.max(total, leastUnits);
  const margin = rows.length > trunk.length ? auxiliaryShare * width : 0;
  const stretch =
    widths === "own" && trunk.length > 0 ? 1 / Math.max(...trunk.map((row) => widthShare(row.output.channels))) : 1;
  const bands: Band[] = [];
  let y = detail === "branches" ? height - total * scale : 0;
  let place = 0;
  let sideBefore = 0;
  let last: Box | null = null;
  for (const row of rows) {
    if (row.kind === "auxiliary") {
      if (last) bands.push(besides(row, last, margin));
      continue;
    }
    const full = (width - 2 * margin) * widthShare(row.output.channels) * stretch;
    const box = { x: (width - full) / 2, y, width: full, height: (units[place] ?? 0) * scale };
    const tone = toneOf(row, sideBefore);
    const gap = Math.min(2, width * 0.014);
    if (row.branches) bands.push(...layoutBranches(row, row.branches, box, { tone, detail, gap, prefix: row.name }));
    else bands.push({ key: row.name, row, tone, ...box });
    if (!isThin(row)) {
      last = box;
      sideBefore = row.output.height;
    }
    y += box.height + gapUnits * scale;
    place += 1;
  }
  return bands;
}

interface BranchOptions {
  readonly tone: Tone;
  readonly detail: CoreOptions["detail"];
  readonly gap: number;
  readonly prefix: string;
}

function layoutBranches(
  module: ShapedRow,
  branches: readonly (readonly ShapedRow[])[],
  box: Box,
  options: BranchOptions,
): Band[] {
  const { gap, detail, tone, prefix } = options;
  const shares = branches.map((rows) => widthShare(rows.at(-1)?.output.channels ?? module.output.channels));
  const shareSum = shares.reduce((sum, share) => sum + share, 0);
  const room = Math.max(0, box.width - gap * (branches.length - 1));
  const bands: Band[] = [];
  let { x } = box;
  for (const [index, rows] of branches.entries()) {
    const width = (room * (shares[index] ?? 0)) / shareSum;
    const column = { x, y: box.y, width, height: box.height };
    const key = `${prefix}/${index + 1}`;
    if (detail === "rows" && rows.length > 0) bands.push(...layoutColumn(rows, column, { ...options, prefix: key }));
    else bands.push({ key, row: module, tone, ...column });
    x += width + gap;
  }
  return bands;
}

/** One branch: its rows under each other, equally high, since they share the module's grid. */
function layoutColumn(rows: readonly ShapedRow[], column: Box, options: BranchOptions): Band[] {
  const gap = Math.min(options.gap, column.height * 0.04);
  const height = (column.height - gap * (rows.length - 1)) / rows.length;
  return rows.flatMap((row, index) => {
    const box = { ...column, y: column.y + index * (height + gap), height };
    const key = `${options.prefix}/${row.name}`;
    if (row.branches) return layoutBranches(row, row.branches, box, { ...options, prefix: key });
    const tone = row.kind === "pool" ? "pool" : options.tone;
    return [{ key, row, tone, ...box }];
  });
}

/** An auxiliary head: a short band right of the one that it sees. */
function besides(row: ShapedRow, seen: Box, margin: number): Band {
  const gap = margin * 0.25;
  const height = Math.max(1, seen.height * 0.5);
  return {
    key: row.name,
    row,
    tone: "auxiliary",
    x: seen.x + seen.width + gap,
    y: seen.y + (seen.height - height) / 2,
    width: margin - gap,
    height,
  };
}

function toneOf(row: ShapedRow, sideBefore: number): Tone {
  switch (row.kind) {
    case "branches":
      return row.output.height < sideBefore ? "reduction" : "module";
    case "dropout":
    case "flatten":
    case "local-response-norm":
      return "thin";
    case "adaptive-pool":
      return "pool";
    default:
      return row.kind;
  }
}

/** Rows that change no channel and no grid: drawn as a hairline. */
function isThin(row: ShapedRow): boolean {
  return row.kind === "dropout" || row.kind === "flatten" || row.kind === "local-response-norm";
}

function longestBranch(row: ShapedRow): number {
  return Math.max(1, ...(row.branches ?? []).map((rows) => rows.length));
}
