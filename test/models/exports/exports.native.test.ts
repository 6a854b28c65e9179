/** Weights in every format that they leave in. One file, though a long one: all read the few exports that are made once at its start. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ExportFormat, imagenetPixels } from "../../../src-main/contract/weights.ts";
import { buildNetwork } from "../../../src-main/models/build.ts";
import { exportWeights } from "../../../src-main/models/exports/export-weights.ts";
import { writeSavedModel } from "../../../src-main/models/exports/saved-model.ts";
import { importWeights } from "../../../src-main/models/import-weights.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";
import { openWeights, type WeightsDescription, writeWeights } from "../../../src-main/models/weights-file.ts";
import { createRandom, type Random } from "../../../src-main/platform/random.ts";
import { openSafetensors } from "../../../src-main/platform/safetensors.ts";
import { sha256OfFile } from "../../../src-main/platform/sha256-of-file.ts";
import { scalePixels, uploadPixels } from "../../../src-main/tensorflow/kernels/pixels.ts";
import { backend, tf } from "../../../src-main/tensorflow/runtime.ts";
import { fillFromFile } from "../../../src-main/training/initial-weights.ts";
import { compactInception } from "../../support/sample-views.ts";

const home = mkdtempSync(join(tmpdir(), "strata-exports-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

const side = 32;
const pictures = 3;
const classNames = ["ant", "bee", "cat", "dog", "elk"];

const valuesAt = (pixels: number) =>
  Uint8Array.from({ length: pictures * pixels * pixels * 3 }, (_, at) => (at * 7919) % 256);
const values = valuesAt(side);

function offsets(count: number, random: Random): Float32Array {
  return Float32Array.from({ length: count }, () => 0.2 * random.uniform());
}

interface Made {
  readonly path: string;
  /** Of the pictures above, picture after picture. */
  readonly logits: readonly number[];
}

const allMade = new Map<string, Made>();

/** A network in a file, and its own predictions: made once for all tests, which leave the file as it is. */
function made(id: string, width = 0.1, inputPixels = side): Made {
  const name = `${id} ${width} ${inputPixels}`;
  const network = allMade.get(name) ?? makeNetwork(name, id, { inputPixels, width });
  allMade.set(name, network);
  return network;
}

function makeNetwork(name: string, id: string, scale: { readonly inputPixels: number; readonly width: number }): Made {
  const architecture = scaleArchitecture(findArchitecture(id), scale);
  const options = { classes: classNames.length, seed: 1, dropout: null, auxiliaryWeight: null };
  const network = buildNetwork(architecture, options);
  const random = createRandom(1, id);
  const pixels = uploadPixels(valuesAt(scale.inputPixels), pictures, scale.inputPixels);
  const path = join(home, `${name}.safetensors`);
  try {
    // Kernels are drawn by the seed; what begins as 0 or 1 differs by channel from here on.
    for (const { variable } of network.weights.filter((weight) => !weight.isDecayed))
      tf.tidy(() => variable.assign(variable.add(tf.tensor(offsets(variable.size, random), variable.shape))));
    const scaled = scalePixels(pixels, imagenetPixels);
    const { logits } = network.forward(scaled, { isTraining: false, dropoutSeed: 0 });
    const description: WeightsDescription = {
      ...{ formatVersion: 1, layout: "strata", architecture: id, ...scale, classes: classNames.length, classNames },
      ...{ preprocessing: imagenetPixels, trained: null },
    };
    const tensors = network.weights.map(({ name, variable }) => ({
      ...{ name, shape: variable.shape },
      values: () => variable.dataSync() as Float32Array,
    }));
    writeWeights(path, description, tensors);
    const known = [...logits.dataSync()];
    tf.dispose([scaled, logits]);
    return { path, logits: known };
  } finally {
    network.dispose();
    pixels.dispose();
  }
}

function exported({ path }: Made, format: ExportFormat): string {
  const folder = join(mkdtempSync(join(home, "out-")), format);
  exportWeights({ path, format, folder });
  return folder;
}

/** Largest difference, and that of probabilities, which sum to 1 a picture. */
function expectPredictions(
  logits: readonly number[],
  probabilities: readonly number[],
  known: readonly number[],
): void {
  expect(logits).toHaveLength(known.length);
  expect(Math.max(...logits.map((value, at) => Math.abs(value - known[at]!)))).toBeLessThan(1e-4);
  expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(known.length / classNames.length, 4);
}

/** Two towers and response normalisation; batch normalisation and padded average pools; branches with max pools. */
const networks = ["alexnet", "inception-v3-torchvision", "googlenet", "zfnet"];

const python = fileURLToPath(new URL("../../../out/peers/bin/python", import.meta.url));

describe("a SavedModel", () => {
  test.each(networks)("of %s gives the network's predictions, for any number of pictures", (id) => {
    const network = made(id);
    const session = backend.binding.loadSavedModel(exported(network, "saved-model"), "serve");
    try {
      for (const count of [pictures, 1]) {
        const input = uploadPixels(values.slice(0, count * side * side * 3), count, side);
        const nodes = "serve/output_logits:0,serve/output_probabilities:0";
        const ids = backend.getInputTensorIds([input]);
        const predictions = backend.binding
          .runSavedModel(session, ids, "serve/input_input:0", nodes)
          .map((output) => backend.createOutputTensor(output));
        const [logits, probabilities] = predictions.map((prediction) => [...prediction.dataSync()]);
        expectPredictions(logits!, probabilities!, network.logits.slice(0, count * classNames.length));
        tf.dispose([input, ...predictions]);
      }
    } finally {
      backend.binding.deleteSavedModel(session);
    }
  });

  test.skipIf(!existsSync(python))(
    "is loaded by TensorFlow in Python (left out without npm run bench:peers' set-up)",
    () => {
      const network = made("inception-v3-torchvision");
      const script = fileURLToPath(new URL("load-saved-model.py", import.meta.url));
      const said = execFileSync(python, [script, exported(network, "saved-model"), String(side)], {
        ...{ input: values, stdio: ["pipe", "pipe", "ignore"] },
      });
      const rows = z.array(z.array(z.number()));
      const served = z.object({ logits: rows, probabilities: rows }).parse(JSON.parse(said.toString()));
      expectPredictions(served.logits.flat(), served.probabilities.flat(), network.logits);
    },
  );
});

describe("a TensorFlow.js graph model", () => {
  const manifest = z.object({
    modelTopology: z.looseObject({}),
    signature: z.looseObject({ outputs: z.record(z.string(), z.object({ name: z.string() })) }),
    weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(z.looseObject({})) })),
  });

  test.each(networks)("of %s gives the network's predictions in plain JavaScript", async (id) => {
    const network = made(id);
    const folder = exported(network, "tfjs");
    const model = manifest.parse(JSON.parse(readFileSync(join(folder, "model.json"), "utf8")));
    const [group] = model.weightsManifest;
    const shards = group!.paths.map((path) => readFileSync(join(folder, path)));
    for (const shard of shards) expect(shard.length).toBeLessThanOrEqual(4 * 2 ** 20);
    await tf.setBackend("cpu");
    try {
      const { modelTopology, signature } = model;
      const loaded = await tf.loadGraphModel(
        tf.io.fromMemory({
          ...{ modelTopology, signature, weightData: new Uint8Array(Buffer.concat(shards)).buffer },
          // As the file has them, which is what this test is about.
          weightSpecs: group!.weights as unknown as Parameters<typeof tf.io.encodeWeights>[0] & never[],
        }),
      );
      const input = tf.tensor(Array.from(values), [pictures, side, side, 3], "int32");
      const outputs = [signature.outputs.logits!.name, signature.outputs.probabilities!.name];
      const predictions = loaded.execute({ [loaded.inputs[0]!.name]: input }, outputs) as Tensor[];
      const [logits, probabilities] = predictions.map((prediction) => [...prediction.dataSync()]);
      expectPredictions(logits!, probabilities!, network.logits);
      tf.dispose([input, ...predictions]);
      loaded.dispose();
    } finally {
      await tf.setBackend("tensorflow");
    }
  });

  test("is cut into files of 4 MiB", () => {
    const folder = exported(made("vgg11", 0.5), "tfjs");
    const shards = readdirSync(folder).filter((name) => name.endsWith(".bin"));
    expect(shards.length).toBeGreaterThan(3);
    const model = manifest.parse(JSON.parse(readFileSync(join(folder, "model.json"), "utf8")));
    expect(model.weightsManifest[0]!.paths.toSorted()).toEqual(shards.toSorted());
  });
});

function tensorsIn(
  path: string,
): Map<string, { readonly shape: readonly number[]; readonly values: readonly number[] }> {
  const file = openSafetensors(path);
  const all = [...file.tensors].map(([name, { shape }]) => [name, { shape, values: [...file.read(name)] }] as const);
  file.close();
  return new Map(all);
}

describe.each(["tfjs", "saved-model"] as const)("%s comes back", (format) => {
  test.each(networks)("of %s with the network's own logits", (id) => {
    const network = made(id);
    const to = join(home, "back.safetensors");
    const report = importWeights({
      path: exported(network, format),
      modelId: id,
      to,
      pixels: null,
      isMismatchAllowed: false,
    });
    // What a prediction does not take, as a head on the side, does not go out.
    const isOnSide = (name: string) =>
      findArchitecture(id).rows.some((row) => row.kind === "auxiliary" && name.startsWith(row.name));
    expect(report.missing.filter(({ name }) => !isOnSide(name))).toEqual([]);
    expect(report.surplus).toEqual([]);
    expect(openedDescription(to)).toEqual(openedDescription(network.path));
    expect(logitsOf(to)).toEqual(network.logits);
  });

  test("or is refused where it was cut short", () => {
    const folder = exported(made("zfnet"), format);
    const largest = readdirSync(folder).toSorted(
      (a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size,
    );
    const path = join(folder, largest[0]!);
    const whole = readFileSync(path);
    const to = join(home, "never.safetensors");
    for (const length of [0, 1, Math.floor(whole.length / 2), whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      expect(() =>
        importWeights({ path: folder, modelId: "zfnet", to, pixels: null, isMismatchAllowed: false }),
      ).toThrow(expect.objectContaining({ code: expect.stringMatching(/^weights\.(damaged|unmatched)$/) }));
    }
    expect(existsSync(to)).toBe(false);
  });
});

/** Of each tensor's bytes, by its name: what does for large networks. */
function hashesIn(path: string): Map<string, string> {
  const file = openSafetensors(path);
  const hashOf = (name: string) =>
    createHash("sha256")
      .update(new Uint8Array(file.read(name).buffer))
      .digest("hex");
  const all = [...file.tensors.keys()].map((name) => [name, hashOf(name)] as const);
  file.close();
  return new Map(all);
}

function openedDescription(path: string): WeightsDescription {
  const { description, close } = openWeights(path);
  close();
  return description;
}

/** Of the pictures above, by a network that is filled from the file. */
function logitsOf(path: string): number[] {
  const { architecture: id, classes, inputPixels, width, preprocessing } = openedDescription(path);
  const architecture = scaleArchitecture(findArchitecture(id), { inputPixels, width });
  const network = buildNetwork(architecture, { classes, seed: 2, dropout: null, auxiliaryWeight: null });
  const pixels = uploadPixels(values, pictures, inputPixels);
  try {
    fillFromFile([network], { path, sha256: sha256OfFile(path) }, id);
    const scaled = scalePixels(pixels, preprocessing);
    const { logits } = network.forward(scaled, { isTraining: false, dropoutSeed: 0 });
    const prediction = [...logits.dataSync()];
    tf.dispose([scaled, logits]);
    return prediction;
  } finally {
    network.dispose();
    pixels.dispose();
  }
}

describe("a SavedModel of Keras", () => {
  test.skipIf(!existsSync(python))(
    "gives Keras' logits here, as exported and as saved (left out without npm run bench:peers' set-up)",
    () => {
      const folder = mkdtempSync(join(home, "keras-"));
      const script = fileURLToPath(new URL("../foreign/export-keras.py", import.meta.url));
      const said = execFileSync(python, [script, folder, String(side), String(classNames.length)], {
        ...{ input: values, stdio: ["pipe", "pipe", "ignore"] },
      });
      const known = z.array(z.number()).parse(JSON.parse(said.toString().trim().split("\n").at(-1)!));
      for (const written of ["exported", "saved"]) {
        const to = join(home, "keras.safetensors");
        const report = importWeights({
          path: join(folder, written),
          modelId: "lenet5",
          to,
          pixels: null,
          isMismatchAllowed: false,
        });
        expect([report.matched.length, report.missing, report.surplus]).toEqual([10, [], []]);
        const logits = logitsOf(to);
        expect(Math.max(...logits.map((value, at) => Math.abs(value - known[at]!)))).toBeLessThan(1e-4);
      }
    },
  );
});

describe("strata.json", () => {
  test("says whose names and layout the weights have, and who scales pictures", () => {
    const network = made("googlenet-torchvision", 1, 224);
    for (const [format, layout, scaling] of [
      ["safetensors", "strata", "by the caller: (value / 255 − mean) / std of each channel"],
      ["torchvision", "torchvision", "by the caller: (value / 255 − mean) / std of each channel"],
      ["saved-model", "strata", "by the model: it takes values of 0…255"],
      ["tfjs", "strata", "by the model: it takes values of 0…255"],
      ["onnx", "strata", "by the model: it takes values of 0…255"],
    ] as const) {
      const folder = exported(network, format);
      const said: unknown = JSON.parse(readFileSync(join(folder, "strata.json"), "utf8"));
      expect(said).toMatchObject({ format, layout, scaling, classNames, preprocessing: imagenetPixels });
      const weights = join(folder, "weights.safetensors");
      if (existsSync(weights)) expect(openedDescription(weights)).toMatchObject({ layout, classNames });
    }
  });
});

test.each(["safetensors", "saved-model", "tfjs"] as const)(
  "%s says how the run’s pictures became squares",
  (format) => {
    const network = made("alexnet");
    const configuration = { ...compactInception, resize: { fit: "pad", filter: "bilinear" } as const };
    const file = openWeights(network.path);
    const path = join(home, "padded.safetensors");
    const weights = [...file.shapes].map(([name, shape]) => ({ name, shape, values: () => file.read(name) }));
    writeWeights(
      path,
      { ...file.description, trained: { configuration, epoch: 1, step: 1, endReason: null } },
      weights,
    );
    file.close();
    const folder = exported({ path, logits: [] }, format);
    expect(JSON.parse(readFileSync(join(folder, "strata.json"), "utf8"))).toMatchObject({
      resize: { fit: "pad", filter: "bilinear" },
      pictures: expect.stringContaining("padded with black bars"),
    });
    if (format !== "safetensors") return;
    const { trained } = openedDescription(join(folder, "weights.safetensors"));
    expect(trained?.configuration.resize).toEqual({ fit: "pad", filter: "bilinear" });
  },
);

describe("safetensors", () => {
  test("go out with class names and scaling, and are what they were", () => {
    const network = made("alexnet");
    const folder = exported(network, "safetensors");
    expect(readdirSync(folder)).toEqual(["strata.json", "weights.safetensors"]);
    expect(tensorsIn(join(folder, "weights.safetensors"))).toEqual(tensorsIn(network.path));
    const beside: unknown = JSON.parse(readFileSync(join(folder, "strata.json"), "utf8"));
    expect(beside).toMatchObject({
      ...{ format: "safetensors", architecture: "alexnet", classNames, preprocessing: imagenetPixels },
      pictures: expect.stringContaining("cropped to the middle square"),
    });
  });

  // That each weight of each network has torchvision's name, test/models/torchvision tells.
  test("come back from torchvision's names and layout as they were, with their class names", () => {
    const modelId = "googlenet-torchvision";
    const network = made(modelId, 1, 224);
    const to = join(home, "back.safetensors");
    const path = join(exported(network, "torchvision"), "weights.safetensors");
    const report = importWeights({ path, modelId, to, pixels: null, isMismatchAllowed: false });
    expect([report.missing, report.surplus]).toEqual([[], []]);
    expect(hashesIn(to)).toEqual(hashesIn(network.path));
    expect(openedDescription(to)).toMatchObject({ classNames, preprocessing: imagenetPixels, inputPixels: 224 });
  });

  test("with running averages go out as those", () => {
    const network = made("zfnet");
    const { description, close } = openWeights(network.path);
    close();
    const path = join(home, "averaged.safetensors");
    const one = (name: string, value: number) => ({ name, shape: [1], values: () => Float32Array.of(value) });
    writeWeights(path, description, [one("w", 1), one("average/w", 2)]);
    const folder = exported({ path, logits: [] }, "safetensors");
    expect(tensorsIn(join(folder, "weights.safetensors"))).toEqual(new Map([["w", { shape: [1], values: [2] }]]));
  });
});

describe("an export of a run that diverged", () => {
  test.each(["safetensors", "tfjs", "saved-model", "onnx"] as const)(
    "as %s is written, and says what is no number in it",
    (format) => {
      const { path } = made("zfnet");
      const whole = openWeights(path);
      const broken = join(home, "diverged.safetensors");
      const spoilt = (name: string) => (name === "conv2/bias" ? whole.read(name).fill(Number.NaN) : whole.read(name));
      const tensors = [...whole.shapes].map(([name, shape]) => ({ name, shape, values: () => spoilt(name) }));
      writeWeights(broken, whole.description, tensors);
      const { shapes, close } = whole;
      close();
      const count = shapes.get("conv2/bias")![0]!;
      const folder = join(mkdtempSync(join(home, "out-")), format);
      const said = exportWeights({ path: broken, format, folder });
      expect(said.notFinite).toEqual([{ name: "conv2/bias", values: count }]);
      expect(said.warning).toMatchObject({
        code: "export.not-finite",
        problem: `${count} of the values written are NaN or infinite, in conv2/bias (${count}).`,
        remedy: expect.stringContaining("--weights best"),
      });
      expect(exportWeights({ path, format, folder: `${folder}-whole` })).toMatchObject({
        notFinite: [],
        warning: null,
      });
    },
  );
});

describe("an export is refused", () => {
  test.each([
    ["inception-v3-torchvision", 0.1, 96, "Conv2d_1a_3x3"],
    ["inception-v3", 1, 299, "Mixed_5b/Branch_3/AvgPool_0a_3x3"],
  ])("where torchvision's network would predict otherwise: %s, width %d at %i px", (id, width, inputPixels, row) => {
    const path = join(home, "other-predictions.safetensors");
    writeWeights(path, { ...openedDescription(made("zfnet").path), architecture: id, width, inputPixels }, []);
    const folder = join(home, "other-predictions");
    expect(() => exportWeights({ path, format: "torchvision", folder })).toThrow(
      expect.objectContaining({
        code: "export.differs",
        problem: expect.stringContaining(row),
        remedy: expect.stringMatching(/safetensors, saved-model or tfjs, or train inception-v3-torchvision at 299 px/),
      }),
    );
    expect(existsSync(folder)).toBe(false);
  });

  test("where torchvision has no such network, and leaves nothing behind", () => {
    const { path } = made("zfnet");
    const folder = join(home, "refused", "out");
    expect(() => exportWeights({ path, format: "torchvision", folder })).toThrow(
      expect.objectContaining({ code: "weights.no-mapping" }),
    );
    expect(readdirSync(join(home, "refused"))).toEqual([]);
  });

  test("where something is at its place already", () => {
    const { path } = made("zfnet");
    const folder = join(home, "taken");
    mkdirSync(folder);
    exportWeights({ path, format: "safetensors", folder });
    expect(() => exportWeights({ path, format: "safetensors", folder })).toThrow(
      expect.objectContaining({ code: "export.exists" }),
    );
  });

  test("where one file cannot hold it, before any value is asked for", () => {
    const values = () => {
      throw new Error("asked for");
    };
    const constants = new Map([["weights/w", { dtype: 1, shape: [2 ** 29], values }]]);
    const graph = { nodes: [], constants, input: "pictures", exampleShape: [side, side, 3], outputs: {} };
    const folder = mkdtempSync(join(home, "large-"));
    expect(() => writeSavedModel(graph, folder)).toThrow(expect.objectContaining({ code: "export.too-large" }));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("where the place cannot be written", () => {
    const { path } = made("zfnet");
    writeFileSync(join(home, "file"), "");
    expect(() => exportWeights({ path, format: "safetensors", folder: join(home, "file", "out") })).toThrow(
      expect.objectContaining({ code: "weights.not-written" }),
    );
  });

  test("where a prediction needs a weight that the file lacks", () => {
    const { path } = made("zfnet");
    const { description, close } = openWeights(path);
    close();
    const empty = join(home, "empty.safetensors");
    writeWeights(empty, description, []);
    expect(() => exportWeights({ path: empty, format: "tfjs", folder: join(home, "never") })).toThrow(
      expect.objectContaining({ code: "weights.incomplete" }),
    );
  });
});
