/** Figures of recorded runs as scikit-learn, SciPy and an ECE written in Python have them: `test/domain/references/make-calibration.py`. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fittedTemperature } from "../../../src-main/domain/calibration/fitted-temperature.ts";
import {
  binnedCalibrationError,
  equalMassBinning,
  equalWidthBinning,
  reliabilityBins,
} from "../../../src-main/domain/calibration/reliability.ts";
import { decomposedBrier, decomposedLogScore, scoredAt } from "../../../src-main/domain/calibration/scores.ts";
import { expectedCalibrationError } from "../../../src-main/domain/metrics/ece.ts";

interface Labelled {
  readonly labels: readonly number[];
  readonly logits: string;
}
interface Scores {
  readonly top1: number;
  readonly meanConfidence: number;
  readonly hardLoss: number;
  readonly brier: number;
  readonly ece: number;
}
type Parts = Readonly<Record<"score" | "reliability" | "resolution" | "uncertainty", number>>;
interface Answers {
  readonly classes: number;
  readonly validation: Labelled;
  readonly test: Labelled;
  readonly scores: Scores;
  readonly equalMassEce: number;
  readonly curve: { readonly accuracy: readonly number[]; readonly confidence: readonly number[] };
  readonly brierOfAnswer: Parts;
  readonly logScoreOfAnswer: Parts;
  readonly temperature: number;
  readonly after: Scores;
}

const file = new URL("../references/calibration.json", import.meta.url);
const { runs } = JSON.parse(readFileSync(file, "utf8")) as { readonly runs: readonly Answers[] };
const decimals = 9;

function labelled({ labels, logits }: Labelled, classes: number) {
  const bytes = Uint8Array.from(Buffer.from(logits, "base64"));
  return { labels, logits: new Float32Array(bytes.buffer), classes };
}

function scoresOf(one: ReturnType<typeof labelled>, temperature = 1): Scores {
  const { confidences, isRight, ...scores } = scoredAt(one, temperature);
  const meanConfidence = confidences.reduce((sum, confidence) => sum + confidence, 0) / confidences.length;
  return { ...scores, meanConfidence, ece: expectedCalibrationError(confidences, isRight) };
}

/** |a − b| of 0.5e-9 at most, name by name. */
function expectEqual(ours: object, theirs: object): void {
  expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
  for (const [name, value] of Object.entries(theirs))
    expect(ours[name as keyof object], name).toBeCloseTo(value, decimals);
}

describe.each([...runs.entries()])("recorded run %d", (_, run) => {
  const test = labelled(run.test, run.classes);
  const answers = scoredAt(test);

  it("has the same accuracy, confidence, hard loss, Brier score and ECE", () => {
    expectEqual(scoresOf(test), run.scores);
  });

  it("has the same reliability diagram", () => {
    const bins = reliabilityBins(answers, equalWidthBinning()).filter(({ pictures }) => pictures > 0);
    expect(bins).toHaveLength(run.curve.accuracy.length);
    bins.forEach(({ accuracy, confidence }, place) => {
      expect(accuracy).toBeCloseTo(run.curve.accuracy[place]!, decimals);
      expect(confidence).toBeCloseTo(run.curve.confidence[place]!, decimals);
    });
  });

  it("has the same ECE over bins of equal mass", () => {
    const bins = reliabilityBins(answers, equalMassBinning(answers.confidences));
    expect(binnedCalibrationError(bins)).toBeCloseTo(run.equalMassEce, decimals);
  });

  it("has the same decompositions, which sum to the score", () => {
    const bins = reliabilityBins(answers, equalWidthBinning());
    for (const [ours, theirs] of [
      [decomposedBrier(answers, bins), run.brierOfAnswer],
      [decomposedLogScore(answers, bins)!, run.logScoreOfAnswer],
    ] as const) {
      const { rest, ...parts } = ours;
      expectEqual(parts, theirs);
      expect(parts.reliability - parts.resolution + parts.uncertainty + rest).toBeCloseTo(parts.score, 12);
    }
  });

  it("has the same temperature from its validation pictures, and the same scores with it on test pictures", () => {
    const { temperature, isAtEnd } = fittedTemperature(labelled(run.validation, run.classes))!;
    expect(isAtEnd).toBe(false);
    expect(temperature).toBeCloseTo(run.temperature, decimals);
    expectEqual(scoresOf(test, temperature), run.after);
  });
});
