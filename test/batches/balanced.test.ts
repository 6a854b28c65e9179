import { expect, it } from "vitest";
import { balancedClassWeights } from "../../src-main/batches/class-weights.ts";
import { balancedOrder } from "../../src-main/batches/epoch-order.ts";

/** Nine cats, two dogs and a hen; no picture of class 2. */
const labels = [0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1];

it("weights are n/(K·n_c) over the classes that have pictures, and 1 on average over the pictures", () => {
  const weights = balancedClassWeights(labels, 4);
  expect([...weights]).toEqual([Math.fround(12 / 27), 2, 0, 4]);
  const mean = labels.reduce((sum, label) => sum + weights[label]!, 0) / labels.length;
  expect(mean).toBeCloseTo(1, 6);
});

it("a balanced epoch has as many pictures as there are, and as many of each class", () => {
  const drawn = [...balancedOrder(labels, 1, 1)];
  expect(drawn).toHaveLength(12);
  const ofClass = (label: number) => drawn.filter((position) => labels[position] === label);
  expect([0, 1, 3].map((label) => ofClass(label).length)).toEqual([4, 4, 4]);
  // No cat twice while there are others; the dogs each as often as the other.
  expect(new Set(ofClass(0)).size).toBe(4);
  expect(ofClass(1).sort((a, b) => a - b)).toEqual([4, 4, 11, 11]);
  expect(ofClass(3)).toEqual([8, 8, 8, 8]);
});

it("is the same for the same seed and epoch, and another for each epoch", () => {
  expect(balancedOrder(labels, 1, 2)).toEqual(balancedOrder(labels, 1, 2));
  expect(balancedOrder(labels, 1, 2)).not.toEqual(balancedOrder(labels, 1, 3));
  expect(balancedOrder(labels, 2, 2)).not.toEqual(balancedOrder(labels, 1, 2));
});

it("gives what does not divide to one class each, to others in another epoch", () => {
  const even = [0, 1, 2, 0, 1, 2, 0];
  const most = [1, 2, 3, 4, 5, 6, 7, 8].map((epoch) => {
    const drawn = [...balancedOrder(even, 1, epoch)].map((position) => even[position]!);
    const counts = [0, 1, 2].map((label) => drawn.filter((one) => one === label).length);
    expect([...counts].sort()).toEqual([2, 2, 3]);
    return counts.indexOf(3);
  });
  expect(new Set(most).size).toBeGreaterThan(1);
});

it("of no pictures is none", () => {
  expect(balancedOrder([], 1, 1)).toEqual(new Int32Array(0));
});
