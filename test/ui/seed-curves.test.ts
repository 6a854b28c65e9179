import { describe, expect, test } from "vitest";
import type { RunView } from "../../src-main/contract/run.ts";
import type { ArmCurves, SeedCurve } from "../../src-renderer/features/experiment/seed-curve.ts";
import { meanAndRange, meanCurve, singleLines } from "../../src-renderer/features/experiment/seed-curves.ts";
import { seedCurvesTexts } from "../../src-renderer/features/experiment/seed-curves-texts.ts";
import { sampleRun } from "../support/sample-views.ts";

function seed(number: number, ys: (number | null)[], changes: Partial<RunView> = {}): SeedCurve {
  const run = sampleRun({ id: number, ...changes });
  return {
    run: { ...run, configuration: { ...run.configuration, seed: number } },
    columns: { xs: ys.map((_, index) => index + 1), ys },
    along: { stepsPerEpoch: 10, secondsAt: (epochs) => number * epochs },
  };
}
const arm = (...seeds: SeedCurve[]): ArmCurves => ({ name: "smoothed", hue: 1, seeds });
const going = { state: "running", endReason: null, endedAt: null } as const;

describe("curves over seeds", () => {
  test("are the mean of the seeds at each epoch, between the lowest and the highest of them", () => {
    const { line, seeds } = meanCurve(arm(seed(1, [1, 2]), seed(2, [3, 2]), seed(3, [5, 8])));
    expect(line.columns).toEqual({ xs: [1, 2], ys: [3, 4] });
    expect(line.band).toEqual({ label: "lowest to highest seed", low: [1, 2], high: [5, 8] });
    expect([line.label, seeds.length]).toEqual(["smoothed, mean of 3 seeds", 3]);
    // Their times are averaged as well: 1, 2 and 3 seconds an epoch.
    expect([1, 2].map((epochs) => line.along?.secondsAt?.(epochs))).toEqual([2, 4]);
  });

  test("end with the first seed that ended early, and say which one it was", () => {
    const mean = meanCurve(arm(seed(1, [1, 2, 3]), seed(7, [3])));
    expect(mean.line.columns).toEqual({ xs: [1], ys: [2] });
    expect(seedCurvesTexts.arm("smoothed", mean)).toBe("smoothed: seed 7 ended early, so the mean ends at epoch 1.");
  });

  test("leave out seeds that still train or have nothing yet, and say so", () => {
    const mean = meanCurve(arm(seed(1, [1, 2]), seed(2, [3, 4]), seed(3, [9], going), seed(4, [], going)));
    expect(mean.line.columns.ys).toEqual([2, 3]);
    expect(seedCurvesTexts.arm("smoothed", mean)).toBe(
      "smoothed: 2 of 4\u00a0seeds; seed 3 still trains and is left out; seed 4 has no values yet.",
    );
  });

  test("are of those that train while none has ended; one seed has no band", () => {
    const mean = meanCurve(arm(seed(1, [1, 2], going), seed(2, [], going)));
    expect([mean.line.columns.ys, mean.line.band, mean.line.label]).toEqual([[1, 2], undefined, "smoothed"]);
    expect(seedCurvesTexts.arm("smoothed", meanCurve(arm(seed(1, [1]), seed(2, [2]))))).toBeNull();
  });

  test("have no value where a seed has a gap", () => {
    const columns = [seed(1, [1, null, 3]), seed(2, [1, 2, 5])].map((one) => one.columns);
    expect(meanAndRange(columns)).toEqual({
      columns: { xs: [1, 3], ys: [1, 4] },
      band: { low: [1, 3], high: [1, 5] },
    });
    expect(meanAndRange([]).columns.xs).toEqual([]);
  });

  test("one by one have their arm's colour, and its name once", () => {
    const lines = singleLines(arm(seed(1, [1]), seed(2, [2]), seed(3, [])));
    expect(lines.map(({ label, endLabel, hue }) => [label, endLabel, hue])).toEqual([
      ["smoothed, seed 1", "smoothed", 1],
      ["smoothed, seed 2", "", 1],
    ]);
  });
});
