/**
 * How often the verdict tells arms apart over real runs: halves of each arm's own seeds, which nothing sets apart, and draws of as many seeds from each of two
 * arms. `node test/bench/real-verdicts.ts <home> <experiment> [draws]`, on a record whose experiment has finished; results stand in docs/results.md.
 */
import { type JudgedMeasure, judgedMeasures, type MeasureVerdict } from "../../src-main/contract/verdict.ts";
import { atOnce } from "../../src-main/domain/in-pieces.ts";
import { wilsonInterval } from "../../src-main/domain/statistics/wilson-interval.ts";
import { judgingPairs } from "../../src-main/domain/verdicts/arm-verdicts.ts";
import { type JudgedAnswers, judgedAnswers } from "../../src-main/domain/verdicts/measured-difference.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { openStore } from "../../src-main/store/open-store.ts";

const [home, experiment, draws = "300"] = process.argv.slice(2);
if (home === undefined || experiment === undefined) throw new Error("Which home, and which experiment of it?");

/** Of one arm: what each of its finished runs answered to the test pictures, by the arm's place in its block. */
function readArms(): ReadonlyMap<string, readonly JudgedAnswers[]> {
  const store = openStore(pathsOf(home!).database);
  const arms = new Map<string, JudgedAnswers[]>();
  for (const run of store.runs.list()) {
    if (run.experiment?.id !== Number(experiment) || run.state !== "finished") continue;
    const { model, training } = run.configuration;
    const name = `${model.id}, smoothing ${training.smoothing}, ${training.epochs} epochs`;
    const arm = arms.get(name) ?? [];
    arms.set(name, [...arm, judgedAnswers(store.evaluations.predictions(run.id, "test"))]);
  }
  store.close();
  return arms;
}

const random = createRandom(1, "real verdicts");
/** So many of them, each at most once, in an order of chance. */
function drawn(runs: readonly JudgedAnswers[], count: number): readonly JudgedAnswers[] {
  const left = [...runs];
  return Array.from({ length: count }, () => left.splice(random.integer(left.length), 1)[0]!);
}

/** As if the n-th runs of both had one seed: nothing but the pictures joins them. */
function told(first: readonly JudgedAnswers[], second: readonly JudgedAnswers[]): readonly MeasureVerdict[] {
  const asArm = (runs: readonly JudgedAnswers[]) => new Map(runs.map((answers, seed) => [seed, answers]));
  return atOnce(judgingPairs([[asArm(first), asArm(second)]]))[0]!.measures;
}

const percent = (share: number) => (100 * share).toFixed(1);
function sayShares(words: string, verdicts: readonly (readonly MeasureVerdict[])[]): void {
  const shares = judgedMeasures.map((measure: JudgedMeasure) => {
    const share = verdicts.filter((all) => all.some((one) => one.measure === measure && one.isTold)).length;
    const { low, high } = wilsonInterval(share / verdicts.length, verdicts.length)!;
    return `${measure} ${percent(share / verdicts.length)} % (${percent(low)} to ${percent(high)})`;
  });
  console.log(`${words}: ${shares.join(", ")}`);
}

const arms = [...readArms()];
const meanTop1 = (runs: readonly JudgedAnswers[]) => runs.map(({ values }) => mean(Array.from(values.top1)));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
for (const [name, runs] of arms) {
  const accuracies = meanTop1(runs);
  const middle = mean(accuracies);
  const spread = Math.sqrt(accuracies.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (runs.length - 1));
  const pictures = runs[0]!.labels.length;
  console.log(
    `${name}: ${runs.length} runs, top-1 ${percent(middle)} % on ${pictures} test pictures, spread ${percent(spread)} points`,
  );
}
console.log(
  `Told apart in so many of ${draws} draws, with Wilson's 95 % interval of the share as if draws were independent`,
);
for (const seeds of [3, 5]) {
  for (const [name, runs] of arms) {
    const halves = Array.from({ length: Number(draws) }, () => {
      const both = drawn(runs, 2 * seeds);
      return told(both.slice(0, seeds), both.slice(seeds));
    });
    sayShares(`${seeds} seeds against ${seeds} others of ${name}`, halves);
  }
  const [first, ...others] = arms;
  for (const [name, runs] of others)
    sayShares(
      `${seeds} seeds of ${name} against ${first![0]}`,
      Array.from({ length: Number(draws) }, () => told(drawn(first![1], seeds), drawn(runs, seeds))),
    );
}
