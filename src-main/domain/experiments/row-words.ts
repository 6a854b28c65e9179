/** Rows of an experiment in words, as the titles of their runs have them. */
import type { ExperimentRow, Factor, Level } from "../../contract/experiment.ts";
import { levelKey } from "./experiment-outcome.ts";
import { changeInWords, levelsOf } from "./experiment-plan.ts";

/** `label noise 20 %, smoothed ε = 0.1`; a named arm by its name. */
export function levelsInWords(levels: readonly Level[]): string {
  const words = levels.map(({ name, changes }) => name ?? changes.map(changeInWords).join(", "));
  return words.join(", ") || "as set";
}

/** Of named arms, what each sets: a name does not say it. */
export function namedArms(factors: readonly Factor[]): readonly { readonly name: string; readonly set: string }[] {
  return factors.flatMap((factor) =>
    "arms" in factor
      ? factor.arms.map(({ name, changes }) => ({ name, set: changes.map(changeInWords).join(", ") || "as set" }))
      : [],
  );
}

/**
 * The places of the factors under whose levels arms are compared, as for each share of wrong labels: those that are neither named arms nor trained in step. Where
 * there are no arms beside them, none is a condition: all rows are compared with the first.
 */
export function conditionsOf(factors: readonly Factor[]): readonly number[] {
  const isArms = (factor: Factor) => factor.isBlocked || "arms" in factor;
  return factors.some(isArms) ? factors.flatMap((factor, index) => (isArms(factor) ? [] : index)) : [];
}

/** As they were asked for, the last factor's levels changing fastest: neither sorting nor a run that was removed moves one. */
export function rowsAsAsked(factors: readonly Factor[], rows: readonly ExperimentRow[]): readonly ExperimentRow[] {
  const places = factors.map((factor) => new Map(levelsOf(factor).map((level, place) => [levelKey(level), place])));
  const placeOf = ({ levels }: ExperimentRow, factor: number) => places[factor]!.get(levelKey(levels[factor]!)) ?? 1e9;
  const order = (a: ExperimentRow, b: ExperimentRow) =>
    factors.map((_, factor) => placeOf(a, factor) - placeOf(b, factor)).find((apart) => apart !== 0) ?? 0;
  return [...rows].sort(order);
}

interface ComparedRows {
  readonly levels: readonly Level[];
  readonly against: readonly Level[];
}

/** What two rows share, which is empty where they share nothing, and each by what is its own. */
export function comparedInWords({ levels, against }: ComparedRows) {
  const isShared = (_: Level, index: number) => levelKey(levels[index]!) === levelKey(against[index]!);
  const isOwn = (level: Level, index: number) => !isShared(level, index);
  const shared = levels.filter(isShared);
  return {
    shared: shared.length === 0 ? "" : levelsInWords(shared),
    first: levelsInWords(against.filter(isOwn)),
    second: levelsInWords(levels.filter(isOwn)),
  };
}
