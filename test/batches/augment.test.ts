import { expect, test } from "vitest";
import { augmentInto, drawAugmentation } from "../../src-main/batches/augment.ts";

/** 2 × 2 pixels, each with its number in all channels. */
const square = (...numbers: number[]) => Uint8Array.from(numbers.flatMap((number) => [number, number, number]));
function augmented(isFlipped: boolean, rightPixels: number, downPixels: number): number[] {
  const into = new Uint8Array(12).fill(99);
  augmentInto(square(1, 2, 3, 4), into, 2, { isFlipped, rightPixels, downPixels });
  return [...into].filter((_, at) => at % 3 === 0);
}

test("a crop moves the picture and leaves black where it was not", () => {
  expect(augmented(false, 0, 0)).toEqual([1, 2, 3, 4]);
  expect(augmented(false, 1, 0)).toEqual([2, 0, 4, 0]);
  expect(augmented(false, -1, 0)).toEqual([0, 1, 0, 3]);
  expect(augmented(false, 0, 1)).toEqual([3, 4, 0, 0]);
  expect(augmented(false, 0, -1)).toEqual([0, 0, 1, 2]);
  expect(augmented(false, 1, 1)).toEqual([4, 0, 0, 0]);
  expect(augmented(false, 2, -2)).toEqual([0, 0, 0, 0]);
});

test("a flip mirrors left and right and keeps each pixel's channels in order", () => {
  expect(augmented(true, 0, 0)).toEqual([2, 1, 4, 3]);
  expect(augmented(true, 1, 0)).toEqual([0, 2, 0, 4]);
  const into = new Uint8Array(27);
  const rgb = Uint8Array.from({ length: 27 }, (_, at) => at);
  augmentInto(rgb, into, 3, { isFlipped: true, rightPixels: 0, downPixels: 0 });
  expect([...into.subarray(0, 9)]).toEqual([6, 7, 8, 3, 4, 5, 0, 1, 2]);
});

test("a draw follows from seed, epoch and picture alone", () => {
  const both = { flip: true, cropPaddingPixels: 4 };
  const at = { seed: 1, epoch: 2, example: 3 };
  expect(drawAugmentation(both, at)).toEqual(drawAugmentation(both, at));
  const draws = (change: (at: number) => object) =>
    new Set(Array.from({ length: 50 }, (_, n) => JSON.stringify(drawAugmentation(both, { ...at, ...change(n) })))).size;
  expect([draws((n) => ({ seed: n })), draws((n) => ({ epoch: n })), draws((n) => ({ example: n }))]).toSatisfy(
    (counts: number[]) => counts.every((count) => count > 25),
  );
});

test("half of the pictures are flipped and every place of the crop is drawn; what is off stays off", () => {
  const draws = Array.from({ length: 2_000 }, (_, example) =>
    drawAugmentation({ flip: true, cropPaddingPixels: 1 }, { seed: 1, epoch: 1, example }),
  );
  expect(Math.abs(draws.filter(({ isFlipped }) => isFlipped).length - 1_000)).toBeLessThan(100);
  const places = new Set(draws.map(({ rightPixels, downPixels }) => `${rightPixels} ${downPixels}`));
  expect([...places].sort()).toEqual(["-1 -1", "-1 0", "-1 1", "0 -1", "0 0", "0 1", "1 -1", "1 0", "1 1"]);
  const off = drawAugmentation({ flip: false, cropPaddingPixels: 0 }, { seed: 1, epoch: 1, example: 1 });
  expect(off).toEqual({ isFlipped: false, rightPixels: 0, downPixels: 0 });
});
