import { describe, expect, it } from "vitest";
import { chanceCalibration } from "../../../src-main/domain/calibration/chance-calibration.ts";
import { calibrationErrorInterval } from "../../../src-main/domain/calibration/error-interval.ts";
import { fittedTemperature, temperatureRange } from "../../../src-main/domain/calibration/fitted-temperature.ts";
import {
  binnedCalibrationError,
  equalMassBinning,
  equalWidthBinning,
  reliabilityBins,
} from "../../../src-main/domain/calibration/reliability.ts";
import { decomposedBrier, decomposedLogScore, scoredAt } from "../../../src-main/domain/calibration/scores.ts";
import { chanceInWords, noTemperatureInWords } from "../../../src-main/domain/calibration/words.ts";
import { atOnce } from "../../../src-main/domain/in-pieces.ts";
import { largestLessMeanAtOptimum } from "../../../src-main/domain/lessons/smoothed-target.ts";
import { largestLogit } from "../../../src-main/domain/metrics/largest-logit.ts";
import { quantilesOf } from "../../../src-main/domain/statistics/quartiles.ts";
import { createRandom } from "../../../src-main/platform/random.ts";

const random = (stream: string) => createRandom(1, stream);
const binning = equalWidthBinning();

describe("bins of confidence", () => {
  it("take an edge into the bin below, and 0 into the first", () => {
    const { binOf, edges } = equalWidthBinning(5);
    expect([0, 0.2, 0.2001, 0.4, 1].map(binOf)).toEqual([0, 0, 1, 1, 4]);
    expect(edges).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  it("of equal mass hold as many each, and keep equal confidences together", () => {
    const even = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    expect(even.map(equalMassBinning(even, 3).binOf)).toEqual([0, 0, 1, 1, 2, 2]);
    const alike = [0.3, 0.9, 0.9, 0.9, 0.9, 0.9];
    expect(equalMassBinning(alike, 3).edges).toEqual([0, 0.9]);
  });

  it("say accuracy and mean confidence, and nothing where they are empty", () => {
    const bins = reliabilityBins({ confidences: [0.6, 0.8, 0.9], isRight: [true, false, true] }, equalWidthBinning(2));
    expect(bins).toEqual([
      { above: 0, upTo: 0.5, pictures: 0, confidence: null, accuracy: null },
      { above: 0.5, upTo: 1, pictures: 3, confidence: expect.closeTo(2.3 / 3, 12), accuracy: 2 / 3 },
    ]);
    expect(binnedCalibrationError(bins)).toBeCloseTo(0.1, 12);
  });
});

describe("the decomposition of a score", () => {
  // By hand: two bins of two, confidences 0.25 and 0.75, half of the first and all of the second right.
  const answers = { confidences: [0.25, 0.25, 0.75, 0.75], isRight: [true, false, true, true] };
  const bins = reliabilityBins(answers, equalWidthBinning(2));

  it("of Brier's has reliability, resolution and uncertainty by hand, and no rest where a bin holds one confidence", () => {
    expect(decomposedBrier(answers, bins)).toEqual({
      score: expect.closeTo((0.5625 + 0.0625 + 0.0625 + 0.0625) / 4, 12),
      reliability: 0.0625,
      resolution: 0.0625,
      uncertainty: 0.1875,
      rest: expect.closeTo(0, 12),
    });
  });

  it("of the log score has no rest there either, and no value where a sure answer is wrong", () => {
    expect(decomposedLogScore(answers, bins)).toMatchObject({
      score: expect.closeTo((-Math.log(0.25) - 3 * Math.log(0.75)) / 4, 12),
      rest: expect.closeTo(0, 12),
    });
    const sure = { confidences: [1, 1], isRight: [true, false] };
    expect(decomposedLogScore(sure, reliabilityBins(sure, binning))).toBeNull();
  });
});

describe("what chance alone does", () => {
  it("is much on few pictures and little on many, though the network is perfectly calibrated", () => {
    const chanceOf = (pictures: number) => {
      const { uniform } = random("confidences");
      const confidences = Float64Array.from({ length: pictures }, () => 0.1 + 0.9 * uniform());
      return atOnce(chanceCalibration(confidences, binning, random("chance").uniform)).mean;
    };
    // Each of 15 bins' gap is about normal, with a mean of √(2/π) deviations: together √(2·15·mean(c(1 − c))/(π·pictures)) = 0.128 for 100.
    expect(chanceOf(100)).toBeCloseTo(0.12, 1);
    expect(chanceOf(10_000)).toBeCloseTo(chanceOf(100) / 10, 2);
  });

  it("bands a bin by the binomial distribution", () => {
    const { bands } = atOnce(chanceCalibration(new Float64Array(100).fill(0.5), binning, random("chance").uniform));
    const band = bands[7]!;
    // 97.5 % quantile of 100 throws: 60 of 100, and 40.
    expect(band.low).toBeCloseTo(0.4, 1);
    expect(band.high).toBeCloseTo(0.6, 1);
    expect(bands.filter((one) => one !== null)).toHaveLength(1);
  });

  it("is said of the bins that it was found over, since other bins may tell otherwise", () => {
    const binned = (error: number, mean: number, high: number) => ({
      ...{ bins: [], error, interval: { low: 0, high: 1 }, byChance: { mean, high } },
    });
    const run = { equalWidth: binned(0.031, 0.032, 0.051), equalMass: binned(0.064, 0.045, 0.062) };
    const looked = { split: "test", pictures: 1_000 } as const;
    expect(chanceInWords(run, "equalWidth", looked)).toMatch(
      /ECE \(0 to 1\) of 0\.032 over bins of equal width .* cannot be told/,
    );
    expect(chanceInWords(run, "equalMass", looked)).toMatch(
      /ECE \(0 to 1\) of 0\.045 over bins of equal mass .*: 0\.064 is more, so this one is not calibrated\.$/,
    );
  });

  it("is not said to be a part of an ECE that is far from it: to large gaps chance adds next to nothing", () => {
    const binned = {
      bins: [],
      error: 0.367,
      interval: { low: 0.298, high: 0.402 },
      byChance: { mean: 0.031, high: 0.046 },
    };
    const said = chanceInWords({ equalWidth: binned, equalMass: binned }, "equalWidth", {
      split: "test",
      pictures: 1_000,
    });
    expect(said).not.toMatch(/of ece 0\.367/i);
    expect(said).toMatch(/^A perfectly calibrated network .* up to 0\.046 in 39 of 40 draws: 0\.367 is more/);
  });

  it("takes percentiles between places", () => {
    expect([0, 0.5, 0.75, 1].map(quantilesOf([1, 2, 4]))).toEqual([1, 2, 3, 4]);
  });
});

describe("the interval of an ECE", () => {
  /** Of networks whose answers are right with `shareOf` their confidence, how many of 200 intervals hold the true error. */
  function covered(pictures: number, shareOf: (confidence: number) => number): number {
    const { uniform } = random("networks");
    const draw = (count: number) => Float64Array.from({ length: count }, () => 0.1 + 0.9 * Math.sqrt(uniform()));
    const gaps = new Float64Array(binning.edges.length - 1);
    const many = draw(200_000);
    for (const confidence of many) gaps[binning.binOf(confidence)]! += (shareOf(confidence) - confidence) / many.length;
    const trueError = gaps.reduce((sum, gap) => sum + Math.abs(gap), 0);
    let held = 0;
    for (let network = 0; network < 200; network++) {
      const confidences = draw(pictures);
      const isRight = Array.from(confidences, (confidence) => uniform() < shareOf(confidence));
      const { low, high } = calibrationErrorInterval({ confidences, isRight }, binning, random("interval").normal)!;
      if (low <= trueError && trueError <= high) held++;
    }
    return held;
  }

  it.each([
    ["perfectly calibrated", (confidence: number) => confidence],
    ["a little too sure", (confidence: number) => confidence - 0.02],
    ["much too sure", (confidence: number) => confidence ** 2],
  ])("holds the true one of a network that is %s at least 95 times of 100", (_, shareOf) => {
    // Three standard errors of 200 trials below 95 %.
    for (const pictures of [100, 1_000]) expect(covered(pictures, shareOf)).toBeGreaterThanOrEqual(181);
  });

  /** Of a calibrated network that is equally sure of all its few pictures: the probability that its interval holds no error at all, summed over what may be right. */
  function coveredOfFew(pictures: number, confidence: number): number {
    let covered = 0;
    let chance = (1 - confidence) ** pictures;
    for (let right = 0; right <= pictures; right++) {
      const confidences = new Float64Array(pictures).fill(confidence);
      const isRight = Array.from(confidences, (_, picture) => picture < right);
      if (calibrationErrorInterval({ confidences, isRight }, binning, random("interval").normal)!.low === 0)
        covered += chance;
      chance *= ((pictures - right) / (right + 1)) * (confidence / (1 - confidence));
    }
    return covered;
  }

  it.each([0.12, 0.36, 0.64, 0.92])(
    "holds it on a few pictures of confidence %s, too, all right or all wrong",
    (confidence) => {
      for (const pictures of [2, 3, 5, 10, 20])
        expect(coveredOfFew(pictures, confidence), `${pictures} pictures`).toBeGreaterThan(0.87);
    },
  );

  it("is not all there is, and is none for no pictures", () => {
    const confidences = new Float64Array(10_000).fill(0.9);
    const isRight = Array.from({ length: 10_000 }, (_, picture) => picture % 2 === 0);
    const { low, high } = calibrationErrorInterval({ confidences, isRight }, binning, random("interval").normal)!;
    expect(low).toBeGreaterThan(0.385);
    expect(high).toBeLessThan(0.415);
    const none = { confidences: [], isRight: [] };
    expect(calibrationErrorInterval(none, binning, random("interval").normal)).toBeNull();
  });
});

describe("temperature scaling", () => {
  it("is missing for want of test pictures, or of logits, and which is said", () => {
    expect(noTemperatureInWords("validation")).toContain("not all runs here have answers");
    expect(noTemperatureInWords("validation")).not.toContain("version");
    expect(noTemperatureInWords("test")).toContain("logits of validation and test pictures were not both recorded");
  });

  it("finds the temperature that logits were multiplied by", () => {
    // Two classes, the right one given 0.8 and right in 8 of 10: T = 1. Thrice the logits need T = 3.
    const gap = Math.log(4);
    const logits = Float32Array.from({ length: 20 }, (_, place) => (place % 2 === 0 ? 3 * gap : 0));
    const labels = Int32Array.from({ length: 10 }, (_, picture) => (picture < 8 ? 0 : 1));
    const { temperature, isAtEnd } = fittedTemperature({ logits, labels, classes: 2 })!;
    expect(temperature).toBeCloseTo(3, 6);
    expect(isAtEnd).toBe(false);
    expect(scoredAt({ logits, labels, classes: 2 }, temperature).confidences[0]).toBeCloseTo(0.8, 6);
  });

  it("ends where it is tried where every answer is right, or none is better than even", () => {
    const logits = Float32Array.of(1, 0, 1, 0);
    const right = fittedTemperature({ logits, labels: [0, 0], classes: 2 });
    const wrong = fittedTemperature({ logits, labels: [1, 1], classes: 2 });
    expect(right).toEqual({ temperature: temperatureRange.least, isAtEnd: true });
    expect(wrong).toEqual({ temperature: temperatureRange.most, isAtEnd: true });
    expect(fittedTemperature({ logits: new Float32Array(0), labels: [], classes: 2 })).toBeNull();
  });
});

it("the logit gap at the smoothed optimum is what the metric says of logits that answer the target", () => {
  const [classes, epsilon] = [10, 0.1];
  const logits = Float32Array.from({ length: classes }, (_, place) =>
    Math.log((place === 3 ? 1 - epsilon : 0) + epsilon / classes),
  );
  const evaluated = { logits, classes } as Parameters<typeof largestLogit.formula>[0];
  expect(largestLogit.formula(evaluated)).toBeCloseTo(largestLessMeanAtOptimum(classes, epsilon), 6);
});
