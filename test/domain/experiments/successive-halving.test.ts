import { describe, expect, it } from "vitest";
import type { Halving } from "../../../src-main/contract/experiment.ts";
import { plannedBlocks } from "../../../src-main/domain/experiments/experiment-plan.ts";
import {
  blockValue,
  expectedShare,
  halvingMetric,
  isAmongBest,
  refuseHalvingOn,
  rungsOf,
} from "../../../src-main/domain/experiments/successive-halving.ts";
import { gridOf } from "../../support/experiment-of.ts";
import { bestAmong, standingAmong } from "../../support/plain-standing.ts";
import { requestFor } from "../../support/with-engine.ts";

const lower = { factor: 3, metric: "hardLoss" };
const higher = { factor: 3, metric: "top1" };
/** Of each as it came, whether it goes on. */
const goOnAsTheyCome = (values: readonly (number | null)[], by = lower) =>
  values.map((_, place) => isAmongBest(standingAmong(values.slice(0, place + 1), place, by)));

describe("a rung of successive halving", () => {
  it("stands at the least epochs, and η times as many, below the run's own", () => {
    expect(rungsOf({ leastEpochs: 1, factor: 3 }, 27)).toEqual([1, 3, 9]);
    expect(rungsOf({ leastEpochs: 2, factor: 2 }, 17)).toEqual([2, 4, 8, 16]);
    expect(rungsOf({ leastEpochs: 5, factor: 4 }, 5)).toEqual([]);
  });

  it("lets the best third of what came so far go on, and one at least", () => {
    const values = [0.9, 0.8, 0.7, 0.6, 0.95, 0.5, 0.65];
    expect(goOnAsTheyCome(values)).toEqual([true, true, true, true, false, true, false]);
    // Rank 5 of 7, of which the best 2 go on.
    expect(standingAmong(values, 1, lower)).toEqual({ rank: 5, results: 7, goOn: 2 });
    // In another order the same values stand elsewhere: what decides is what is there.
    expect(goOnAsTheyCome(values.toSorted())).toEqual([true, false, false, false, false, false, false]);
  });

  it("takes more for better where the metric says so", () => {
    expect(goOnAsTheyCome([0.1, 0.2, 0.15], higher)).toEqual([true, true, false]);
    expect(goOnAsTheyCome([0.1, 0.2, 0.15], lower)).toEqual([true, false, false]);
  });

  it("takes the earlier of equals for the better", () => {
    expect([0, 1, 2].map((place) => standingAmong([0.5, 0.5, 0.5], place, lower).rank)).toEqual([1, 2, 3]);
    expect([0, 1, 2].map((place) => standingAmong([0.5, 0.5, 0.5], place, higher).rank)).toEqual([1, 2, 3]);
  });

  it("gives no rank to what has no value, and counts it among the results", () => {
    expect(standingAmong([null, 0.5, 0.6], 0, lower)).toEqual({ rank: null, results: 3, goOn: 1 });
    expect(isAmongBest(standingAmong([null], 0, lower))).toBe(false);
    expect(standingAmong([null, 0.5, 0.6], 1, lower).rank).toBe(1);
  });

  it("lets one go on later that others made one of the best", () => {
    const values = [0.1, 0.2, 0.3, 0.4, 0.5];
    expect(isAmongBest(standingAmong(values, 1, lower))).toBe(false);
    expect(isAmongBest(standingAmong([...values, 0.6], 1, lower))).toBe(true);
  });

  it("names the best as each of them stands", () => {
    for (const by of [lower, higher]) {
      const values = [0.4, null, 0.2, 0.4, 0.9, 0.1, 0.2, 0.2, null];
      const standings = values.map((_, place) => ({ place, ...standingAmong(values, place, by) }));
      const best = standings.filter(isAmongBest).toSorted((a, b) => a.rank! - b.rank!);
      expect(bestAmong(values, by)).toEqual(best);
      expect(best).toHaveLength(3);
    }
  });

  it("compares blocks by the mean of their arms, and not where one has none", () => {
    expect(blockValue([0.2, 0.4])).toBeCloseTo(0.3);
    for (const other of [null, Number.NaN, Number.POSITIVE_INFINITY]) expect(blockValue([0.2, other])).toBeNull();
    expect(blockValue([])).toBeNull();
  });

  it("leaves a share of the epochs to be trained", () => {
    // 1 + 2/3 + 6/9 + 18/27 of 27.
    expect(expectedShare({ leastEpochs: 1, factor: 3 }, 27)).toBeCloseTo(3 / 27);
    expect(expectedShare({ leastEpochs: 9, factor: 3 }, 9)).toBe(1);
  });
});

describe("a request with successive halving", () => {
  const { configuration } = requestFor(1, { training: { epochs: 9 } });
  const varied = gridOf(configuration, [{ setting: "learningRate", values: [0.1, 0.2] }]);
  const withHalving = (halving: Halving) => ({ ...varied, halving });

  it("goes by what is monitored, where runs can be compared by it on the validation pictures", () => {
    const monitoring = (metric: string, split: "train" | "validation") =>
      halvingMetric({
        configuration: { ...configuration, training: { ...configuration.training, monitor: { metric, split } } },
      });
    expect([monitoring("top1", "validation"), monitoring("hardLoss", "train")]).toEqual(["top1", "hardLoss"]);
    expect(monitoring("objective", "validation")).toBe("hardLoss");
    expect(halvingMetric(withHalving({ leastEpochs: 1, factor: 3, metric: "ece" }))).toBe("ece");
  });

  it.each<[Halving, string]>([
    [{ leastEpochs: 9, factor: 3 }, "fewer than the 9"],
    [{ leastEpochs: 1, factor: 3, metric: "objective" }, "objective cannot rank runs; choose of"],
    [{ leastEpochs: 1, factor: 3, metric: "beauty" }, "beauty is no metric"],
  ])("is refused where nothing can be decided: %j", (halving, problem) => {
    expect(() => plannedBlocks(withHalving(halving))).toThrow(
      expect.objectContaining({ code: "experiment.bad-halving", problem: expect.stringContaining(problem) }),
    );
  });

  it("is refused with one block, and by what says nothing of so few classes", () => {
    expect(() => plannedBlocks({ ...gridOf(configuration, []), halving: { leastEpochs: 1, factor: 3 } })).toThrow(
      expect.objectContaining({ code: "experiment.bad-halving", problem: expect.stringContaining("one block") }),
    );
    const top5 = withHalving({ leastEpochs: 1, factor: 3, metric: "top5" });
    expect(() => refuseHalvingOn(top5, 4)).toThrow(expect.objectContaining({ code: "experiment.bad-halving" }));
    expect(() => refuseHalvingOn(top5, 10)).not.toThrow();
  });
});
