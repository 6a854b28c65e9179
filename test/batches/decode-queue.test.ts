import { expect, test } from "vitest";
import { createDecodeQueue } from "../../src-main/batches/decode-queue.ts";
import { createPictureWaits } from "../../src-main/batches/picture-waits.ts";
import type { Example } from "../../src-main/datasets/example.ts";

const wanted = [4, 2, 0, 1, 3, 5].map(
  (index): Example => ({ index, name: String(index), label: 0, split: "train", contentHash: String(index) }),
);
const queueFor = (threads: number, entryOf = (index: number) => index) => {
  const queue = createDecodeQueue(wanted, { entryOf }, threads);
  return { ...queue, next: (most: number) => queue.take(most).map(({ index }) => index) };
};

test("pictures are taken in the order in which they are wanted, each once", () => {
  const { next } = queueFor(2);
  expect([next(2), next(3), next(3), next(3)]).toEqual([[4, 2], [0, 1, 3], [5], []]);
});

test("those that somebody waits for come next, and the threads share them", () => {
  const { next, urge } = queueFor(2);
  next(1);
  urge([5, 1, 4, 5, 3]);
  // Of the three that are not under way, half; then half of one.
  expect([next(4), next(4), next(4), next(4)]).toEqual([[5, 1], [3], [2, 0], []]);
});

test("a picture that is asked for by another of the same bytes is the one of the queue", () => {
  const { next, urge } = queueFor(1, (index) => index % 10);
  urge([13]);
  expect(next(1)).toEqual([3]);
});

test("whoever waits goes on when all of its pictures are known, with pixels or not, and is told what ended decoding", async () => {
  const known = new Set([1]);
  const urged: number[][] = [];
  const waits = createPictureWaits({ isKnown: (index) => known.has(index) }, (indexes) => urged.push([...indexes]));
  await waits.known([1]);
  let isOver = false;
  const waiting = waits.known([1, 2, 3]).then(() => {
    isOver = true;
  });
  known.add(2);
  waits.look();
  await new Promise(setImmediate);
  expect([isOver, urged]).toEqual([false, [[2, 3]]]);
  known.add(3);
  waits.look();
  await waiting;

  const inVain = waits.known([4]);
  waits.fail(new Error("the disk is full"));
  await expect(inVain).rejects.toThrow("the disk is full");
  // Who asks for what is known learns it, too: the run cannot go on.
  await expect(waits.known([1])).rejects.toThrow("the disk is full");
});
