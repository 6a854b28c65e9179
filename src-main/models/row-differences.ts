/**
 * Where two tables compute differently with the same weights: row by row, at the sizes at which they run. `same` padding depends on the grid, so that
 * equal rows on another grid can differ too. Dropout, which takes no part in an answer, and the number of classes do not count.
 */
import type { Architecture, Row } from "../contract/architecture.ts";
import type { RowDifference } from "../contract/weights.ts";
import { outputShape, paddingBefore, rowInWords, type Shape } from "../domain/shapes.ts";

interface Line {
  readonly path: string;
  /** Equal where the rows compute the same. */
  readonly key: string;
  readonly words: string;
  readonly grid: string;
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
  const isGridAlone = ours.words === theirs.words;
  const say = ({ words, grid }: Line) => (isGridAlone ? `${words} on ${grid}` : words);
  return [{ row, here: say(ours), there: say(theirs) }];
}

function linesOf({ rows, inputPixels }: Architecture): Line[] {
  const lines: Line[] = [];
  walk(rows, { height: inputPixels, width: inputPixels, channels: 3 }, "", lines);
  return lines;
}

/** Adds to `lines`. @returns the shape behind the rows */
function walk(rows: readonly Row[], start: Shape, path: string, lines: Line[]): Shape {
  let shape = start;
  for (const row of rows) {
    const rowPath = path === "" ? row.name : `${path}/${row.name}`;
    if (row.kind === "auxiliary") {
      walk(row.rows, shape, rowPath, lines);
      continue;
    }
    if (row.kind === "branches") {
      const input = shape;
      const ends = row.branches.map((branch, index) => walk(branch, input, `${rowPath}/Branch_${index}`, lines));
      shape = { ...(ends[0] ?? input), channels: ends.reduce((sum, { channels }) => sum + channels, 0) };
      continue;
    }
    const grid = `${shape.height}×${shape.width}`;
    if (row.kind !== "dropout")
      lines.push({ path: rowPath, key: JSON.stringify([row, seenAt(row, shape)]), words: rowInWords(row), grid });
    shape = outputShape(row, shape, classes);
  }
  return shape;
}

/** What the grid before a row makes of it: where its windows begin, or the number of values that it lays out. */
function seenAt(row: Row, { height, width }: Shape): readonly number[] {
  if (row.kind === "flatten") return [height, width];
  const isWindow = row.kind === "convolution" || (row.kind === "pool" && row.kernel !== "all");
  if (!isWindow) return [];
  const [tall, wide] = row.kind === "convolution" ? row.kernel : [Number(row.kernel), Number(row.kernel)];
  const { stride, padding } = row;
  return [paddingBefore(height, tall, stride, padding), paddingBefore(width, wide, stride, padding)];
}
