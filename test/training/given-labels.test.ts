import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Example } from "../../src-main/datasets/example.ts";
import { splitInFold } from "../../src-main/domain/experiments/folds.ts";
import { givenLabelsOf, wrongShareOf } from "../../src-main/training/given-labels.ts";
import { compactInception } from "../support/sample-views.ts";

const examples = Array.from({ length: 400 }, (_, index) => ({
  ...{ index, label: index % 2, split: "train" },
  contentHash: createHash("sha256").update(String(index)).digest("hex"),
})) as readonly object[] as readonly Example[]; // where a picture lies says nothing of its label
const dataset = { classNames: ["cat", "dog"], examples };
const given = (training: Partial<typeof compactInception.training>) =>
  givenLabelsOf(dataset, { seed: 1, training: { ...compactInception.training, ...training } });
const wrongOf = (labels: Int32Array, pictures = examples) =>
  pictures.filter(({ index, label }) => labels[index] !== label);
const folds = [1, 2, 3, 4, 5].map((index) => ({ index, count: 5 }));

test("a matrix has exact counts of the pictures that are trained on, whichever fold is held out", () => {
  const matrix = { labelNoise: 1, labelNoiseKind: "matrix", noiseMatrix: "cat,dog,0.3" } as const;
  for (const fold of folds) {
    const labels = given({ ...matrix, fold });
    const trained = examples.filter((example) => splitInFold(example, fold) === "train");
    const wrong = wrongOf(labels, trained);
    expect(wrong).toHaveLength(Math.round(trained.filter(({ label }) => label === 0).length * 0.3));
    expect(wrongOf(labels)).toEqual(wrong);
    expect(wrongShareOf(dataset, labels, fold)).toBe(wrong.length / trained.length);
  }
});

test("of the other kinds a picture has the same label in every fold", () => {
  const labels = given({ labelNoise: 0.3 });
  expect(wrongOf(labels)).toHaveLength(120);
  for (const fold of folds) expect(given({ labelNoise: 0.3, fold })).toEqual(labels);
});
