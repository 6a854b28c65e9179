/** Every network as ONNX, run by onnxruntime: its logits are the network's own. Read back, they are so to the last bit. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, expect, test } from "vitest";
import { imagenetPixels } from "../../../src-main/contract/weights.ts";
import { openNetwork } from "../../../src-main/inference/open-network.ts";
import { buildNetwork } from "../../../src-main/models/build.ts";
import { exportWeights } from "../../../src-main/models/exports/export-weights.ts";
import { ModelProtoSchema } from "../../../src-main/models/exports/onnx/generated/onnx_pb.js";
import { importWeights } from "../../../src-main/models/import-weights.ts";
import { architectures, findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture, smallestInputPixels } from "../../../src-main/models/scale.ts";
import { openWeights, writeWeights } from "../../../src-main/models/weights-file.ts";
import { createRandom } from "../../../src-main/platform/random.ts";
import { scalePixels, uploadPixels } from "../../../src-main/tensorflow/kernels/pixels.ts";
import { tf } from "../../../src-main/tensorflow/runtime.ts";

const home = mkdtempSync(join(tmpdir(), "strata-onnx-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const classNames = ["ant", "bee", "cat", "dog", "elk"];
const pictures = 2;

/** Weights of which none is as a network begins with it, exported; what the network itself says of noise. */
function made(id: string, scale: { readonly inputPixels: number; readonly width: number }) {
  const { inputPixels: side } = scale;
  const values = Uint8Array.from({ length: pictures * side ** 2 * 3 }, (_, at) => (at * 7_919) % 256);
  const options = { classes: classNames.length, seed: 1, dropout: null, auxiliaryWeight: 0 };
  const network = buildNetwork(scaleArchitecture(findArchitecture(id), scale), options);
  const random = createRandom(1, id);
  for (const { variable } of network.weights.filter((weight) => !weight.isDecayed)) {
    const offsets = Float32Array.from({ length: variable.size }, () => 0.2 * random.uniform());
    tf.tidy(() => variable.assign(variable.add(tf.tensor(offsets, variable.shape))));
  }
  const logits = tf.tidy(() => {
    const scaled = scalePixels(uploadPixels(values, pictures, side), imagenetPixels);
    return [...network.forward(scaled, { isTraining: false, dropoutSeed: 0 }).logits.dataSync()];
  });
  const path = join(mkdtempSync(join(home, "made-")), "weights.safetensors");
  writeWeights(
    path,
    {
      ...{ formatVersion: 1, layout: "strata", architecture: id, ...scale, classes: classNames.length, classNames },
      ...{ preprocessing: imagenetPixels, trained: null },
    },
    network.weights.map(({ name, variable }) => ({
      ...{ name, shape: variable.shape },
      values: () => variable.dataSync() as Float32Array,
    })),
  );
  network.dispose();
  const folder = `${path}-onnx`;
  exportWeights({ path, format: "onnx", folder });
  return { path, file: join(folder, "model.onnx"), values, logits };
}

const width = 0.1;
const compact = architectures.map((one) => [one.id, Math.max(32, smallestInputPixels(one))] as const);
/** As published, where grids, borders and pools are others than in a compact network. */
const published = architectures
  .filter(({ inputPixels }) => inputPixels > 64)
  .map(({ id, inputPixels }) => [id, inputPixels] as const);

test.each([...compact, ...published])("%s at %i px gives its own logits to 1e-4", async (id, inputPixels) => {
  const { file, values, logits } = made(id, { inputPixels, width });
  const session = await InferenceSession.create(file, { logSeverityLevel: 3 });
  const input = new Tensor("uint8", values, [pictures, inputPixels, inputPixels, 3]);
  const answered = await session.run({ pictures: input });
  const said = [...(answered.logits!.data as Float32Array)];
  expect(said).toHaveLength(logits.length);
  const largest = Math.max(1, ...logits.map(Math.abs));
  expect(Math.max(...said.map((value, at) => Math.abs(value - logits[at]!)))).toBeLessThan(1e-4 * largest);
  const probabilities = [...(answered.probabilities!.data as Float32Array)];
  expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(pictures, 5);
  await session.release();
});

test.each(compact)(
  "%s at %i px, read back from ONNX, answers to the last bit as from its own file",
  (id, inputPixels) => {
    const { path, file, values } = made(id, { inputPixels, width });
    const [own, back] = [path, file].map((from) => {
      const network = openNetwork(from);
      try {
        return { description: network.description, logits: [...network.logits(values, pictures)] };
      } finally {
        network.dispose();
      }
    });
    expect(back).toEqual(own);
  },
);

test("weights in ONNX are brought in by name, and serve to begin from", () => {
  const { path, file } = made("googlenet", { inputPixels: 64, width });
  const to = `${path}-again`;
  const report = importWeights({ path: file, modelId: "googlenet", to, pixels: null, isMismatchAllowed: false });
  const heads = report.missing.map(({ name }) => name.split("/")[0]);
  expect({ differences: report.differences, surplus: report.surplus, heads: new Set(heads).size }).toEqual({
    ...{ differences: [], surplus: [], heads: 2 },
  });
  const [own, again] = [openWeights(path), openWeights(to)];
  for (const name of again.shapes.keys()) expect(again.read(name)).toEqual(own.read(name));
  expect(again.shapes.size).toBe(report.matched.length);
  for (const one of [own, again]) one.close();
});

test("class names, and how a picture becomes its square, stand in the model's metadata", () => {
  const model = fromBinary(ModelProtoSchema, readFileSync(made("lenet5", { inputPixels: 32, width: 1 }).file));
  const metadata = Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value]));
  expect(JSON.parse(metadata.class_names!)).toEqual(classNames);
  expect(metadata).toMatchObject({ architecture: "lenet5", scaling: "by the model: it takes values of 0…255" });
  expect(JSON.parse(metadata.resize!)).toEqual({ fit: "crop", filter: "lanczos3" });
  expect(model.graph?.input.map(({ name }) => name)).toEqual(["pictures"]);
});
