import { expect, test } from "vitest";
import { noisyLabels, smoothedTargets } from "../../src-main/batches/targets.ts";
import { noiseRows, wrongShare } from "../../src-main/domain/pictures/noise-rows.ts";
import { targetEntropy } from "../../src-main/domain/runs/objective-floor.ts";

test("without smoothing targets are exactly one-hot, and their entropy is 0", () => {
  expect([...smoothedTargets([2, 0], 3, 0)]).toEqual([0, 0, 1, 1, 0, 0]);
  expect(targetEntropy(10, 0)).toBe(0);
});

test("smoothing takes ε from the true class and spreads it evenly over all", () => {
  const [wrong, right] = [Math.fround(0.05), Math.fround(0.85)];
  expect([...smoothedTargets([1], 4, 0.2)]).toEqual([wrong, right, wrong, wrong]);
});

// Probability of the true class and entropy in nats at ε = 0.1, by hand from (1 − ε) + ε/K and −Σ q ln q.
test.each([
  [2, 0.95, 0.1985],
  [5, 0.92, 0.3897],
  [10, 0.91, 0.5003],
  [100, 0.901, 0.7778],
  [1000, 0.9001, 1.0148],
])("with %i classes and ε = 0.1 the true class has %f and the floor is %f nats", (classes, right, floor) => {
  expect(smoothedTargets([0], classes, 0.1)[0]).toBeCloseTo(right, 6);
  expect(targetEntropy(classes, 0.1)).toBeCloseTo(floor, 4);
});

test("a label that is no class is a broken invariant", () => {
  expect(() => smoothedTargets([3], 3, 0)).toThrow("label 3 is none of 3 classes");
});

const symmetric = { kind: "symmetric" } as const;
const labels = Int32Array.from({ length: 1_000 }, (_, position) => position % 10);
const wrongAt = (noisy: Int32Array) => [...noisy.keys()].filter((position) => noisy[position] !== labels[position]);

test("exactly the share asked for is wrong, and is wrong in every way about equally often", () => {
  const noisy = noisyLabels(labels, 10, { ...symmetric, share: 0.2, seed: 1 });
  expect(wrongAt(noisy).length).toBe(200);
  expect(wrongAt(noisyLabels(labels, 10, { ...symmetric, share: 1, seed: 1 })).length).toBe(1_000);
  const offsets = new Int32Array(10);
  for (const position of labels.keys())
    offsets[((noisyLabels(labels, 10, { ...symmetric, share: 1, seed: 1 })[position] ?? 0) - position + 1_000) % 10]!++;
  expect(offsets[0]).toBe(0);
  expect(Math.min(...offsets.subarray(1))).toBeGreaterThan(70);
});

test("the same seed gives the same wrong labels, and more noise keeps those of less", () => {
  const little = noisyLabels(labels, 10, { ...symmetric, share: 0.1, seed: 7 });
  const much = noisyLabels(labels, 10, { ...symmetric, share: 0.4, seed: 7 });
  expect(noisyLabels(labels, 10, { ...symmetric, share: 0.1, seed: 7 })).toEqual(little);
  expect(noisyLabels(labels, 10, { ...symmetric, share: 0.1, seed: 8 })).not.toEqual(little);
  for (const position of wrongAt(little)) expect(much[position]).toBe(little[position]);
});

test("no noise leaves the labels, and two classes swap", () => {
  expect(noisyLabels(labels, 10, { ...symmetric, share: 0, seed: 1 })).toEqual(labels);
  expect([...noisyLabels([0, 1, 1], 2, { ...symmetric, share: 1, seed: 1 })]).toEqual([1, 0, 0]);
});

test("noise to a paired class makes the same pictures wrong, as the class behind theirs", () => {
  const pair = noisyLabels(labels, 10, { kind: "pair", share: 0.2, seed: 1 });
  expect(wrongAt(pair)).toEqual(wrongAt(noisyLabels(labels, 10, { ...symmetric, share: 0.2, seed: 1 })));
  for (const position of wrongAt(pair)) expect(pair[position]).toBe((labels[position]! + 1) % 10);
});

const classNames = ["cat", "dog", "ship"];
const ofThree = Int32Array.from({ length: 600 }, (_, position) => (position < 400 ? 0 : position < 500 ? 1 : 2));
const byMatrix = (share: number, seed = 1) =>
  noisyLabels(ofThree, 3, {
    ...{ kind: "matrix", share, seed },
    rows: noiseRows("cat,dog,0.2\ncat,ship,0.05\ndog,ship,1", classNames),
  });
const became = (noisy: Int32Array) =>
  classNames.map((_, from) =>
    classNames.map((__, to) => noisy.filter((label, position) => ofThree[position] === from && label === to).length),
  );

test("noise by a matrix makes exactly its shares of each class another", () => {
  expect(became(byMatrix(1))).toEqual([
    [300, 80, 20],
    [0, 0, 100],
    [0, 0, 100],
  ]);
  expect(became(byMatrix(0.5))).toEqual([
    [350, 40, 10],
    [0, 50, 50],
    [0, 0, 100],
  ]);
  expect(became(byMatrix(0))[0]).toEqual([400, 0, 0]);
});

test("which pictures those are follows from the seed, and more of a matrix keeps the wrong labels of less", () => {
  expect(byMatrix(0.5)).toEqual(byMatrix(0.5));
  expect(byMatrix(0.5, 2)).not.toEqual(byMatrix(0.5));
  for (let share = 0.05; share < 1; share += 0.05) {
    const [less, more] = [byMatrix(share - 0.05), byMatrix(share)];
    for (const [position, label] of less.entries()) if (label !== ofThree[position]) expect(more[position]).toBe(label);
  }
});

test("as many labels are wrong as is said before", () => {
  const matrix = { labelNoiseKind: "matrix", noiseMatrix: "cat,dog,0.2\ncat,ship,0.05\ndog,ship,1" } as const;
  const classes = [400, 100, 100].map((train, place) => ({ name: classNames[place]!, train }));
  for (const labelNoise of [0, 0.03, 0.5, 1]) {
    const wrong = byMatrix(labelNoise).filter((label, position) => label !== ofThree[position]).length;
    expect(wrongShare({ ...matrix, labelNoise }, classes)).toBe(wrong / 600);
  }
});
