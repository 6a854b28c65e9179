import { expect, test } from "vitest";
import type { RunView } from "../../src-main/contract/run.ts";
import { ladderRequest } from "../../src-main/domain/lessons/ladder.ts";
import { meanInterval } from "../../src-main/domain/statistics/mean-interval.ts";
import { presetsFor } from "../../src-main/training/presets.ts";
import { ladderRange, ladderSeries } from "../../src-renderer/features/lessons/ladder/ladder-chart.ts";
import { ladderRows } from "../../src-renderer/features/lessons/ladder/ladder-rows.ts";
import { ladderTexts } from "../../src-renderer/features/lessons/ladder/ladder-texts.ts";
import { sampleExperimentRuns, sampleExperimentView } from "../support/sample-experiments.ts";

const request = ladderRequest({ kind: "folder", path: "/pictures" }, presetsFor, [1, 2, 3])!;

/** @param top1Of by the rung's place and the seed */
function rowsWith(top1Of: (rung: number, seed: number) => number, changes: Partial<RunView> = {}) {
  const runs = sampleExperimentRuns(1, 1, request, { state: "finished", ...changes }).map((run, index) => {
    const top1 = top1Of(index % 5, run.configuration.seed);
    return { ...run, validation: run.validation && { ...run.validation, top1 } };
  });
  const view = sampleExperimentView({ id: 1, createdAt: "2026-01-01T00:00:00.000Z", request }, runs);
  return ladderRows(view, (id) => runs.find((run) => run.id === id));
}

test("the paper's steps are the differences of what it prints; without a record its column stands alone", () => {
  const rows = ladderRows(null, () => undefined);
  expect(rows.map(({ paperStep }) => paperStep)).toEqual([null, -0.3, -0.3, -1.2, -0.4]);
  expect(rows.every(({ validation, step, finished }) => validation === null && step === null && finished === 0)).toBe(
    true,
  );
  expect(ladderSeries(rows, null, "both")).toHaveLength(1);
});

test("one's own step is of runs of the same seed, so that what seeds do alike cancels out", () => {
  const gain = [0, 0.02, 0.02, 0.05, 0.05];
  const rows = rowsWith((rung, seed) => 0.4 + 0.1 * seed + gain[rung]! + (rung === 1 ? 0.001 * seed : 0));
  expect(rows[1]!.step!.mean).toBeCloseTo(-0.022, 12);
  const { low, high } = meanInterval([-0.021, -0.022, -0.023])!;
  expect(rows[1]!.step!.interval!.low).toBeCloseTo(low, 12);
  expect(rows[1]!.step!.interval!.high).toBeCloseTo(high, 12);
  expect(rows[0]!.step).toBeNull();
  // The means themselves lie far apart over the seeds.
  expect(rows[1]!.validation!.interval!.high - rows[1]!.validation!.interval!.low).toBeGreaterThan(0.2);
});

test("only steps whose interval leaves out 0 are told from chance", () => {
  const clear = rowsWith((rung, seed) => 0.5 + (rung >= 3 ? 0.05 : 0) + 0.001 * seed * (rung % 2));
  expect(ladderTexts.ownSaid(clear)).toMatch(/^Of your steps one stands out from chance: \+ factorised 7×7 −[45]\.\d /);
  const noise = rowsWith((rung, seed) => 0.5 + (((rung + seed) % 3) - 1) * 0.02);
  expect(ladderTexts.ownSaid(noise)).toMatch(/^None of your 4\ssteps stands out from chance: each interval holds 0/);
  expect(ladderTexts.ownSaid(rowsWith(() => 0.5, { state: "queued" }))).toMatch(/no step yet/);
});

test("the paper's points are hollow and one's own filled, under one axis that holds both", () => {
  const rows = rowsWith(() => 0.45);
  const [paper, own] = ladderSeries(rows, { dataset: "cifar", pictures: 500 }, "both");
  expect([paper!.isFilled, own!.isFilled, paper!.shape === own!.shape]).toEqual([false, true, false]);
  expect(own!.points.map(({ x }) => x)).toEqual([1, 2, 3, 4, 5]);
  expect(ladderRange([paper!])).toEqual({ min: 0.2, max: 0.25 });
  const { min, max } = ladderRange([paper!, own!]);
  expect([min, max > 0.55]).toEqual([0.2, true]);
  const alone = (["published", "own"] as const).map((shown) =>
    ladderSeries(rows, { dataset: "cifar", pictures: 500 }, shown),
  );
  expect(alone).toEqual([[paper], [own]]);
});
