/** What an engine tells of an experiment's rows, by the recorded answers of its runs. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Level } from "../../src-main/contract/experiment.ts";
import type { StartedTraining } from "../../src-main/engine/scheduling/scheduling.ts";
import { gridOf } from "../support/experiment-of.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

let started: TestEngine;
beforeEach(async () => {
  started = await startEngine();
});
afterEach(() => started.close());

const trained = async (values: readonly number[], seeds: readonly number[]): Promise<number> => {
  const request = gridOf(requestFor(1).configuration, [{ setting: "smoothing", values: [...values] }], seeds);
  const { runIds, experimentId }: StartedTraining = await started.engine.scheduling.start(request);
  await Promise.all(runIds.map((runId) => whenOver(started.engine, runId)));
  return experimentId!;
};

it("sets each row against the first, over the seeds that both have and the test pictures", async () => {
  const id = await trained([0, 0.1, 0.2], [1, 7]);
  const { engine } = started;
  const verdict = await engine.experiments.verdict(id);
  expect(verdict).toMatchObject({ split: "test", testLooks: 6, missing: null });
  expect(verdict.arms.map(({ against }) => against[0]?.changes[0]?.value)).toEqual([0, 0]);
  expect(verdict.arms.map(({ seeds, pictures, levels }) => [seeds, pictures, levels[0]?.changes[0]?.value])).toEqual([
    [[1, 7], 10, 0.1],
    [[1, 7], 10, 0.2],
  ]);
  // The script answers alike in each run of its own.
  expect(verdict.arms[0]!.measures.map(({ measure, value, isTold }) => [measure, value, isTold])).toEqual([
    ["top1", 0, false],
    ["hardLoss", 0, false],
    ["answerBrier", 0, false],
    ["ece", 0, false],
  ]);
  expect(await engine.experiments.verdict(id)).toBe(verdict);
  // Another run's removal asks for another verdict.
  engine.runs.remove([engine.experiments.view(id).rows[0]!.runIds[0]!]);
  const less = await engine.experiments.verdict(id);
  // What was looked at stays looked at.
  expect(less.testLooks).toBe(6);
  expect(less.arms.map(({ against, seeds }) => [against, seeds])).toEqual(
    verdict.arms.map(({ against }) => [against, [7]]),
  );
});

it("sets arms against the first of the same conditions, and not one condition against another", async () => {
  const grid = gridOf(requestFor(1).configuration, [{ setting: "labelNoise", values: [0, 0.2] }], [1, 7]);
  const request = {
    ...grid,
    factors: [...grid.factors, { setting: "smoothing", values: [0, 0.1], isBlocked: true }],
  };
  const { runIds, experimentId } = await started.engine.scheduling.start(request);
  await Promise.all(runIds.map((runId) => whenOver(started.engine, runId)));
  const { engine } = started;
  const { arms } = await engine.experiments.verdict(experimentId!);
  const valuesOf = (levels: readonly Level[]) => levels.map(({ changes }) => changes[0]?.value);
  expect(arms.map(({ levels, against }) => [valuesOf(levels), valuesOf(against)])).toEqual([
    [
      [0, 0.1],
      [0, 0],
    ],
    [
      [0.2, 0.1],
      [0.2, 0],
    ],
  ]);
  // No other arm takes the place of one that was removed.
  const { rows } = engine.experiments.view(experimentId!);
  const removed = rows.find(({ levels }) => valuesOf(levels).join() === "0.2,0")!;
  engine.runs.remove([...removed.runIds]);
  const less = await engine.experiments.verdict(experimentId!);
  expect(less.arms.map(({ levels, against }) => [valuesOf(levels), valuesOf(against)])).toEqual([
    [
      [0, 0.1],
      [0, 0],
    ],
  ]);
});

it("tells nothing of one row, and throws for an experiment that there is not", async () => {
  const id = await trained([0], [1, 7]);
  expect(await started.engine.experiments.verdict(id)).toMatchObject({ arms: [], missing: "one-row" });
  expect(() => started.engine.experiments.verdict(99)).toThrow(expect.objectContaining({ code: "experiment.unknown" }));
});
