/** Calibration of recorded runs: from logits where they were kept, else from the answers. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calibrationOf } from "../../src-main/engine/comparison/calibration.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { configuration, predictionsOf, recordRuns, result } from "../support/recorded.ts";

let store: Store;
beforeEach(() => {
  store = openStore(":memory:");
});
afterEach(() => store.close());

const confusion = (split: "test" | "validation") => ({
  ...{ split, epoch: 1 },
  counts: [
    [2, 0],
    [1, 1],
  ],
});
const step = { epoch: 1, step: 4 } as const;

function addAnswers(runId: number): void {
  const predictions = predictionsOf([0, 0.9], [0, 0.6], [0, 0.7], [1, 0.8]);
  store.evaluations.add(runId, { ...step, split: "test", result, confusion: confusion("test"), predictions });
}

/** Two classes; the first one's logit stands so far above the other's. */
function putLogits(
  runId: number,
  split: "test" | "validation",
  leads: readonly number[],
  labels: readonly number[],
): void {
  const logits = Float32Array.from(leads.flatMap((lead) => [lead, 0]));
  store.logits.put(runId, split, {
    ...{ epoch: 1, classes: 2, logits },
    examples: Int32Array.from(leads, (_, place) => place),
    labels: Int32Array.from(labels),
  });
}

describe("of a run that kept its answers alone", () => {
  it("has accuracy, confidence, ECE and the recorded hard loss, and neither Brier score nor temperature", async () => {
    const [runId] = recordRuns(store, 1) as [number];
    addAnswers(runId);
    const { split, pictures, runs } = await calibrationOf(store, [runId]);
    expect([split, pictures]).toEqual(["test", 4]);
    // By hand: right at 0.9, 0.6 and 0.8, wrong at 0.7, each in a bin of its own.
    expect(runs[0]!.scores).toEqual({
      top1: 0.75,
      meanConfidence: 0.75,
      ece: expect.closeTo((0.1 + 0.4 + 0.7 + 0.2) / 4, 12),
      hardLoss: 0.7,
      brier: null,
    });
    expect(runs[0]!.temperature).toBeNull();
    expect(runs[0]!.brierOfAnswer.score).toBeCloseTo((0.01 + 0.16 + 0.49 + 0.04) / 4, 12);
  });

  it("has the same figures each time it is asked for", async () => {
    const [runId] = recordRuns(store, 1) as [number];
    addAnswers(runId);
    expect(await calibrationOf(store, [runId])).toEqual(await calibrationOf(store, [runId]));
  });
});

describe("of a run that kept its logits", () => {
  it("has a temperature of the validation pictures, and what it makes of the test pictures", async () => {
    const [runId] = recordRuns(store, 1) as [number];
    addAnswers(runId);
    // Thrice as sure as 4 of 5 right answers allow: T = 3.
    putLogits(runId, "validation", new Array(5).fill(3 * Math.log(4)), [0, 0, 0, 0, 1]);
    putLogits(runId, "test", [3 * Math.log(4), 3 * Math.log(4)], [0, 1]);
    const [run] = (await calibrationOf(store, [runId])).runs;
    expect(run!.temperature).toMatchObject({
      temperature: expect.closeTo(3, 6),
      isAtEnd: false,
      validationPictures: 5,
    });
    expect(run!.temperature!.after.meanConfidence).toBeCloseTo(0.8, 6);
    expect(run!.temperature!.after.hardLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.2)) / 2, 6);
    expect(run!.scores.meanConfidence).toBeCloseTo(64 / 65, 6);
    expect(run!.scores.brier).toBeCloseTo((2 * (1 / 65) ** 2 + 2 * (64 / 65) ** 2) / 2, 6);
  });

  it("fits nothing on the test pictures where there are no others", async () => {
    const [runId] = recordRuns(store, 1) as [number];
    putLogits(runId, "test", [1, 1], [0, 1]);
    expect((await calibrationOf(store, [runId])).runs[0]!.temperature).toBeNull();
  });

  it("falls back to its answers where what was kept is cut short", async () => {
    const [runId] = recordRuns(store, 1) as [number];
    addAnswers(runId);
    putLogits(runId, "test", [1, 1, 1], [0, 1]);
    expect((await calibrationOf(store, [runId])).pictures).toBe(4);
  });
});

describe("of several runs", () => {
  it("is of the validation pictures where one has no answers to the test pictures", async () => {
    const [first, second] = recordRuns(store, 2) as [number, number];
    putLogits(first, "test", [1, 1], [0, 1]);
    for (const runId of [first, second]) putLogits(runId, "validation", [1, 1, 1], [0, 1, 0]);
    const { split, pictures, runs } = await calibrationOf(store, [first, second]);
    expect([split, pictures, runs.length]).toEqual(["validation", 3, 2]);
  });

  it("names the run that answered nothing", async () => {
    const [first, second] = recordRuns(store, 2) as [number, number];
    addAnswers(first);
    await expect(calibrationOf(store, [first, second])).rejects.toMatchObject({
      code: "run.no-answers",
      problem: expect.stringMatching(`^Run ${second} `),
    });
  });
});

it("draws the optimum of the logit gap for smoothed targets alone", async () => {
  const smoothed = { ...configuration, training: { ...configuration.training, smoothing: 0.1 } };
  const [oneHot] = recordRuns(store, 1) as [number];
  const [run] = recordRuns(store, 1, "engine-1", smoothed) as [number];
  for (const runId of [oneHot, run]) putLogits(runId, "test", [1], [0]);
  const { runs } = await calibrationOf(store, [oneHot, run]);
  // Two classes: half of ln(0.95/0.05).
  expect(runs.map(({ gapAtOptimum }) => gapAtOptimum)).toEqual([null, expect.closeTo(Math.log(19) / 2, 12)]);
});
