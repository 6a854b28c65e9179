import { describe, expect, test } from "vitest";
import type { ComparisonView } from "../../src-main/contract/comparison.ts";
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import { shownAsSquare } from "../../src-renderer/entities/dataset/shown-as-square.ts";
import { compareHindrance } from "../../src-renderer/entities/run/comparable.ts";
import { compareTexts } from "../../src-renderer/entities/run/compare-texts.ts";
import { drawnCells, movedCell, rowTotal, topConfusions } from "../../src-renderer/entities/run/confusion.ts";
import { styleRuns } from "../../src-renderer/entities/run/run-styles.ts";
import { experimentTitle } from "../../src-renderer/entities/run/run-titles.ts";
import { settingRowOf, settingRows } from "../../src-renderer/entities/setting/setting-rows.ts";
import { comparisonStatement } from "../../src-renderer/features/compare/comparison-statement.ts";
import { sampleExperimentRuns, smoothingAndRate } from "../support/sample-experiments.ts";
import { compactInception, samplePair } from "../support/sample-views.ts";

const pair = samplePair(1, 1);
const view: ComparisonView = {
  runs: pair,
  differences: [{ setting: "training.smoothing", values: [0, 0.1] }],
  split: "test",
  testLooks: 2,
  shared: null,
  classes: pair[0]!.dataset.classes,
  results: pair.map((run) => run.test),
  confusions: [null, null],
  mistakes: [],
  top1Difference: { value: 0.004, low: -0.006, high: 0.015 },
  hardLossDifference: { value: -0.037, low: -0.06, high: -0.014 },
  eceDifference: { value: -0.057, low: -0.098, high: -0.011 },
  mcnemar: { onlyFirstRight: 21, onlySecondRight: 25, p: 0.6587 },
};
const words = (changes: Partial<ComparisonView>): string =>
  comparisonStatement({ ...view, ...changes }, styleRuns(changes.runs ?? pair))
    .map((part) => part.text)
    .join("")
    .replaceAll("\u00a0", " ");

describe("what a comparison says", () => {
  test("an interval that holds zero is no evidence of a difference", () => {
    expect(words({})).toBe(
      "No evidence of a difference in accuracy over these 1,000 test pictures, one seed (+0.4 points, 95 % interval −0.6 to +1.5). 21 pictures only one-hot has right, 25 only smoothed: McNemar's exact test, p = 0.659. On the same pictures one-hot has hard loss 1.324 nats and ECE 0.091, smoothed has hard loss 1.287 nats and ECE 0.034: the hard losses differ by −0.037 nats, 95 % interval over pictures −0.060 to −0.014, the ECEs (0 to 1) by −0.057, 95 % interval over pictures −0.098 to −0.011; from one run each, these cannot tell which is better.",
    );
  });
  test("an interval above zero speaks for B, and for these pictures and this seed alone", () => {
    expect(words({ top1Difference: { value: 0.03, low: 0.01, high: 0.05 } })).toContain(
      "Smoothed is more accurate over these 1,000 test pictures, one seed (+3.0 points, 95 % interval +1.0 to +5.0). Another seed may tell otherwise.",
    );
  });
  test("an interval below zero speaks for A", () => {
    expect(words({ top1Difference: { value: -0.03, low: -0.05, high: -0.01 } })).toContain("One-hot is more accurate");
  });
  test("an interval that only touches zero is no evidence", () => {
    expect(words({ top1Difference: { value: 0.01, low: 0, high: 0.02 } })).toContain("No evidence of a difference");
  });
  test("without answers to single pictures no interval is claimed", () => {
    expect(words({ top1Difference: null })).toContain(
      "The difference in accuracy over these 1,000 test pictures, one seed, has no interval because the answers to single pictures are not recorded for both: 55.3 % against 56.1 %.",
    );
  });
  test("a run without figures is named, and nothing is told", () => {
    expect(words({ split: null, results: [pair[0]!.test, null], top1Difference: null })).toBe(
      "Smoothed has no final figures. Nothing can be told yet.",
    );
  });
  test("what a claim holds for is said as loud as the claim", () => {
    for (const top1Difference of [view.top1Difference, { value: 0.03, low: 0.01, high: 0.05 }, null]) {
      const loud = comparisonStatement({ ...view, top1Difference }, styleRuns(pair)).filter((part) => part.isStrong);
      expect(loud.map((part) => part.text.replaceAll("\u00a0", " "))).toEqual([
        expect.stringContaining("over these 1,000 test pictures, one seed"),
      ]);
    }
  });
  test("different seeds are said, because the arms then differ in more than the setting", () => {
    const other = { ...pair[1]!, configuration: { ...pair[1]!.configuration, seed: 2 } };
    expect(words({ runs: [pair[0]!, other] })).toContain("test pictures, different seeds (1 and 2)");
  });
});

test("runs on versions of one data set are told apart on the pictures that both have unchanged", () => {
  const shared = { pictures: 1_000, leftOut: [12, 10] };
  expect(words({ shared })).toContain(
    "No evidence of a difference in accuracy over the 1,000 test pictures that both versions have unchanged, one seed (",
  );
  expect(compareTexts.leftOut(["run 1", "run 2"], shared.leftOut)).toContain("12 of run 1, 10 of run 2.");
});

test("a run on another version can be chosen to compare with, and one on other pictures says that it cannot", () => {
  const [run] = pair;
  const on = (id: number, dataset: RunConfiguration["dataset"]) => ({
    ...run!,
    id,
    dataset: { ...run!.dataset, id },
    configuration: { ...run!.configuration, dataset },
  });
  const disk = { kind: "folder", path: "/cats" } as const;
  const mended = on(8, { ...disk, version: "ab".repeat(32) });
  expect(compareHindrance([on(7, disk), mended])).toBeNull();
  const { training } = mended.configuration;
  const inFold = {
    ...mended,
    configuration: { ...mended.configuration, training: { ...training, fold: { index: 1, count: 5 } } },
  };
  expect(compareHindrance([on(7, disk), inFold])).toContain("Run 8 was trained on other pictures");
  expect(compareHindrance([on(7, { ...disk, path: "/dogs" }), mended])).toContain(
    "Run 8 was trained on other pictures",
  );
});

describe("a confusion matrix", () => {
  const counts = [
    [8, 2, 0],
    [1, 9, 0],
    [0, 5, 5],
  ];
  test("draws only cells with pictures, each as a share of its true class", () => {
    expect(drawnCells(counts)).toHaveLength(6);
    expect(drawnCells(counts)[1]).toEqual({ truth: 0, said: 1, count: 2, share: 0.2 });
    expect(rowTotal(counts, 2)).toBe(10);
  });
  test("lists the classes most often mixed up first", () => {
    expect(topConfusions(counts, 2).map(({ truth, said }) => [truth, said])).toEqual([
      [2, 1],
      [0, 1],
    ]);
  });
  test("arrow keys move inside it and no further", () => {
    expect(movedCell({ truth: 0, said: 0 }, "ArrowDown", 3)).toEqual({ truth: 1, said: 0 });
    expect(movedCell({ truth: 0, said: 2 }, "ArrowRight", 3)).toEqual({ truth: 0, said: 2 });
    expect(movedCell({ truth: 0, said: 0 }, "x", 3)).toBeNull();
  });
});

describe("settings in words", () => {
  test("every setting that can differ has its row", () => {
    const leaves = (value: unknown, path: string): string[] =>
      typeof value !== "object" || value === null
        ? [path]
        : Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
    const without = leaves(compactInception, "").filter((path) => settingRowOf(path) === null);
    expect(without).toEqual([]);
  });
  test("parts of one setting share its row", () => {
    expect(settingRowOf("training.optimizer.momentum")).toBe("training.optimizer");
    expect(settingRowOf("dataset.path")).toBe("dataset");
    expect(settingRowOf("training.nothing")).toBeNull();
  });
  test("are said with their units", () => {
    const said = Object.fromEntries(settingRows(compactInception).map((row) => [row.label, row.value]));
    expect(said).toMatchObject({
      "Input size": "32 px",
      "Label noise": "0 %",
      "Learning-rate schedule": "One cycle, 20 % warm-up",
    });
  });
});

test("a picture is cut as the runs saw it, and shown whole where they saw it in different ways", () => {
  expect(shownAsSquare(["crop", "crop"])).toEqual({ objectFit: "cover", objectPosition: "center" });
  expect(shownAsSquare(["crop-left"])).toEqual({ objectFit: "cover", objectPosition: "left" });
  expect(shownAsSquare(["squash", "squash"])).toMatchObject({ objectFit: "fill" });
  expect(shownAsSquare(["crop", "pad"])).toMatchObject({ objectFit: "contain" });
});

describe("runs that are compared", () => {
  const runsOf = (request: ExperimentRequest) => sampleExperimentRuns(3, 1, request, { state: "finished" });

  test("are called by what differs among them", () => {
    const names = styleRuns(runsOf({ ...smoothingAndRate, seeds: [1, 2] }).slice(0, 5)).map(({ short }) => short);
    expect(names).toEqual([
      "one-hot, learning rate 0.02, seed 1",
      "one-hot, learning rate 0.045, seed 1",
      "smoothed ε = 0.1, learning rate 0.02, seed 1",
      "smoothed ε = 0.1, learning rate 0.045, seed 1",
      "one-hot, learning rate 0.02, seed 2",
    ]);
    expect(styleRuns(runsOf({ ...smoothingAndRate, factors: [], seeds: [4, 5] })).map(({ short }) => short)).toEqual([
      "seed 4",
      "seed 5",
    ]);
  });

  test("keep the title that a person gave, and are told apart by their numbers where nothing differs", () => {
    const [first, second] = runsOf({ ...smoothingAndRate, factors: [], seeds: [4, 5] });
    const named = styleRuns([{ ...first!, title: "The lecture's" }, second!]).map(({ short }) => short);
    expect(named).toEqual(["The lecture's", "seed 5"]);
    const alike = styleRuns([first!, { ...first!, id: 9 }]).map(({ short }) => short);
    expect(alike).toEqual(["run 1", "run 9"]);
  });

  test("are counted in the title where there are many", () => {
    const runs = runsOf(smoothingAndRate);
    expect(experimentTitle(styleRuns(runs)).replace("\u00a0", " ")).toBe("12 runs on cifar10-mini");
    expect(experimentTitle(styleRuns(runs.slice(0, 2)))).toBe("Learning rate 0.02 against learning rate 0.045");
  });

  test("are 20 at most", () => {
    const runs = runsOf({ ...smoothingAndRate, seeds: [1, 2, 3, 4, 5, 6] });
    expect(compareHindrance(runs.slice(0, 20))).toBeNull();
    expect(compareHindrance(runs.slice(0, 21))).toBe("At most 20 can be compared.");
  });
});
