import { describe, expect, test } from "vitest";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import { ece } from "../../src-main/domain/metrics/ece.ts";
import { hardLoss } from "../../src-main/domain/metrics/hard-loss.ts";
import { top1 } from "../../src-main/domain/metrics/top-1.ts";
import { experimentReport } from "../../src-main/domain/report/experiment-report.ts";
import { accuracySentences, figureInWords } from "../../src-main/domain/report/figures-in-words.ts";
import { lineDrawing } from "../../src-main/domain/report/line-drawing.ts";
import { escaped, tableMarkup } from "../../src-main/domain/report/markup.ts";
import { runReport } from "../../src-main/domain/report/run-report.ts";
import { settingFacts } from "../../src-main/domain/report/setting-facts.ts";
import { configuration } from "../support/recorded.ts";
import { sampleExperimentRuns, sampleExperimentView } from "../support/sample-experiments.ts";
import { cifar, compactInception, sampleRun } from "../support/sample-views.ts";

test("nothing that is repeated can end what it stands in", () => {
  expect(escaped(`<a href="x">&'`)).toBe("&#60;a href=&#34;x&#34;&#62;&#38;&#39;");
  const table = tableMarkup("<i>", [{ title: "<b>", cell: (row: string) => row }], ["</table>"]);
  expect(table).not.toMatch(/<i>|<b>|<\/table>.*<\/table>/);
});

test("figures have their units, and shares are in percent unless the metric has decimals", () => {
  expect(figureInWords(0.5321, top1, "cross-entropy")).toBe("53.2 %");
  expect(figureInWords(1.23456, hardLoss, "cross-entropy")).toBe("1.2346 nats");
  expect(figureInWords(0.0912, ece, "cross-entropy")).toBe("0.091");
  expect(figureInWords(null, top1, null)).toBe("–");
});

test("an accuracy is said with its pictures and interval, and where it may be chance that is said", () => {
  // Wilson's interval of 27 of 40, worked out by hand: 52.0 to 79.9 %.
  const [sentence, ...others] = accuracySentences({ pictures: 40, top1: 0.675 }, "test", { classes: 10 });
  expect(sentence).toContain("67.5 % on 40 test pictures: 95 % interval 52.0 % to 79.9 %");
  expect(others).toEqual([]);
  const [, chance] = accuracySentences({ pictures: 10, top1: 0.2 }, "validation", { classes: 10 });
  expect(chance).toContain("holds 10.0 %, which guessing among 10 classes comes to");
  expect(accuracySentences(null, "test", { classes: 10 })).toEqual([]);
});

test("an accuracy is set against the largest class, which is the better guess where classes are unequal", () => {
  const said = (top1Share: number, largestShare: number) =>
    accuracySentences({ pictures: 19, top1: top1Share }, "test", { classes: 3, largestShare }).slice(1);
  // 12 of 19 pictures are cats, and 12 are answered right.
  expect(said(12 / 19, 12 / 19)).toEqual([expect.stringContaining("holds 63.2 %, which always naming the largest")]);
  expect(said(7 / 19, 15 / 19)).toEqual([
    expect.stringContaining("guessing among 3 classes"),
    expect.stringContaining("below 78.9 %, which always naming the largest"),
  ]);
  expect(said(18 / 19, 12 / 19)).toEqual([]);
  expect(said(12 / 19, 0.335)).toEqual([]);
});

describe("the report of an experiment of named arms", () => {
  const request: ExperimentRequest = {
    configuration: compactInception,
    factors: [
      {
        arms: [
          { name: "plain", changes: [{ setting: "smoothing", value: 0 }] },
          {
            name: "both",
            changes: [
              { setting: "smoothing", value: 0.1 },
              { setting: "labelNoise", value: 0.4 },
            ],
          },
        ],
        isBlocked: true,
      },
    ],
    seeds: [1, 2, 3],
  };
  const runs = sampleExperimentRuns(3, 1, request, { state: "finished" });
  const html = experimentReport({
    ...{ experiment: sampleExperimentView({ id: 3, createdAt: "", request }, runs), runs, dataset: cifar },
    verdict: { split: null, testLooks: null, arms: [], missing: "no-answers" },
    ...{ version: "0.1.0", madeAt: "2026-01-14T09:15:00.000Z" },
  });

  test("says what each arm sets, which its name does not, and crosses nothing", () => {
    expect(html).toMatch(/<h2>Arms<.*plain.*one-hot.*both.*smoothed ε = 0\.1, label noise 40/s);
    expect(html).toContain("Experiment 3: Label smoothing, Label noise");
  });

  test("claims nothing by intervals that overlap, and counts pictures as everywhere", () => {
    expect(html).toContain("an interval that overlaps it, so more seeds may name another");
    expect(html).not.toContain("cannot be told from it");
    expect(html).toContain("Test: 1,000 test pictures");
  });
});

test("a chart spans what is drawn, names its lines, and one value is a dot", () => {
  const chart = lineDrawing({
    ...{ title: "Loss", caption: "test pictures", xTitle: "epoch", tick: String },
    lines: [{ label: "a & b", hue: "a", look: "strong", xs: [1, 2, 3], ys: [3, 2, 1] }],
  });
  for (const tick of [1, 1.5, 2, 2.5, 3]) expect(chart).toContain(`>${tick}</text>`);
  expect(chart).toContain("a &#38; b");
  expect(chart).not.toContain("NaN");
  expect(chart).not.toContain("<circle");
  const one = { label: "x", hue: "a", look: "strong", xs: [1], ys: [0] } as const;
  const dot = lineDrawing({ ...{ title: "", caption: "", xTitle: "", tick: String }, lines: [one] });
  expect(dot).toContain("<circle");
  expect(dot).not.toContain("NaN");
  expect(lineDrawing({ ...{ title: "", caption: "", xTitle: "", tick: String }, lines: [] })).toBe("");
  // Below the marks there is room for more about them, and what is not known is left out.
  const noted = { ...one, xs: [1, 2, 3], ys: [3, 2, 1] };
  const xNote = (x: number) => (x < 3 ? `${x * 2} min` : "");
  const marked = lineDrawing({ ...{ title: "", caption: "", xTitle: "", tick: String, xNote }, lines: [noted] });
  expect([...marked.matchAll(/>([^<]+ min)<\/text>/g)].map(([, text]) => text)).toEqual([
    ...["2 min", "3 min", "4 min", "5 min"],
  ]);
  expect(marked).toContain('viewBox="0 0 480 276"');
  // At the right edge a note ends there, and keeps its unit.
  const last = lineDrawing({
    ...{ title: "", caption: "", xTitle: "", tick: String, xNote: (x: number) => `${x * 10} s` },
    lines: [noted],
  });
  expect(last).toMatch(/<text x="480" y="\d+" text-anchor="end">30 s<\/text>/);
  expect(last).toMatch(/text-anchor="middle">3<\/text>/);
});

test("settings are listed with their values, without a place on the machine", () => {
  const path = "/home/ada/weights.safetensors";
  const facts = settingFacts({
    ...configuration,
    dataset: { kind: "folder", path: "/home/ada/pictures" },
    initialWeights: {
      ...{ path, sha256: "ab".repeat(32), frozenThrough: null },
      preprocessing: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    },
  });
  expect(JSON.stringify(facts)).not.toContain("ada");
  expect(facts).toContainEqual({ title: "Seed", value: "1" });
  expect(facts.find(({ title }) => title === "Initial weights")?.value).toContain("SHA-256 abab");
});

test("a run's report draws what guesses score where accuracy is, and says by what its best epoch is the best", () => {
  const plain = sampleRun({ id: 1 });
  const run = {
    ...plain,
    best: { epoch: 1, result: { pictures: 500, top1: 0.5, hardLoss: 1.4 } },
    dataset: { ...plain.dataset, largestClassShare: 0.62 },
  };
  const of = { metric: "top1", split: "validation", cadence: "epoch" } as const;
  const series = [{ ...of, runId: 1, steps: [1, 2], values: [0.5, 0.4] }];
  const html = runReport({
    ...{ run, dataset: cifar, series, times: { steps: [], trainingMillis: [] }, confusion: null, testLooks: 1 },
    ...{ version: "0.1.0", madeAt: "2026-01-14T09:15:00.000Z" },
  });
  expect(html).toContain("largest class");
  // Each by a colour of its own.
  for (const hue of ["c", "d"]) expect(html).toContain(`mark of-${hue} dashed`);
  expect(html).toContain("best epoch (1, by hard loss), 500 pictures");
});
