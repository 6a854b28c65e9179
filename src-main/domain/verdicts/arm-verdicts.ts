/** What the answers of arms to the same pictures tell, two by two, over the seeds that both have. */
import type { Prediction } from "../../contract/run.ts";
import { type ArmVerdict, type JudgedMeasure, judgedMeasures, type MeasureVerdict } from "../../contract/verdict.ts";
import type { InPieces } from "../in-pieces.ts";
import { crossedDifference, leastThatFinds, smallestFound } from "./crossed-difference.ts";
import { holmAdjusted } from "./holm.ts";
import { exactMcnemar } from "./mcnemar.ts";
import { pairedDifference } from "./paired-difference.ts";
import { pictureDifference } from "./picture-difference.ts";

/** What one run answered, a value a picture; lighter than its predictions. */
export interface JudgedAnswers {
  /** Which pictures they are, in what order and with which labels. */
  readonly examples: Int32Array;
  readonly labels: Int32Array;
  readonly values: Readonly<Record<Exclude<JudgedMeasure, "balancedAccuracy">, Float64Array>>;
}

/** One run a seed. */
export type JudgedArm = ReadonlyMap<number, JudgedAnswers>;

/** More seeds, or pictures, than anyone would train or collect to tell one difference. */
const mostToTell = { seeds: 100, pictures: 1_000_000 };

export function judgedAnswers(predictions: readonly Prediction[]): JudgedAnswers {
  const isRight = ({ label, answer }: Prediction) => (label === answer ? 1 : 0);
  return {
    examples: Int32Array.from(predictions, ({ example }) => example),
    labels: Int32Array.from(predictions, ({ label }) => label),
    values: {
      top1: Float64Array.from(predictions, isRight),
      // Of a probability too small to be recorded it is infinite, and has no difference.
      hardLoss: Float64Array.from(predictions, ({ trueConfidence }) => -Math.log(trueConfidence)),
      answerBrier: Float64Array.from(predictions, (one) => (one.confidence - isRight(one)) ** 2),
    },
  };
}

export type JudgedPair = readonly [first: JudgedArm, second: JudgedArm];
type Judged = Omit<ArmVerdict, "levels" | "against">;

/** Of each second arm against its first; with Holm's correction among them all. */
export function* judgingPairs(all: readonly JudgedPair[]): InPieces<readonly Judged[]> {
  const compared: Compared[] = [];
  for (const [first, second] of all) {
    const seeds = sharedSeeds(first, second);
    const pairs = seeds.map((seed) => [first.get(seed)!, second.get(seed)!] as const);
    const pictures = pairs[0]?.[0].examples.length ?? 0;
    const measures = judgedMeasures.flatMap((measure) => measuredDifference(pairs, measure) ?? []);
    compared.push({ seeds, pictures, measures });
    yield;
  }
  return withHolm(compared);
}

type Compared = Omit<Judged, "measures"> & { readonly measures: readonly Measured[] };

function withHolm(compared: readonly Compared[]): readonly Judged[] {
  const adjusted = new Map(
    judgedMeasures.map((measure) => {
      const all = compared.flatMap(({ measures }) => measures.filter((one) => one.measure === measure));
      const ps = holmAdjusted(all.map(({ p }) => p));
      return [measure, new Map(all.map((one, index) => [one, ps[index]!]))];
    }),
  );
  return compared.map(({ measures, ...arm }) => ({
    ...arm,
    measures: measures.map((one): MeasureVerdict => {
      const adjustedP = adjusted.get(one.measure)!.get(one)!;
      return { ...one, adjustedP, isTold: adjustedP < 0.05 && (one.low > 0 || one.high < 0) };
    }),
  }));
}

/** In the order of the first arm; those whose pictures are the first seed's. */
function sharedSeeds(first: JudgedArm, second: JudgedArm): readonly number[] {
  const pairs = [...first].flatMap(([seed, one]) => {
    const other = second.get(seed);
    return other !== undefined && areSamePictures(one, other) ? [{ seed, one }] : [];
  });
  return pairs.filter(({ one }) => areSamePictures(one, pairs[0]!.one)).map(({ seed }) => seed);
}

function areSamePictures(a: JudgedAnswers, b: JudgedAnswers): boolean {
  const isEqual = (one: Int32Array, other: Int32Array) =>
    one.length === other.length && one.every((value, picture) => value === other[picture]);
  return isEqual(a.examples, b.examples) && isEqual(a.labels, b.labels);
}

type Pair = readonly [JudgedAnswers, JudgedAnswers];
type Measured = Omit<MeasureVerdict, "adjustedP" | "isTold">;

function measuredDifference(pairs: readonly Pair[], measure: JudgedMeasure): Measured | null {
  const weights = measure === "balancedAccuracy" ? balancedWeights(pairs[0]?.[0].labels ?? new Int32Array()) : null;
  if (measure === "balancedAccuracy" && weights === null) return null;
  const of = measure === "balancedAccuracy" ? "top1" : measure;
  const differences = pairs.map(([first, second]) =>
    second.values[of].map((value, picture) => (value - first.values[of][picture]!) * (weights?.[picture] ?? 1)),
  );
  if (differences.length === 1) return overPictures(differences[0]!, measure);
  const pictures = differences[0]?.length ?? 0;
  // As in the interval over pictures alone, so that it has a width where the arms never disagree: one picture more that only the first has right in
  // every seed, and one that only the second has.
  const counted = of === "top1" ? differences.map((one) => withOneEach(one, largestOf(weights))) : differences;
  const found = crossedDifference(counted);
  if (found === null) return null;
  const { low, high, p, parts } = found;
  const value =
    differences.reduce((sum, one) => sum + one.reduce((all, each) => all + each, 0), 0) / pictures / pairs.length;
  const seeds = pairs.length;
  return {
    ...{ measure, value, low, high, p },
    smallestFound: smallestFound(parts, pictures, seeds),
    seedsToTell: leastThatFinds(value, mostToTell.seeds, (count) =>
      count < 2 ? Number.POSITIVE_INFINITY : smallestFound(parts, pictures, count),
    ),
    picturesToTell: leastThatFinds(value, mostToTell.pictures, (count) =>
      count < 2 ? Number.POSITIVE_INFINITY : smallestFound(parts, count, seeds),
    ),
  };
}

/** @param size of a picture that counts most */
function withOneEach(differences: Float64Array, size: number): Float64Array {
  const more = new Float64Array(differences.length + 2);
  more.set(differences);
  more.set([size, -size], differences.length);
  return more;
}

/** What each picture counts, n/(K·n_c), so that the mean over pictures is the mean over classes; null where classes have as many pictures each. */
function balancedWeights(labels: Int32Array): Float64Array | null {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (new Set(counts.values()).size < 2) return null;
  return Float64Array.from(labels, (label) => labels.length / (counts.size * counts.get(label)!));
}

function largestOf(weights: Float64Array | null): number {
  return weights?.reduce((largest, one) => Math.max(largest, one)) ?? 1;
}

/** Of one seed: what other seeds would have given is not known. */
function overPictures(differences: Float64Array, measure: JudgedMeasure): Measured | null {
  const unknown = { smallestFound: null, seedsToTell: null, picturesToTell: null };
  if (measure !== "top1") {
    const found = pictureDifference(Array.from(differences));
    return found && { measure, ...found, ...unknown };
  }
  const onlySecondRight = differences.filter((one) => one > 0).length;
  const onlyFirstRight = differences.filter((one) => one < 0).length;
  const found = pairedDifference({ pictures: differences.length, onlyFirstRight, onlySecondRight });
  return found && { measure, ...found, p: exactMcnemar(onlyFirstRight, onlySecondRight), ...unknown };
}
