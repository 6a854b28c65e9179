/** Where the names of points stand so that none hides another, nor a point. */

export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  /** Of its name, in pixels. */
  readonly width: number;
}

export interface LabelPlace {
  readonly x: number;
  /** Of the text's base line. */
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const lineHeight = 13;
/** From a point to its name. */
const gap = 9;
const pointRadius = 6;

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Right of the point, left, above or below, the first that is free; null where none is.
 * @param room what the names may cover
 * @param written words that stand there already
 * @returns one place a point, in their order: the first to come has the first choice
 */
export function labelPlaces(
  points: readonly LabelledPoint[],
  room: Box,
  written: readonly (LabelPlace & { readonly width: number })[] = [],
): readonly (LabelPlace | null)[] {
  const marks = points.map(({ x, y }) => ({
    ...{ left: x - pointRadius, right: x + pointRadius, top: y - pointRadius, bottom: y + pointRadius },
  }));
  const taken: Box[] = [...marks, ...written.map((words) => boxOf(words, words.width))];
  return points.map(({ x, y, width }) => {
    const choices: readonly LabelPlace[] = [
      { x: x + gap, y: y + 4, anchor: "start" },
      { x: x - gap, y: y + 4, anchor: "end" },
      { x, y: y - gap - 1, anchor: "middle" },
      { x, y: y + gap + 9, anchor: "middle" },
      { x: x + gap - 2, y: y - gap + 2, anchor: "start" },
      { x: x + gap - 2, y: y + gap + 6, anchor: "start" },
      { x: x - gap + 2, y: y - gap + 2, anchor: "end" },
      { x: x - gap + 2, y: y + gap + 6, anchor: "end" },
    ];
    for (const place of choices) {
      const box = boxOf(place, width);
      const isInside =
        box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom;
      if (!isInside || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      return place;
    }
    return null;
  });
}

function boxOf({ x, y, anchor }: LabelPlace, width: number): Box {
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { left, right: left + width, top: y - lineHeight + 3, bottom: y + 3 };
}
