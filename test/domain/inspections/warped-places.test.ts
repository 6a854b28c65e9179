import { expect, test } from "vitest";
import { type Warp, warpedPlaces } from "../../../src-main/domain/inspections/warped-places.ts";

const still: Warp = { degrees: 0, scale: 1, shift: [0, 0] };
const side = 5;
const picture = Array.from({ length: side * side }, (_, at) => at ** 2);
function warped(warp: Warp): number[] {
  const { places, weights } = warpedPlaces(side, warp);
  return picture.map((_, pixel) =>
    [0, 1, 2, 3].reduce((sum, part) => sum + weights[4 * pixel + part]! * picture[places[4 * pixel + part]!]!, 0),
  );
}

test("leaves what is not moved, and shifts with the edge drawn out", () => {
  expect(warped(still)).toEqual(picture);
  expect(warped({ ...still, shift: [1, 0] }).slice(5, 10)).toEqual([picture[5], ...picture.slice(5, 9)]);
});

test("turns clockwise about the middle, and lies between pixels by their weights", () => {
  const turned = warped({ ...still, degrees: 90 });
  expect(turned[12]).toBeCloseTo(picture[12]!, 3);
  expect([turned[0], turned[4]]).toEqual([expect.closeTo(picture[20]!, 2), expect.closeTo(picture[0]!, 2)]);
  expect(warped({ ...still, shift: [0.5, 0] })[7]).toBeCloseTo((picture[6]! + picture[7]!) / 2, 5);
  expect(warped({ ...still, scale: 2 })[10]).toBeCloseTo(picture[11]!, 5);
});
