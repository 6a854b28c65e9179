/** What a trained network makes of pictures, layer by layer: told in figures that the test works out anew from what each row gives for one picture. */
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawPicture } from "../../src-main/datasets/draw/draw-picture.ts";
import type { Example } from "../../src-main/datasets/example.ts";
import { createCka } from "../../src-main/domain/inspections/cka.ts";
import { wilsonInterval } from "../../src-main/domain/statistics/wilson-interval.ts";
import { createClient } from "../../src-main/engine/calls/client.ts";
import { openWeights, usedWeights } from "../../src-main/models/weights-file.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { experimentOf } from "../support/experiment-of.ts";
import { plainTraining } from "../support/plain-training.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

const source = { kind: "drawn", pictures: 200, pixels: 32, difficulty: 0.2, seed: 3 } as const;
const client = createClient(new AbortController().signal);

let test: TestEngine;
let from: { readonly kind: "run"; readonly runId: number };
beforeAll(async () => {
  test = await startEngine({ trainerEntry: undefined });
  const { runIds } = await test.engine.scheduling.start(
    experimentOf({
      ...requestFor(1).configuration,
      dataset: source,
      model: { id: "lenet5", inputPixels: 32, width: 1 },
      training: { ...plainTraining, epochs: 2, batchSize: 8 },
    }),
  );
  from = { kind: "run", runId: runIds[0]! };
  expect(await whenOver(test.engine, from.runId)).toMatchObject({ state: "finished" });
});
afterAll(() => test.close());

function examplesOf(split: Example["split"]) {
  const store = openStore(test.paths.database);
  const { id } = store.runs.get(from.runId).dataset;
  const found = store.datasets.examplesOfSplit(id, split);
  store.close();
  return found;
}

/** What a row gives for a picture of the data set, asked for by itself. */
async function valuesAt(row: string, index: number): Promise<Float32Array> {
  const raw = { width: 32, height: 32, channels: 3 } as const;
  const bytes = await sharp(drawPicture(source, index), { raw }).png().toBuffer();
  const { id } = test.engine.inference.hold({ upload: 1, part: bytes.toString("base64"), isLast: true }, client)!;
  return (await test.engine.inference.activations(from, id, row)).values;
}

describe("three classes in front of the last layer", () => {
  it("lie on the plane through their templates, each picture where its own values have it", async () => {
    const { classNames } = await test.engine.inference.network(from);
    const { places, row, channels, splits } = await test.engine.inference.classPlane({ from, places: [4, 1, 7] });
    expect({ places, row, channels, splits: splits.map(({ split }) => split) }).toEqual({
      ...{ places: [4, 1, 7], row: "F6", channels: 84 },
      splits: ["train", "validation"],
    });
    const path = test.engine.weights.pathOf(from.runId, null);
    const file = openWeights(path);
    const kernel = usedWeights(file, path).read("OUTPUT/kernel");
    file.close();
    const template = (place: number) => Array.from({ length: 84 }, (_, input) => kernel[input * 10 + place]!);
    const [first, second] = [template(4), template(1)];
    const across = second.map((value, at) => value - first[at]!);
    const length = Math.hypot(...across);
    const [, validation] = splits;
    const examples = [4, 1, 7].flatMap((place, group) =>
      examplesOf("validation")
        .filter(({ label }) => datasetClass(label) === classNames![place])
        .map((example) => ({ ...example, group })),
    );
    expect(validation).toMatchObject({ pictures: examples.length, all: examples.length });
    for (const [at, { index, group }] of examples.entries()) {
      const values = await valuesAt("F6", index);
      const x = across.reduce((sum, value, input) => sum + (value / length) * (values[input]! - first[input]!), 0);
      expect(validation!.points[at]!.group).toBe(group);
      expect(validation!.points[at]!.x).toBeCloseTo(x, 3);
    }
  });

  it("are suggested where none are named, and must be three of its own", async () => {
    const { places } = await test.engine.inference.classPlane({ from, places: null });
    expect(new Set(places).size).toBe(3);
    await expect(test.engine.inference.classPlane({ from, places: [0, 1, 10] })).rejects.toMatchObject({
      code: "inference.no-class",
    });
  });
});

describe("how alike two layers are", () => {
  it("is what the values of each picture give: 1 of a layer with itself, and symmetric", async () => {
    const { rows, values, ...rest } = await test.engine.inference.layerSimilarity([from, from]);
    const examples = examplesOf("validation");
    expect(rows).toEqual([
      ["C1", "C3", "C5", "F6", "OUTPUT"],
      ["C1", "C3", "C5", "F6", "OUTPUT"],
    ]);
    const full = Math.floor(examples.length / 8) * 8;
    expect(rest).toEqual({ split: "validation", pictures: full, batchSize: 8, all: examples.length });
    for (const [at, row] of values.entries()) {
      expect(row[at]).toBeCloseTo(1, 4);
      for (const [place, value] of row.entries()) expect(value).toBeCloseTo(values[place]![at]!, 4);
    }
    const shuffled = createRandom(0, "similarity").shuffle([...examples]);
    const [one, other] = [createCka(1, 1), await Promise.all(shuffled.map(({ index }) => valuesAt("F6", index)))];
    const first = await Promise.all(shuffled.map(({ index }) => valuesAt("C1", index)));
    for (let start = 0; start < full; start += 8)
      one.add([gramOf(first.slice(start, start + 8))], [gramOf(other.slice(start, start + 8))], 8);
    expect(values[0]![3]).toBeCloseTo(one.values()[0]![0]!, 4);
  });
});

describe("how much of the class a layer tells", () => {
  it("is asked of validation pictures that the classifier did not learn from, at each layer and of the pixels", async () => {
    const { layers, pixels, train, validation } = await test.engine.inference.layerProbes({ from, hasPixels: true });
    const [learned, asked] = [examplesOf("train").length, examplesOf("validation").length];
    expect({ train, validation }).toEqual({
      train: { pictures: learned, all: learned },
      validation: { pictures: asked, all: asked },
    });
    expect(layers.map(({ row, channels }) => [row, channels])).toEqual([
      ["C1", 6],
      ["C3", 16],
      ["C5", 120],
      ["F6", 84],
      ["OUTPUT", 10],
    ]);
    expect(pixels).toMatchObject({ row: "pixels", channels: 32 * 32 * 3, side: 32 });
    for (const { share, interval } of [...layers, pixels!]) {
      expect(share * asked).toBeCloseTo(Math.round(share * asked), 9);
      expect(interval).toEqual(wilsonInterval(share, asked));
    }
    const { pixels: none } = await test.engine.inference.layerProbes({ from, hasPixels: false });
    expect(none).toBeNull();
  });
});

function gramOf(pictures: readonly Float32Array[]): number[] {
  const means = Float64Array.from(
    pictures[0]!,
    (_, at) => pictures.reduce((sum, own) => sum + own[at]!, 0) / pictures.length,
  );
  const dot = (a: Float32Array, b: Float32Array) =>
    means.reduce((sum, mean, at) => sum + (a[at]! - mean) * (b[at]! - mean), 0);
  return pictures.flatMap((one) => pictures.map((other) => dot(one, other)));
}

function datasetClass(label: number): string | undefined {
  const store = openStore(test.paths.database);
  const { classes } = store.datasets.view(store.runs.get(from.runId).dataset.id);
  store.close();
  return classes[label]?.name;
}
