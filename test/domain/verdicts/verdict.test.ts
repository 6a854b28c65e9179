/** Of equal arms no figure names a winner: what the page and the command line say of many pairs that differ by chance alone. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { comparisonInWords } from "../../../src-main/cli/runs.ts";
import type { ComparisonView } from "../../../src-main/contract/comparison.ts";
import type { Prediction, RunView } from "../../../src-main/contract/run.ts";
import { expectedCalibrationError } from "../../../src-main/domain/metrics/ece.ts";
import { pairedFigures } from "../../../src-main/domain/verdicts/paired-difference.ts";
import { moreAccurate } from "../../../src-main/domain/verdicts/verdict.ts";
import { createRandom } from "../../../src-main/platform/random.ts";
import { styleRuns } from "../../../src-renderer/entities/run/run-styles.ts";
import { comparisonStatement } from "../../../src-renderer/features/compare/comparison-statement.ts";
import { samplePair } from "../../support/sample-views.ts";

const pictures = 300;

/** One arm of a pair that differs by chance alone: each picture is right with the chance that its confidence says. */
function looked(run: RunView, seed: number): { readonly run: RunView; readonly answers: readonly Prediction[] } {
  const random = createRandom(seed, "equal-arm");
  const answers = Array.from({ length: pictures }, (_, example): Prediction => {
    const confidence = 0.3 + 0.7 * random.uniform();
    const isRight = random.uniform() < confidence;
    const trueConfidence = isRight ? confidence : (1 - confidence) / 9 + 1e-3;
    return { example, label: 0, answer: isRight ? 0 : 1, confidence, trueConfidence };
  });
  const isRight = answers.map(({ answer }) => answer === 0);
  const ece = expectedCalibrationError(
    answers.map(({ confidence }) => confidence),
    isRight,
  );
  const hardLoss = -answers.reduce((sum, { trueConfidence }) => sum + Math.log(trueConfidence), 0) / pictures;
  const test = { ...run.test!, pictures, top1: isRight.filter(Boolean).length / pictures, hardLoss, ece };
  return { run: { ...run, test }, answers };
}

function equalPair(seed: number): ComparisonView {
  const arms = samplePair(1, 1).map((run, place) => looked(run, 2 * seed + place));
  return {
    runs: arms.map(({ run }) => run),
    differences: [],
    split: "test",
    testLooks: 2,
    shared: null,
    classes: arms[0]!.run.dataset.classes,
    results: arms.map(({ run }) => run.test),
    confusions: [null, null],
    mistakes: [],
    ...pairedFigures([]),
    ...pairedFigures(arms.map(({ answers }) => answers)),
  };
}

/** Words that name one of two: the one sentence that may is taken out first. */
const naming =
  /\b(better \w+|best \w+ed|wins?|winner|beats?|outperforms?|superior|leads|worse|ahead|more (accurate|calibrated|confident)|less (accurate|calibrated)|(lower|higher|smaller) (hard loss|loss|ECE|error))\b/i;
const allowed = /(Smoothed|One-hot|The first|The second) is more accurate over these \d+ test pictures, one seed/;

const pairs = Array.from({ length: 200 }, (_, seed) => equalPair(seed));
const said = {
  "the page": (view: ComparisonView) =>
    comparisonStatement(view, styleRuns(view.runs))
      .map((part) => part.text)
      .join(""),
  "the command line": comparisonInWords,
};

describe.each(Object.entries(said))("of equal arms %s", (_, say) => {
  test("names one only where the interval of its accuracy leaves zero out", () => {
    for (const view of pairs) {
      const words = say(view).replaceAll("\u00a0", " ");
      expect(allowed.test(words)).toBe(moreAccurate(view.top1Difference) !== null);
      expect(words.replace(allowed, "")).not.toMatch(naming);
    }
  });
  test("says nothing else, whatever the other figures are", () => {
    const [view] = pairs;
    const [first, second] = view!.results;
    const apart = { ...second!, ece: 0.5, hardLoss: 9 };
    for (const results of [
      [first!, apart],
      [apart, first!],
    ]) {
      const words = say({ ...view!, results, top1Difference: { value: 0, low: -0.01, high: 0.01 } });
      expect(words).not.toMatch(naming);
      expect(words).toMatch(/cannot tell which/);
    }
  });
});

test("the pairs are such that another rule would name a winner: their calibration differs, and some accuracies do", () => {
  const differ = pairs.filter(({ results }) => results[0]!.ece!.toFixed(3) !== results[1]!.ece!.toFixed(3));
  expect(differ.length).toBeGreaterThan(150);
  const told = pairs.filter(({ top1Difference }) => moreAccurate(top1Difference) !== null).length;
  expect(told).toBeGreaterThan(0);
  // 95 % intervals: some five of a hundred, by chance.
  expect(told).toBeLessThan(0.1 * pairs.length);
});

describe("no text anywhere", () => {
  const root = join(import.meta.dirname, "../../..");
  const files = [
    "src-renderer",
    "src-main/cli",
    "src-main/contract",
    "src-main/engine",
    "src-main/shell",
    "docs",
    "README.md",
  ]
    .flatMap((place) =>
      place.endsWith(".md")
        ? [place]
        : readdirSync(join(root, place), { recursive: true, encoding: "utf8" }).map(
            (name) => `${place}/${name.replaceAll("\\", "/")}`,
          ),
    )
    .filter((name) => /\.(ts|svelte|md|html)$/.test(name));
  const verdicts =
    /better[ -]calibrated|best[ -]calibrated|well[ -]calibrated|calibrates better|better generali[sz]|\bwinner\b|\bwins\b|outperform|state[ -]of[ -]the[ -]art|significantly|statistically significant/i;

  test("gives a verdict that no interval carries", () => {
    const found = files.filter((name) => verdicts.test(readFileSync(join(root, name), "utf8")));
    expect(files.length).toBeGreaterThan(150);
    expect(found).toEqual([]);
  });
  test("but the two sentences with the interval says that a run “is more accurate”", () => {
    const found = files.filter((name) => /is more accurate/.test(readFileSync(join(root, name), "utf8")));
    expect(found.sort()).toEqual(["src-main/cli/runs.ts", "src-renderer/features/compare/comparison-statement.ts"]);
  });
});
