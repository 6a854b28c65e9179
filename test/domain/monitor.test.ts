import { describe, expect, it } from "vitest";
import type { Metric } from "../../src-main/domain/metrics/metric.ts";
import { metrics } from "../../src-main/domain/metrics/metrics.ts";
import { costOf, monitoredMetrics, monitorInWords, monitorProblem } from "../../src-main/domain/metrics/monitor.ts";
import { runListTexts } from "../../src-renderer/entities/run/run-list-texts.ts";

const ids = (all: readonly Metric[]) => all.map(({ id }) => id);

describe("what a run can monitor", () => {
  it("is every evaluated metric that has a better way, and on training pictures what batches give", () => {
    expect(ids(monitoredMetrics())).toEqual(["top1", "top5", "hardLoss", "objective", "ece"]);
    expect(ids(monitoredMetrics("train"))).toEqual(["hardLoss", "objective"]);
    const added: Metric = { ...metrics[0]!, id: "f1", better: "higher" };
    expect(ids(monitoredMetrics("validation", [...metrics, added]))).toContain("f1");
  });

  it("is told where it cannot be followed, with what can", () => {
    expect(monitorProblem({ metric: "top1", split: "validation" }, 2)).toBeNull();
    expect(monitorProblem({ metric: "accuracy", split: "validation" }, 2)).toBe(
      "accuracy is no metric; there are top1, top5, hardLoss, objective, ece",
    );
    expect(monitorProblem({ metric: "top1", split: "train" }, 2)).toBe(
      "top1 cannot be followed on the training pictures; choose of hardLoss, objective",
    );
    expect(monitorProblem({ metric: "largestLogit", split: "validation" }, 2)).toContain("cannot be followed");
    expect(monitorProblem({ metric: "top5", split: "validation" }, 5)).toBe("top5 says nothing of 5 classes");
    expect(monitorProblem({ metric: "top5", split: "validation" }, 6)).toBeNull();
  });

  it("is said where a best epoch is named, since by another metric another one would be best", () => {
    expect(monitorInWords({ metric: "hardLoss", split: "validation" })).toBe("hard loss");
    expect(monitorInWords({ metric: "objective", split: "train" })).toBe("objective in training");
    const looked = runListTexts.bestLook(9, 500, monitorInWords({ metric: "top1", split: "validation" }));
    expect(looked.replaceAll("\u00a0", " ")).toBe("Validation, 500 pictures, best epoch (9, by top-1)");
  });

  it("costs the less the better it is, whichever way that is", () => {
    expect(costOf({ metric: "hardLoss", split: "validation" }, 0.5)).toBe(0.5);
    expect(costOf({ metric: "top1", split: "validation" }, 0.5)).toBe(-0.5);
  });
});
