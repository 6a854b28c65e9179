/**
 * Where two tables compute differently with the same weights: row by row, at the sizes at which they run. `same` padding depends on the grid, so that
 * equal rows on another grid can differ too. Dropout, which takes no part in a prediction, and the number of classes do not count.
 */
import type { Architecture, PlainRow } from "../contract/architecture.ts";
import type { RowDifference } from "../contract/weights.ts";
import { paddingBefore, placedRows, type Shape } from "../domain/networks/row-walk.ts";
import { rowInWords } from "../domain/networks/shapes.ts";

interface Line {
  readonly path: string;
  /** Equal where the rows compute the same. */
  readonly key: string;
  readonly words: string;
  readonly grid: string;
  /** Momentum is left out: it takes no part in a prediction. */
  readonly batchNorm: string;
}

/** Any number will do: it is the same on both sides. */
const classes = 10;

/** Both at the sizes at which they run; in table order. */
export function rowDifferences(here: Architecture, there: Architecture): RowDifference[] {
  const [ours, theirs] = [linesOf(here), linesOf(there)];
  const byPath = new Map(theirs.map((line) => [line.path, line]));
  const paths = new Set(ours.map(({ path }) => path));
  return [
    ...ours.flatMap((line) => differenceOf(line, byPath.get(line.path))),
    ...theirs.flatMap((line) => (paths.has(line.path) ? [] : [{ row: line.path, here: "nothing", there: line.words }])),
  ];
}

function differenceOf(ours: Line, theirs: Line | undefined): RowDifference[] {
  const row = ours.path;
  if (theirs === undefined) return [{ row, here: ours.words, there: "nothing" }];
  if (ours.key === theirs.key) return [];
  const isGridAlone = ours.words === theirs.words && ours.batchNorm === theirs.batchNorm;
  const say = ({ words, grid, batchNorm }: Line) => {
    if (isGridAlone) return `${words} on ${grid}`;
    return ours.batchNorm === theirs.batchNorm ? words : `${words}, ${batchNorm}`;
  };
  return [{ row, here: say(ours), there: say(theirs) }];
}

function linesOf(architecture: Architecture): Line[] {
  return placedRows(architecture, { classes, hasHeads: true }).flatMap(({ row, path, input }) => {
    if (row.kind === "branches" || row.kind === "auxiliary" || row.kind === "dropout") return [];
    const normalised = "batchNorm" in row ? row.batchNorm : null;
    const batchNorm =
      normalised === null ? "no batch normalisation" : `batch normalisation with ε ${normalised.epsilon}`;
    const key = JSON.stringify([{ ...row, batchNorm }, seenAt(row, input)]);
    return [{ path, key, words: rowInWords(row), batchNorm, grid: `${input.height}×${input.width}` }];
  });
}

/** What the grid before a row makes of it: where its windows begin, or the number of values that it lays out. */
function seenAt(row: PlainRow, { height, width }: Shape): readonly number[] {
  if (row.kind === "flatten") return [height, width];
  const isWindow = row.kind === "convolution" || (row.kind === "pool" && row.kernel !== "all");
  if (!isWindow) return [];
  const [tall, wide] = row.kind === "convolution" ? row.kernel : [Number(row.kernel), Number(row.kernel)];
  const { stride, padding } = row;
  return [paddingBefore(height, tall, stride, padding), paddingBefore(width, wide, stride, padding)];
}
