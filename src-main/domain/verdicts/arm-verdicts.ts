/** What the answers of arms to the same pictures tell, two by two, over the seeds that both have. */
import { type ArmVerdict, judgedMeasures, type MeasureVerdict } from "../../contract/verdict.ts";
import type { InPieces } from "../in-pieces.ts";
import { holmAdjusted } from "./holm.ts";
import { type JudgedAnswers, type MeasuredDifference, measuredDifference } from "./measured-difference.ts";

/** One run a seed. */
export type JudgedArm = ReadonlyMap<number, JudgedAnswers>;

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

type Compared = Omit<Judged, "measures"> & { readonly measures: readonly MeasuredDifference[] };

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
