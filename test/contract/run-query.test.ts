import { describe, expect, it } from "vitest";
import { compareValues, fieldReader, parseRunQuery } from "../../src-main/contract/run-query.ts";
import { compactInception, fakeRun } from "../support/fake-data.ts";

const smoothed = { ...compactInception, training: { ...compactInception.training, smoothing: 0.1 } };
const runs = [
  fakeRun({ id: 1, tags: ["night", "small"] }),
  fakeRun({
    id: 2,
    configuration: smoothed,
    state: "failed",
    title: "Too fast",
    validation: null,
    test: null,
    best: null,
  }),
  fakeRun({ id: 3, model: { id: "alexnet", title: "AlexNet" }, note: "Rate: too high" }),
];
const found = (text: string) => runs.filter(parseRunQuery(text, runs).matches).map(({ id }) => id);

describe("asking for runs", () => {
  it("by words: all of them have to occur, wherever", () => {
    expect(found("")).toEqual([1, 2, 3]);
    expect(found("inception FAST")).toEqual([2]);
    expect(found("night")).toEqual([1]);
  });

  it("by a setting, by the end of its path", () => {
    expect(found("smoothing>0")).toEqual([2]);
    expect(found("training.smoothing=0.1")).toEqual([2]);
    expect(found("optimizer.kind=adam smoothing<0.05")).toEqual([1, 3]);
    expect(found("dropout=none")).toEqual([1, 2, 3]);
    expect(found("clipNorm!=none")).toEqual([1, 2, 3]);
  });

  it("by a metric, with shares as people write them; a run without it fits no comparison", () => {
    expect(found("top1>=55%")).toEqual([1, 3]);
    expect(found("top1<1")).toEqual([1, 3]);
    expect(found("best.hardLoss<1.31")).toEqual([1, 3]);
    expect(found("validation.top1>54.9%")).toEqual([]);
    expect(found("best.epoch=7")).toEqual([1, 3]);
  });

  it("by what they are", () => {
    expect(found("state=failed")).toEqual([2]);
    expect(found("model:alex")).toEqual([3]);
    expect(found("tag:small")).toEqual([1]);
    expect(found("archived=true")).toEqual([]);
    expect(found("diskBytes>1e6")).toEqual([1, 2, 3]);
  });

  it("names what nothing is called, and then finds none", () => {
    const query = parseRunQuery("smothing>0 night", runs);
    expect(query.unknown).toEqual(["smothing"]);
    expect(runs.some(query.matches)).toBe(false);
  });

  it("orders numbers as numbers and words as words, and what is not there last either way", () => {
    const top1 = fieldReader("top1", runs)!;
    expect(runs.map(top1)).toEqual([0.553, null, 0.553]);
    expect([3, null, 20, 1].sort((a, b) => compareValues(a, b, false))).toEqual([1, 3, 20, null]);
    expect([3, null, 20, 1].sort((a, b) => compareValues(a, b, true))).toEqual([20, 3, 1, null]);
    expect(["b", "a"].sort((a, b) => compareValues(a, b, false))).toEqual(["a", "b"]);
  });
});
