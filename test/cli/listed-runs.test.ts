import { describe, expect, it } from "vitest";
import { listedRuns } from "../../src-main/cli/listed-runs.ts";
import { compactInception, sampleRun } from "../support/sample-views.ts";

const rated = (learningRate: number) => ({
  configuration: { ...compactInception, training: { ...compactInception.training, learningRate } },
});
const scored = (id: number, top1: number, hardLoss: number, rate: number) => {
  const run = sampleRun({ id });
  return { ...run, ...rated(rate), test: { ...run.test!, top1, hardLoss } };
};
const runs = [
  { ...scored(5, 0.4, 1.9, 0.01), tags: ["night"] },
  { ...scored(4, 0.9, 0.4, 0.1), isArchived: true },
  sampleRun({ id: 3, state: "failed", test: null, validation: null, best: null }),
  scored(2, 0.7, 1.1, 0.001),
  { ...scored(1, 0.8, 1.2, 0.002), model: { id: "alexnet", title: "AlexNet" } },
];
const ids = (flags: Parameters<typeof listedRuns>[1]) => listedRuns(runs, flags).map(({ id }) => id);

describe("strata runs", () => {
  it("lists the newest first, without the archive", () => {
    expect(ids({})).toEqual([5, 3, 2, 1]);
    expect(ids({ archived: true })).toEqual([4]);
    expect(ids({ limit: 2 })).toEqual([5, 3]);
  });

  it("keeps what fits all that is asked", () => {
    expect(ids({ state: "failed" })).toEqual([3]);
    expect(ids({ tag: "night" })).toEqual([5]);
    expect(ids({ model: "alexnet" })).toEqual([1]);
    expect(ids({ find: "top1>50% learningRate<0.002" })).toEqual([2]);
  });

  it("sorts by a metric the best first, by a setting the least first, and either way as asked; what has no value comes last", () => {
    expect(ids({ sort: "top1" })).toEqual([1, 2, 5, 3]);
    expect(ids({ sort: "hardLoss" })).toEqual([2, 1, 5, 3]);
    expect(ids({ sort: "hardLoss:desc" })).toEqual([5, 1, 2, 3]);
    expect(ids({ sort: "training.learningRate", state: "finished" })).toEqual([2, 1, 5]);
    expect(ids({ sort: "learningRate:desc", limit: 1 })).toEqual([5]);
  });

  it("refuses a name that nothing has, with the near one, also of an empty record", () => {
    const unknown = expect.objectContaining({
      code: "find.unknown-name",
      message: expect.stringContaining("No setting or figure is called toop1. Did you mean top1?"),
    });
    for (const all of [runs, []]) {
      expect(() => listedRuns(all, { sort: "toop1" })).toThrow(unknown);
      expect(() => listedRuns(all, { find: "toop1>2" })).toThrow(unknown);
    }
  });
});
