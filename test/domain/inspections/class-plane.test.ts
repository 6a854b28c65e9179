import { describe, expect, test } from "vitest";
import {
  clusterTightness,
  onPlane,
  planeThrough,
  suggestedClasses,
  templateOf,
} from "../../../src-main/domain/inspections/class-plane.ts";
import { createRandom } from "../../../src-main/platform/random.ts";

describe("the plane through three classes' templates", () => {
  const [first, second, third] = [
    [1, 2, 0, 1],
    [4, 2, 4, 1],
    [1, 5, 0, 1],
  ] as const;
  const plane = planeThrough(first, second, third)!;

  test("has all three on it, as far apart as they are", () => {
    const places = [first, second, third].map((template) => onPlane(plane, template));
    expect(places[0]).toEqual([0, 0]);
    expect(places[1]![0]).toBeCloseTo(5, 12);
    expect(places[1]![1]).toBeCloseTo(0, 12);
    expect(places[2]![0]).toBeCloseTo(0, 12);
    expect(places[2]![1]).toBeCloseTo(3, 12);
  });

  test("has the foot of a point that is not on it: what is at right angles to the plane changes nothing", () => {
    const foot = onPlane(plane, [2, 3, 2, 1]);
    // (−4, 0, 3, 0) and (0, 0, 0, 1) are at right angles to both directions.
    const moved = onPlane(plane, [2 - 4, 3, 2 + 3, 8]);
    expect(moved[0]).toBeCloseTo(foot[0], 12);
    expect(moved[1]).toBeCloseTo(foot[1], 12);
  });

  test("is not there where they lie on one line", () => {
    expect(planeThrough([0, 0, 0], [1, 1, 1], [3, 3, 3])).toBeNull();
    expect(planeThrough([1, 1], [1, 1], [2, 3])).toBeNull();
  });
});

describe("the classes that are suggested", () => {
  // Columns: (1, 0), (0, 1), (0.9, 0.2), (−1, −1); a part that all share must not count.
  const shared = [100, -50];
  const kernel = [
    [1, 0, 0.9, -1].map((value) => value + shared[0]!),
    [0, 1, 0.2, -1].map((value) => value + shared[1]!),
  ].flat();
  const templates = { inputs: 2, classes: 4, kernel };

  test("are the two with the most alike templates, and the one that is like neither", () => {
    expect(suggestedClasses(templates)).toEqual([0, 2, 3]);
    expect([...templateOf(templates, 2)]).toEqual([100.9, -49.8]);
  });

  test("are none of two classes", () => {
    expect(suggestedClasses({ inputs: 1, classes: 2, kernel: [1, 2] })).toBeNull();
  });
});

describe("how close a class's pictures lie together", () => {
  test("is the mean squared distance from the class's mean over that between the means, each as more pictures would have it", () => {
    const groups = [
      [[-1], [0], [1]],
      [[8], [10], [12]],
    ];
    // Variances 1 and 4, means 10 apart less the noise of both.
    const truth = 2.5 / (100 - 1 / 3 - 4 / 3);
    expect(clusterTightness(groups)!.ratio).toBeCloseTo(truth, 12);
    const moved = groups.map((group) => group.map((values) => values.map((value) => 3 * value + 1_000)));
    expect(clusterTightness(moved)!.ratio).toBeCloseTo(truth, 9);
  });

  /** Three classes in so many dimensions, deviation 1 in each, means at equal distances: what more pictures come to is `truth`. */
  const drawnClasses = (seed: number, pictures: number, dimensions: number, truth: number) => {
    const random = createRandom(seed, "tightness");
    const side = Math.sqrt(dimensions / truth / 2);
    return [0, 1, 2].map((place) =>
      Array.from({ length: pictures }, () =>
        Array.from({ length: dimensions }, (_, at) => random.normal() + (at === place ? side : 0)),
      ),
    );
  };

  test.each([
    [10, 64],
    [20, 64],
    [100, 16],
    [30, 3],
  ])(
    "has an interval that holds the truth about as often as it says, of %i pictures a class in %i dimensions",
    (pictures, dimensions) => {
      let [held, sum] = [0, 0];
      for (let trial = 0; trial < 60; trial++) {
        const { ratio, low, high } = clusterTightness(drawnClasses(trial, pictures, dimensions, 0.5))!;
        if (low <= 0.5 && 0.5 <= high) held += 1;
        expect(low <= ratio && ratio <= high).toBe(true);
        sum += ratio;
      }
      expect(held).toBeGreaterThanOrEqual(52);
      expect(sum / 60).toBeGreaterThan(0.46);
      expect(sum / 60).toBeLessThan(0.54);
    },
  );

  test("is 0 of classes that are points, and not there of a class with two pictures or of classes with one mean", () => {
    const points = [0, 1].map((value) => [[value], [value], [value]]);
    expect(clusterTightness(points)).toEqual({ ratio: 0, low: 0, high: 0 });
    expect(
      clusterTightness([
        [[1], [2]],
        [[2], [3], [4]],
      ]),
    ).toBeNull();
    expect(clusterTightness([0, 1].map(() => [[0], [1], [2]]))).toBeNull();
  });
});
