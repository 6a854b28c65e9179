/** Answers class by class, and the pictures of each cell of the confusion matrix. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { cellPicturesOf, perClassOf } from "../../src-main/engine/comparison/per-class.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { predictionsOf, recordRuns, result } from "../support/recorded.ts";

let store: Store;
let first: number;
let second: number;
beforeEach(() => {
  store = openStore(":memory:");
  [first, second] = recordRuns(store, 2) as [number, number];
  // Cats are pictures 0 and 1, dogs 2 and 3.
  addAnswers(first, [0, 0.9], [1, 0.6], [0, 0.7], [0, 0.8]);
  addAnswers(second, [0, 0.8], [0, 0.6], [0, 0.9], [1, 0.8]);
});
afterEach(() => store.close());

function addAnswers(runId: number, ...answers: readonly (readonly [answer: number, confidence: number])[]): void {
  const predictions = predictionsOf(...answers);
  const counts = [0, 1].map((truth) =>
    [0, 1].map((said) => predictions.filter(({ label, answer }) => label === truth && answer === said).length),
  );
  const confusion = { split: "test" as const, epoch: 1, counts };
  store.evaluations.add(runId, { split: "test", epoch: 1, step: 4, result, confusion, predictions });
}

const all = { offset: 0, most: 10 } as const;

it("the counts of each run are told, over the classes of both", () => {
  expect(perClassOf(store, [first, second])).toMatchObject({
    split: "test",
    classes: ["cat", "dog"],
    runs: [
      {
        runId: first,
        counts: [
          [1, 1],
          [2, 0],
        ],
      },
      {
        runId: second,
        counts: [
          [2, 0],
          [1, 1],
        ],
      },
    ],
  });
});

it("a cell of one run opens every picture in it, the surest answer first", () => {
  const { count, pictures } = cellPicturesOf(store, { runIds: [first], truth: 1, said: 0, ...all });
  expect(count).toBe(2);
  expect(pictures).toEqual([
    { example: 3, label: 1, answers: [{ answer: 0, confidence: 0.8 }] },
    { example: 2, label: 1, answers: [{ answer: 0, confidence: 0.7 }] },
  ]);
  const right = cellPicturesOf(store, { runIds: [first], truth: 0, said: 0, ...all });
  expect(right.pictures.map(({ example }) => example)).toEqual([0]);
});

it("a cell of two runs opens what one of them or both put there, with both answers", () => {
  const { count, pictures } = cellPicturesOf(store, { runIds: [first, second], truth: 1, said: 0, ...all });
  expect(count).toBe(2);
  expect(pictures.map(({ example, answers }) => [example, ...answers.map(({ answer }) => answer)])).toEqual([
    [2, 0, 0],
    [3, 0, 1],
  ]);
});

it("pictures come piece by piece, and none of a cell that is empty", () => {
  const piece = cellPicturesOf(store, { runIds: [first], truth: 1, said: 0, offset: 1, most: 1 });
  expect([piece.count, piece.pictures.map(({ example }) => example)]).toEqual([2, [2]]);
  expect(cellPicturesOf(store, { runIds: [second], truth: 0, said: 1, ...all })).toMatchObject({
    count: 0,
    pictures: [],
  });
});

it("a run without any evaluation is named", () => {
  const [third] = recordRuns(store, 1) as [number];
  expect(() => perClassOf(store, [first, third])).toThrow(
    expect.objectContaining({ code: "run.no-answers", problem: expect.stringMatching(`^Run ${third} `) }),
  );
});
