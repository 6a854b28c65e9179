/** The table of an experiment, as a terminal shows it. */
import { expect, it } from "vitest";
import { experimentInWords } from "../../src-main/cli/experiment-in-words.ts";
import { gridOf } from "../support/experiment-of.ts";
import { sampleExperimentRuns, sampleExperimentView } from "../support/sample-experiments.ts";
import { sampleRun } from "../support/sample-views.ts";
import { requestFor } from "../support/with-engine.ts";

const linesFor = (...top1: readonly number[]) => {
  const { configuration } = requestFor(1);
  const seeds = top1.map((_, index) => index + 1);
  const request = gridOf(configuration, [{ setting: "smoothing", values: [0] }], seeds);
  const runs = seeds.map((seed, index) => {
    const experiment = { id: 1, block: index, blocks: seeds.length, arm: null, differs: [] };
    const run = sampleRun({ id: seed, experiment, configuration: { ...configuration, seed }, state: "finished" });
    return { ...run, validation: { ...run.validation!, top1: top1[index]! } };
  });
  return experimentInWords(sampleExperimentView({ id: 1, createdAt: "", request }, runs)).split("\n");
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

it("shows one page of many rows, which says where the others are", () => {
  const rates = Array.from({ length: 25 }, (_, index) => (index + 1) / 1_000);
  const request = gridOf(requestFor(1).configuration, [{ setting: "learningRate", values: rates }]);
  const runs = sampleExperimentRuns(1, 1, request, { state: "finished" });
  const words = (page: number) => {
    const asked = { skip: (page - 1) * 10, most: 10 };
    return experimentInWords(sampleExperimentView({ id: 1, createdAt: "", request }, runs, asked), { limit: 10, page });
  };
  expect(words(1).match(/1 of 1/g)).toHaveLength(10);
  expect(words(1)).toContain(
    "Rows 1 to 10 of 25, the best by validation top-1 first; strata experiments 1 --page 2 has the next, strata experiments 1 --json all of them.",
  );
  expect(words(3)).toContain(
    "Rows 21 to 25 of 25, the best by validation top-1 first; strata experiments 1 --json all",
  );
  expect(words(4)).toContain("There are 25 rows, ");
});
