import { describe, expect, it } from "vitest";
import { type ListFlags, runsQuestionOf } from "../../src-main/cli/listed-runs.ts";
import { askedPage, pagedDocument, pageInWords } from "../../src-main/cli/page-flags.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { foundRuns } from "../../src-main/engine/runs/found-runs.ts";
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
const listed = (all: readonly RunView[], flags: Partial<ListFlags>) =>
  foundRuns(all, runsQuestionOf({ limit: 100, page: 1, ...flags }));
const ids = (flags: Partial<ListFlags>) => listed(runs, flags).map(({ id }) => id);

describe("strata runs", () => {
  it("lists the newest first, without the archive", () => {
    expect(ids({})).toEqual([5, 3, 2, 1]);
    expect(ids({ archived: true })).toEqual([4]);
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
    expect(ids({ sort: "learningRate:desc" }).at(0)).toBe(5);
  });

  it("refuses a name that nothing has, with the near one, also of an empty record", () => {
    const unknown = expect.objectContaining({
      code: "find.unknown-name",
      message: expect.stringContaining("No setting or figure is called toop1. Did you mean top1?"),
    });
    for (const all of [runs, []]) {
      expect(() => listed(all, { sort: "toop1" })).toThrow(unknown);
      expect(() => listed(all, { find: "toop1>2" })).toThrow(unknown);
    }
  });

  it("is cut into pages, and says what is on the others", () => {
    const question = (limit: number, page: number) => askedPage({ limit, page });
    expect([question(100, 1), question(2, 3)]).toEqual([
      { skip: 0, most: 100 },
      { skip: 4, most: 2 },
    ]);
    const words = (limit: number, page: number, shown: number) => pageInWords({ limit, page }, shown, 1_001, "runs");
    expect(words(100, 1, 100)).toBe("1 to 100 of 1,001 runs; --page 2 has the next.\n");
    expect(words(100, 11, 1)).toBe("1,001 to 1,001 of 1,001 runs.\n");
    expect(words(100, 12, 0)).toBe("There are 1,001 runs, on 11 pages.\n");
    expect(words(2_000, 1, 1_001)).toBe("");
    expect(pagedDocument({ limit: 100, page: 2 }, 100, 1_001)).toEqual({ found: 1_001, more: 801 });
    expect(pagedDocument({ limit: 100, page: 12 }, 0, 1_001)).toEqual({ found: 1_001, more: 0 });
  });
});
