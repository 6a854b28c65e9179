/** How often the interval of the ECE holds the true one, by simulation: `node test/bench/calibration-coverage.ts [trials]`. */
import { calibrationErrorInterval } from "../../src-main/domain/calibration/error-interval.ts";
import { equalWidthBinning } from "../../src-main/domain/calibration/reliability.ts";
import { createRandom } from "../../src-main/platform/random.ts";

const trials = Number(process.argv[2] ?? 400);
const pictures = [30, 100, 1_000, 10_000];
const binning = equalWidthBinning();
const clamped = (share: number) => Math.min(1, Math.max(0, share));

/** From a uniform number, how sure a network is. */
const networks: Readonly<Record<string, (uniform: number) => number>> = {
  "near chance": (uniform) => 0.1 + 0.15 * uniform ** 1.5,
  anywhere: (uniform) => 0.1 + 0.9 * uniform,
  "mostly sure": (uniform) => 0.1 + 0.9 * uniform ** 0.2,
  "very sure": (uniform) => 1 - 0.3 * uniform ** 12,
};
/** From how sure it is, how often it is right. */
const truths: Readonly<Record<string, (confidence: number) => number>> = {
  calibrated: (confidence) => confidence,
  "2 points too sure": (confidence) => clamped(confidence - 0.02),
  "10 points too sure": (confidence) => clamped(confidence - 0.1),
  "right with its square": (confidence) => confidence ** 2,
  "now too sure, now too little": (confidence) => clamped(confidence + 0.05 * Math.sin(12 * confidence)),
  "3 points too little": (confidence) => clamped(confidence + 0.03),
};

let least = 1;
for (const [network, sureness] of Object.entries(networks))
  for (const [truth, shareOf] of Object.entries(truths)) {
    const random = createRandom(1, network, truth);
    const gaps = new Float64Array(binning.edges.length - 1);
    const many = 400_000;
    for (let one = 0; one < many; one++) {
      const confidence = sureness(random.uniform());
      gaps[binning.binOf(confidence)]! += (shareOf(confidence) - confidence) / many;
    }
    const trueError = gaps.reduce((sum, gap) => sum + Math.abs(gap), 0);
    const shares = pictures.map((count) => {
      let held = 0;
      for (let trial = 0; trial < trials; trial++) {
        const confidences = Float64Array.from({ length: count }, () => sureness(random.uniform()));
        const isRight = Array.from(confidences, (confidence) => random.uniform() < shareOf(confidence));
        const { low, high } = calibrationErrorInterval({ confidences, isRight }, binning, random.normal)!;
        if (low <= trueError && trueError <= high) held++;
      }
      least = Math.min(least, held / trials);
      return `${count}: ${((100 * held) / trials).toFixed(1)} %`;
    });
    console.log(`${network}, ${truth}, true ECE ${trueError.toFixed(3)}: ${shares.join(", ")}`);
  }
console.log(`The least: ${(100 * least).toFixed(1)} % of ${trials} trials`);
