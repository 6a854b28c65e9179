import { describe, expect, test } from "vitest";
import {
  clusterTightness,
  onPlane,
  planeThrough,
  suggestedClasses,
  templateOf,
} from "../../src-main/domain/class-plane.ts";
import { createRandom } from "../../src-main/platform/random.ts";

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
  const never = () => 0;

  test("is the mean squared distance from the class's mean over that between the means", () => {
    // Within: 1 and 4, so 2.5 on average; the means are 10 apart.
    const groups = [
      [
        [-1, 0],
        [1, 0],
      ],
      [
        [10, 2],
        [10, -2],
      ],
    ];
    expect(clusterTightness(groups, never)!.ratio).toBeCloseTo(2.5 / 100, 12);
    const moved = groups.map((group) => group.map((values) => values.map((value) => 3 * value + 1_000)));
    expect(clusterTightness(moved, never)!.ratio).toBeCloseTo(2.5 / 100, 9);
  });

  test("has an interval that holds the truth about as often as it says", () => {
    // Two classes in one dimension, deviation 1, means 2 apart: the ratio of infinitely many pictures is 1/4.
    const random = createRandom(5, "tightness");
    let held = 0;
    for (let trial = 0; trial < 60; trial++) {
      const groups = [0, 2].map((mean) => Array.from({ length: 80 }, () => [mean + random.normal()]));
      const { low, high } = clusterTightness(groups, random.integer)!;
      if (low <= 0.25 && 0.25 <= high) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(51);
    expect(held).toBeLessThan(60);
  });

  test("is not there of a class with one picture, or of classes with one mean", () => {
    expect(clusterTightness([[[1]], [[2], [3]]], never)).toBeNull();
    expect(
      clusterTightness(
        [
          [[0], [2]],
          [[1], [1]],
        ],
        never,
      ),
    ).toBeNull();
  });
});
