/** What a confusion matrix says of each class, and of all as equals. */

/** Counts of pictures: `counts[trueClass][answer]`. */
export type ConfusionCounts = readonly (readonly number[])[];

/** Of one class. A share of no pictures has no value. */
export interface ClassFigures {
  /** Pictures of the class. */
  readonly pictures: number;
  /** Answers that name it. */
  readonly answers: number;
  readonly right: number;
  /** Of the answers that name it, those that are right; null where none does. */
  readonly precision: number | null;
  /** Of its pictures, those that are known; null where it has none. */
  readonly recall: number | null;
  /** Harmonic mean of both, 2·right/(pictures + answers); null where the class is neither there nor named. */
  readonly f1: number | null;
}

export interface MacroFigures {
  readonly pictures: number;
  readonly accuracy: number;
  /** Mean recall of the classes that have pictures. */
  readonly balancedAccuracy: number;
  /** Means over the classes that have pictures; where none of the answers names one, its precision counts as 0. */
  readonly precision: number;
  readonly f1: number;
  /** Classes that have pictures. */
  readonly classes: number;
  /** Share of the largest class: what the answer that always names it would get. */
  readonly largestShare: number;
}

export function classFigures(counts: ConfusionCounts): readonly ClassFigures[] {
  return counts.map((row, place) => {
    const pictures = sumOf(row);
    const answers = sumOf(counts.map((other) => other[place] ?? 0));
    const right = row[place] ?? 0;
    return {
      ...{ pictures, answers, right },
      precision: answers === 0 ? null : right / answers,
      recall: pictures === 0 ? null : right / pictures,
      f1: pictures + answers === 0 ? null : (2 * right) / (pictures + answers),
    };
  });
}

/** Null for no pictures. */
export function macroFigures(figures: readonly ClassFigures[]): MacroFigures | null {
  const there = figures.filter(({ pictures }) => pictures > 0);
  if (there.length === 0) return null;
  const mean = (of: (one: ClassFigures) => number | null) => sumOf(there.map((one) => of(one) ?? 0)) / there.length;
  const pictures = sumOf(there.map((one) => one.pictures));
  return {
    pictures,
    accuracy: sumOf(there.map(({ right }) => right)) / pictures,
    balancedAccuracy: mean(({ recall }) => recall),
    precision: mean(({ precision }) => precision),
    f1: mean(({ f1 }) => f1),
    classes: there.length,
    largestShare: Math.max(...there.map((one) => one.pictures)) / pictures,
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
