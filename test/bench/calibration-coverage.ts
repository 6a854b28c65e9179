/**
 * How often the intervals of an ECE, and of the difference of two arms' ECEs, hold the true ones, by simulation: `node test/bench/calibration-coverage.ts
 * [trials]`.
 */
import { calibrationErrorInterval } from "../../src-main/domain/calibration/error-interval.ts";
import { equalWidthBinning } from "../../src-main/domain/calibration/reliability.ts";
import { measuredDifference } from "../../src-main/domain/verdicts/measured-difference.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import {
  type DrawnNetwork,
  drawnAnswers,
  drawnJudged,
  drawnPictures,
  sureness,
  trueError,
  truths,
} from "../support/drawn-calibration.ts";

const trials = Number(process.argv[2] ?? 400);
const binning = equalWidthBinning();
const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>) => Object.keys(table) as Key[];
const percent = (count: number) => `${((100 * count) / trials).toFixed(1)} %`;
const networks = keysOf(sureness).flatMap((sure) =>
  keysOf(truths).map((truth): DrawnNetwork => ({ sureness: sure, truth })),
);
const inWords = ({ sureness: sure, truth }: DrawnNetwork) => `${sure}, ${truth}`;

console.log("One network: how often its interval holds the true ECE");
let least = trials;
for (const network of networks) {
  const random = createRandom(1, inWords(network));
  const truth = trueError(network);
  const shares = [30, 100, 1_000, 10_000].map((count) => {
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const answers = drawnAnswers(network, drawnPictures(count, random), random);
      const { low, high } = calibrationErrorInterval(answers, binning, random.normal)!;
      if (low <= truth && truth <= high) held++;
    }
    least = Math.min(least, held);
    return `${count}: ${percent(held)}`;
  });
  console.log(`${inWords(network)}, true ECE ${truth.toFixed(3)}: ${shares.join(", ")}`);
}
console.log(`The least: ${percent(least)} of ${trials} trials`);

console.log("Two arms: how often the interval holds the true difference of ECE, and is told from 0");
least = trials;
for (const sure of keysOf(sureness))
  for (const [first, second] of [
    ["calibrated", "calibrated"],
    ["10 points too sure", "10 points too sure"],
    ["calibrated", "2 points too sure"],
    ["calibrated", "10 points too sure"],
    ["right with its square", "now too sure, now too little"],
    ["3 points too little", "10 points too sure"],
  ] as const)
    for (const seedSpread of [0, 0.02]) {
      const arms = [first, second].map((truth): DrawnNetwork => ({ sureness: sure, truth, seedSpread }));
      const random = createRandom(1, ...arms.map(inWords));
      const [one, other] = arms.map(trueError);
      const truth = other! - one!;
      const shares = [
        { seeds: 1, pictures: 100 },
        { seeds: 1, pictures: 1_000 },
        { seeds: 3, pictures: 200 },
        { seeds: 3, pictures: 1_000 },
        { seeds: 5, pictures: 1_000 },
      ].map(({ seeds, pictures: count }) => {
        // One seed says nothing of how seeds vary.
        if (seeds === 1 && seedSpread > 0) return "";
        let [held, told] = [0, 0];
        for (let trial = 0; trial < trials; trial++) {
          const pictures = drawnPictures(count, random);
          const judged = (arm: number) => drawnJudged(arms[arm]!, pictures, random);
          const pairs = Array.from({ length: seeds }, () => [judged(0), judged(1)] as const);
          const { low, high } = measuredDifference(pairs, "ece")!;
          if (low <= truth && truth <= high) held++;
          if (low > 0 || high < 0) told++;
        }
        least = Math.min(least, held);
        return `${seeds} × ${count}: ${percent(held)}, told ${percent(told)}`;
      });
      const words = `${sure}: ${first} against ${second}, spread ${seedSpread}, true difference ${truth.toFixed(3)}`;
      console.log(`${words}: ${shares.filter(Boolean).join("; ")}`);
    }
console.log(`The least held: ${percent(least)} of ${trials} trials`);
