import { expect, test } from "vitest";
import { type RecordedRun, replayOutcome } from "../../../src-main/domain/runs/replay-outcome.ts";
import { replayDifferenceInWords, replayInWords } from "../../../src-main/domain/runs/replay-words.ts";
import { sampleMadeBy } from "../../support/sample-made-by.ts";
import { sampleRun } from "../../support/sample-views.ts";

const record: RecordedRun["record"] = {
  series: [
    { metric: "hardLoss", split: "train", cadence: "batch", steps: [1, 2], epochs: [1, 1], values: [2.3, 2.1] },
    { metric: "imagesPerSecond", split: "train", cadence: "epoch", steps: [2], epochs: [1], values: [80] },
  ],
  evaluations: [{ split: "test", epoch: 1, step: 2, pictures: 2, values: { top1: 0.5 }, confusion: [[0, 1, 2]] }],
  answers: [{ split: "test", examples: [7], labels: [0], answers: [1], confidences: [0.75], trueConfidences: [0.25] }],
};
const run = (id: number, changes: Partial<RecordedRun> = {}, threads = 2): RecordedRun => ({
  run: { ...sampleRun({ id }), initialWeightsHash: "ab", madeBy: [{ fromStep: 0, ...sampleMadeBy({ threads }) }] },
  record,
  pictures: { fingerprint: "f", classes: [{ name: "cat", train: 8, validation: 2, test: 2 }] },
  ...changes,
});
const changed = (change: (record: RecordedRun["record"]) => void): RecordedRun["record"] => {
  const copy = structuredClone(record);
  change(copy);
  return copy;
};

test("the same values are the same figures, however fast they came", () => {
  const faster = changed(({ series }) => {
    series[1]!.values[0] = 160;
  });
  const outcome = replayOutcome(run(1), run(2, { record: faster }));
  // Two points, one figure, one cell of the matrix, and of one picture its answer and two confidences.
  expect(outcome).toMatchObject({ isSame: true, values: 7, different: 0, first: null, furthest: [] });
  expect(replayInWords(outcome)).toEqual([
    "Same figures to the last bit: all 7 recorded values of run 1 and of its replay, run 2, are equal.",
  ]);
});

test("the last bit of one value is a difference, and is told with its step and both values", () => {
  const other = changed(({ series }) => {
    series[0]!.values[1] = 2.1 + 2 ** -51;
  });
  const outcome = replayOutcome(run(1), run(2, { record: other }, 4));
  expect(outcome).toMatchObject({ isSame: false, different: 1, pictures: { areSame: true } });
  expect(outcome.furthest.map(replayDifferenceInWords)).toEqual([
    {
      what: "hard loss in nats, 64 training pictures, step 2",
      ...{ original: "2.1", replay: "2.1000000000000005", difference: "4.440892098500626e-16" },
    },
  ]);
  expect(replayInWords(outcome)).toEqual([
    "Not the same: 1 of 7 recorded values of run 1 and of its replay, run 2, differ, first at step 2.",
    "What made them differs in: threads (2; 4).",
  ]);
});

test("pictures and weights that are others are named, and so is that nothing recorded explains it", () => {
  const shorter = changed(({ series }) => {
    series[0] = { ...series[0]!, steps: [1], epochs: [1], values: [2.3] };
  });
  const classes = [
    { name: "cat", train: 7, validation: 2, test: 3 },
    { name: "a dog", train: 1, validation: 1, test: 0 },
  ];
  const others = run(2, { record: shorter, pictures: { fingerprint: "g", classes } });
  const outcome = replayOutcome(run(1), { ...others, run: { ...others.run, initialWeightsHash: "cd" } });
  expect(outcome).toMatchObject({ different: 1, hasSameStart: false, first: { original: 2.1, replay: null } });
  expect(replayInWords(outcome).slice(1)).toEqual([
    "The pictures are others: 7 training pictures of “cat” instead of 8, 3 test pictures of “cat” instead of 2, 1 training picture of “a dog” instead of 0; 1 more count differs.",
    "They began with other weights.",
  ]);
  const elsewhere = { ...run(1).pictures, fingerprint: "h" };
  expect(replayInWords(replayOutcome(run(1), run(2, { record: shorter, pictures: elsewhere }))).at(-1)).toBe(
    "The pictures are others, though as many of each class in each split: files, labels or the split are not the same.",
  );
  expect(replayInWords(replayOutcome(run(1), run(2, { record: shorter }))).at(-1)).toBe(
    "Nothing that is recorded of what made them differs.",
  );
});

test("two runs of which nothing is recorded are not called the same", () => {
  const nothing = { series: [], evaluations: [], answers: [] };
  expect(replayOutcome(run(1, { record: nothing }), run(2, { record: nothing })).isSame).toBe(false);
});
