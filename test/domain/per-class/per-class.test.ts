import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ConfusionCounts, classFigures, macroFigures } from "../../../src-main/domain/per-class/class-figures.ts";
import { similarOrder } from "../../../src-main/domain/per-class/similar-order.ts";

describe("figures of each class", () => {
  // Cats: 8 known of 10. Dogs: 3 known of 5. No hen, and two answers that name one.
  const counts = [
    [8, 1, 1],
    [1, 3, 1],
    [0, 0, 0],
  ];

  it("are precision, recall and F1 by hand, and none where there is nothing to divide by", () => {
    expect(classFigures(counts)).toEqual([
      { pictures: 10, answers: 9, right: 8, precision: 8 / 9, recall: 0.8, f1: 16 / 19 },
      { pictures: 5, answers: 4, right: 3, precision: 0.75, recall: 0.6, f1: 6 / 9 },
      { pictures: 0, answers: 2, right: 0, precision: 0, recall: null, f1: 0 },
    ]);
    expect(classFigures([[0]])).toEqual([
      { pictures: 0, answers: 0, right: 0, precision: null, recall: null, f1: null },
    ]);
  });

  it("are averaged over the classes that have pictures", () => {
    expect(macroFigures(classFigures(counts))).toEqual({
      pictures: 15,
      accuracy: 11 / 15,
      balancedAccuracy: 0.7,
      precision: (8 / 9 + 0.75) / 2,
      f1: (16 / 19 + 6 / 9) / 2,
      classes: 2,
      largestShare: 10 / 15,
    });
    expect(macroFigures(classFigures([[0]]))).toBeNull();
  });

  it("are what scikit-learn says of recorded runs", () => {
    const file = new URL("../references/calibration.json", import.meta.url);
    const { runs } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly runs: readonly { readonly perClass: Answers }[];
    };
    expect(runs.length).toBeGreaterThan(1);
    for (const { perClass } of runs) {
      const figures = classFigures(perClass.confusion);
      figures.forEach((one, place) => {
        for (const name of ["precision", "recall", "f1"] as const)
          expect(one[name] ?? Number.NaN, `${name} ${place}`).toBeCloseTo(perClass[name][place] ?? Number.NaN, 9);
        expect(one.pictures).toBe(perClass.support[place]);
      });
      expect(macroFigures(figures)!.balancedAccuracy).toBeCloseTo(perClass.balancedAccuracy, 9);
    }
  });
});

interface Answers {
  readonly confusion: ConfusionCounts;
  readonly precision: readonly (number | null)[];
  readonly recall: readonly (number | null)[];
  readonly f1: readonly (number | null)[];
  readonly support: readonly number[];
  readonly balancedAccuracy: number;
}

describe("the order by similarity", () => {
  it("puts classes side by side that are taken for one another", () => {
    // Cats and dogs are mixed up, and cars and lorries; they are listed in turns.
    const counts = [
      [7, 0, 3, 0],
      [0, 8, 0, 2],
      [2, 0, 8, 0],
      [0, 1, 0, 9],
    ];
    expect(similarOrder(counts)).toEqual([0, 2, 1, 3]);
  });

  it("lets the likeliest ends of two groups meet", () => {
    // 0 and 1 are the most alike, then 0 and 2.
    const counts = [
      [10, 6, 4],
      [6, 10, 0],
      [4, 0, 10],
    ];
    expect(similarOrder(counts)).toEqual([1, 0, 2]);
  });

  it("is the classes' own where nothing is mixed up", () => {
    expect(
      similarOrder([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual([0, 1]);
  });
});
