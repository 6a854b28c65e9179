/**
 * Parts units of pictures, which are never parted themselves, into splits of wanted sizes. Each unit in turn goes where it brings the counts nearest to what
 * is wanted; then single units are moved while that brings them nearer still. Units of one picture come out exactly as wanted.
 */
import { type SplitName, splitNames } from "../../contract/dataset.ts";

export interface Unit {
  /** Pictures by class. */
  readonly counts: ReadonlyMap<number, number>;
}
/** Pictures of each class that each split is to have. */
export type Wanted = Readonly<Record<SplitName, readonly number[]>>;

/** Each is a walk over all units, and the first few do nearly all of it. */
const mostWalks = 8;
const rounding = 1e-9;

/** The split of each unit, in their order, which is the order of chance. */
export function assignUnits(units: readonly Unit[], wanted: Wanted): readonly SplitName[] {
  const missing: Record<SplitName, number[]> = {
    train: [...wanted.train],
    validation: [...wanted.validation],
    test: [...wanted.test],
  };
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);
  const missingInAll = { train: sum(wanted.train), validation: sum(wanted.validation), test: sum(wanted.test) };
  const all = missingInAll.train + missingInAll.validation + missingInAll.test;
  const ofClass = wanted.train.map((count, label) => count + wanted.validation[label]! + wanted.test[label]!);
  /**
   * What adding the unit (or with -1 taking it away) does to the squares of what is missing, each class by its size. Where classes make no difference, what is missing
   * in all does: so little that no class gives way to it.
   */
  const costOf = ({ counts }: Unit, split: SplitName, sign: 1 | -1): number => {
    let cost = 0;
    let size = 0;
    for (const [label, count] of counts) {
      cost += (count * count - 2 * sign * count * missing[split][label]!) / ofClass[label]!;
      size += count;
    }
    return cost + (size * size - 2 * sign * size * missingInAll[split]) / (10 * all * all);
  };
  const put = ({ counts }: Unit, split: SplitName, sign: 1 | -1): void => {
    for (const [label, count] of counts) {
      missing[split][label]! -= sign * count;
      missingInAll[split] -= sign * count;
    }
  };
  const open = splitNames.filter((split) => wanted[split].some((count) => count > 0));
  const cheapest = (unit: Unit, among: readonly SplitName[]): SplitName =>
    among.reduce((best, split) => (costOf(unit, split, 1) < costOf(unit, best, 1) - rounding ? split : best));

  const splits = units.map((unit): SplitName => {
    const split = cheapest(unit, open);
    put(unit, split, 1);
    return split;
  });
  for (let walk = 0, moved = 1; walk < mostWalks && moved > 0; walk++) {
    moved = 0;
    for (const [index, unit] of units.entries()) {
      const from = splits[index]!;
      const away = costOf(unit, from, -1);
      put(unit, from, -1);
      const to = cheapest(unit, [from, ...open.filter((split) => split !== from)]);
      const isBetter = to !== from && costOf(unit, to, 1) + away < -rounding;
      put(unit, isBetter ? to : from, 1);
      if (!isBetter) continue;
      splits[index] = to;
      moved++;
    }
  }
  for (const split of open) if (split !== "train" && !splits.includes(split)) fill(split);
  return splits;

  /** A split that is asked for has something: of the training pictures, what costs least. */
  function fill(split: SplitName): void {
    const training = units.flatMap((unit, index) => (splits[index] === "train" ? [{ unit, index }] : []));
    if (training.length < 2) return;
    const costs = training.map(({ unit }) => costOf(unit, "train", -1) + costOf(unit, split, 1));
    const { unit, index } = training[costs.indexOf(costs.reduce((least, cost) => Math.min(least, cost)))]!;
    put(unit, "train", -1);
    put(unit, split, 1);
    splits[index] = split;
  }
}
