import { describe, expect, it } from "vitest";
import { listOrder } from "../../src-main/cli/listed-runs.ts";
import { runsInWords } from "../../src-main/cli/runs-in-words.ts";
import { sampleRun } from "../support/sample-views.ts";

const tested = sampleRun({ id: 3, title: "Tested" });
const unseen = sampleRun({ id: 2, title: "Not tested", test: null, state: "stopped" });
const none = sampleRun({ id: 1, title: "No look", test: null, validation: null, best: null, state: "failed" });

/** The cells of each line, by the heads of the columns. */
function cellsOf(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = "", rule = "", ...rest] = text.split("\n");
  const places = [...rule.matchAll(/─+/g)].map(({ index, 0: { length } }) => [index, index + length] as const);
  const cut = (line: string) => places.map(([from, to]) => line.slice(from, to).trim());
  const names = cut(head);
  return rest
    .slice(0, rest.indexOf(""))
    .map((line) => Object.fromEntries(cut(line).map((cell, index) => [names[index], cell])));
}

describe("the table of runs", () => {
  it("falls back from test to validation run by run, says which beside the figures, and what it means below", () => {
    const text = runsInWords([tested, unseen, none]);
    expect(cellsOf(text).map((cells) => [cells.title, cells.on, cells["top-1"]])).toEqual([
      ["Tested", "1,000 test", "55.3 %"],
      ["Not tested", "500 val", "54.8 %"],
      ["No look", "–", "–"],
    ]);
    expect(text).toContain(
      "Figures on as many test pictures as “on” says, or validation pictures (val) where the test pictures were not looked at;",
    );
  });

  it("has ECE between 0 and 1, as the page and the interval of its difference have it", () => {
    expect(cellsOf(runsInWords([tested]))[0]).toMatchObject({ "top-1": "55.3 %", ECE: "0.091" });
  });

  it("names the split once where all figures are on the same", () => {
    expect(runsInWords([tested, none])).toContain(
      "Figures on the 1,000 test pictures; losses in nats; ECE from 0 to 1.",
    );
    expect(runsInWords([unseen, none])).toContain(
      "Figures on the 500 validation pictures; losses in nats; ECE from 0 to 1.",
    );
    expect(cellsOf(runsInWords([unseen, none]))[0]).not.toHaveProperty("on");
    expect(runsInWords([none])).not.toContain("Figures");
  });

  it.each([
    ["learning-rate", "Learning rate", "0.002"],
    ["best.top1", "Best top-1", "54.6 %"],
    ["best.hardLoss:desc", "Best hard loss", "1.3010"],
    ["best.ece", "Best ECE", "0.091"],
    ["disk", "Disk", "6.8 MB"],
    ["training-seconds", "Training time", "6 min 36 s"],
    ["parameters", "Parameters", "1,496,122"],
    ["flip", "Horizontal flips", "yes"],
    ["dropout", "Dropout", "–"],
    ["optimizer", "Optimiser", "adam"],
  ])("sorted by %s it has the column %s", (sort, title, value) => {
    expect(cellsOf(runsInWords([tested], listOrder(sort).field))[0]).toMatchObject({ [title]: value });
  });

  it("says what the figures of its sort are on, which may be other pictures", () => {
    expect(runsInWords([tested], listOrder("best.hardLoss").field)).toContain(
      "Best hard loss: on the 500 validation pictures.\n",
    );
    expect(runsInWords([tested], listOrder("learning-rate").field)).not.toContain("Learning rate:");
  });

  it("sorted by what it shows anyway it has no second column of it", () => {
    for (const sort of ["top1", "hardLoss", "took", "state", "run"])
      expect(runsInWords([tested], listOrder(sort).field)).toBe(runsInWords([tested]));
  });
});
