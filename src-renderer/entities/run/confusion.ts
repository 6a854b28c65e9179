/** A matrix of counts as it is drawn and read: `counts[true class][answer]`. */
export type Counts = readonly (readonly number[])[];

export interface Cell {
  readonly truth: number;
  readonly said: number;
}

/** Up to so many classes the rows and columns carry names; beyond, only the chosen cell is named. */
export const mostNamedClasses = 20;

export function rowTotal(counts: Counts, truth: number): number {
  return (counts[truth] ?? []).reduce((sum, count) => sum + count, 0);
}

export interface DrawnCell extends Cell {
  readonly count: number;
  /** Share of the true class's pictures: 0–1. */
  readonly share: number;
}

/** A cell as a matrix draws it that shows something other than its counts' shares of their rows. */
export interface ShownCell extends Cell {
  readonly hue: number;
  readonly opacity: number;
  /** In the cell, where there is room. */
  readonly text: string;
}

/** Every cell that holds pictures: a large matrix is mostly empty and costs only what is drawn. */
export function drawnCells(counts: Counts): DrawnCell[] {
  return counts.flatMap((row, truth) => {
    const total = rowTotal(counts, truth);
    return row.flatMap((count, said) => (count > 0 ? [{ truth, said, count, share: count / total }] : []));
  });
}

/** The classes most often mixed up, the most frequent first. */
export function topConfusions(counts: Counts, most: number): DrawnCell[] {
  return drawnCells(counts)
    .filter((cell) => cell.truth !== cell.said)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

const moves: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The cell that a key leads to, kept inside the matrix; null for a key that leads nowhere. */
export function movedCell(cell: Cell, key: string, classes: number): Cell | null {
  const move = moves[key];
  if (!move) return null;
  const inside = (index: number): number => Math.max(0, Math.min(classes - 1, index));
  return { truth: inside(cell.truth + move[0]), said: inside(cell.said + move[1]) };
}
