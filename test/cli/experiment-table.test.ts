/** The table of an experiment, as a terminal shows it. */
import { expect, it } from "vitest";
import { experimentInWords } from "../../src-main/cli/experiments.ts";
import { resultsOfExperiment } from "../../src-main/engine/experiments/experiment-results.ts";
import { gridOf } from "../support/experiment-of.ts";
import { sampleRun } from "../support/sample-views.ts";
import { requestFor } from "../support/with-engine.ts";

const linesFor = (...top1: readonly number[]) => {
  const { configuration } = requestFor(1);
  const seeds = top1.map((_, index) => index + 1);
  const request = gridOf(configuration, [{ setting: "smoothing", values: [0] }], seeds);
  const runs = seeds.map((seed, index) => {
    const run = sampleRun({ id: seed, configuration: { ...configuration, seed }, state: "finished" });
    return { ...run, validation: { ...run.validation!, top1: top1[index]! } };
  });
  const results = resultsOfExperiment(request, runs);
  const shape = { id: 1, createdAt: "", request, runIds: seeds, isResumable: false, decisions: [] };
  return experimentInWords({ ...shape, ...results }).split("\n");
};
const cells = (line: string | undefined) => line?.trim().split(/ {3,}/);

it("shows a mean over seeds with its interval by Student's t, within what the metric can be", () => {
  const lines = linesFor(0.5, 0.6, 0.7);
  // Mean 0.6, s = 0.1, t = 4.303 with two degrees of freedom: 0.6 ± 0.2484.
  const head = cells(lines[2])!;
  const place = head.indexOf("val. top-1");
  expect(head.slice(place, place + 3)).toEqual(["val. top-1", "from", "to"]);
  expect(cells(lines[4])!.slice(place, place + 3)).toEqual(["60.0 %", "35.2 %", "84.8 %"]);
  expect(lines.join("\n")).toContain("of 3 seeds, with its 95 % interval by Student's t.");
  expect(cells(linesFor(0.1, 0.9)[4])!.slice(place, place + 3)).toEqual(["50.0 %", "0.0 %", "100.0 %"]);
});

it("has no interval for one seed, which says nothing of others", () => {
  const lines = linesFor(0.5);
  expect(cells(lines[2])).not.toContain("from");
  expect(lines.join("\n")).toContain("Figures of one seed each");
});
