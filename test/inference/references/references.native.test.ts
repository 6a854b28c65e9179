/** What trained networks are asked, against torchvision's hooks and captum's attributions on the same weights and picture: see make-golden.py beside this file. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { centredPixels } from "../../../src-main/contract/weights.ts";
import { activationsOf } from "../../../src-main/inference/activations.ts";
import { gradCam } from "../../../src-main/inference/grad-cam.ts";
import { gradientTimesInput, integratedGradients } from "../../../src-main/inference/input-gradients.ts";
import { occlusion } from "../../../src-main/inference/occlusion.ts";
import { type OpenNetwork, openNetwork } from "../../../src-main/inference/open-network.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { fromTorchvision, torchvisionWeights } from "../../../src-main/models/torchvision.ts";
import { writeWeights } from "../../../src-main/models/weights-file.ts";
import { classes, formulaPictureBytes, formulaPlaces, formulaWeight } from "../../models/torchvision/formula.ts";

/** Of each answer some places, and the largest size of all. */
const sampled = z.object({ largest: z.number(), values: z.array(z.number()) });
type Sampled = z.infer<typeof sampled>;
const golden = z
  .object({
    inputPixels: z.int(),
    class: z.int(),
    logits: sampled,
    activations: z.record(z.string(), sampled),
    ...{ gradCam: sampled, gradientTimesInput: sampled, integratedGradients: sampled, occlusion: sampled },
  })
  .parse(JSON.parse(readFileSync(new URL("./golden.json", import.meta.url), "utf8")));

const id = "googlenet-torchvision";
const { inputPixels, class: place } = golden;
const picture = formulaPictureBytes(inputPixels).subarray(0, inputPixels ** 2 * 3);
const never = new AbortController().signal;
const listed = torchvisionWeights(findArchitecture(id), classes)!;

let network: OpenNetwork;
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "strata-references-"));
  const path = join(folder, "formula.safetensors");
  const tensors = listed.map(({ weight, name, shape }) => ({
    name: weight.name,
    shape: weight.shape,
    values: () => {
      const values = fromTorchvision(weight, formulaWeight(name, shape));
      // So that the softmax is not at its end, where hiding a part of the picture would change nothing.
      return name === "fc.weight" ? values.map((value) => 0.1 * value) : values;
    },
  }));
  const size = { architecture: id, inputPixels, width: 1, classes, classNames: null };
  writeWeights(
    path,
    { formatVersion: 1, layout: "strata", preprocessing: centredPixels, trained: null, ...size },
    tensors,
  );
  network = openNetwork(path);
  rmSync(folder, { recursive: true });
});
afterAll(() => network.dispose());

/** Largest difference at the places that are known, as a share of the largest size of all values. */
function offBy(found: ArrayLike<number>, name: string, { largest, values }: Sampled): number {
  const places = formulaPlaces(name, values.length, found.length);
  return Math.max(...places.map((place, at) => Math.abs(found[place]! - values[at]!))) / largest;
}

it("answers torchvision's logits", () => {
  expect(offBy(network.logits(picture, 1), "logits", golden.logits)).toBeLessThan(1e-4);
});

it("gives for every convolution what torchvision's hook is given, to 1e-4 of the row's largest value", () => {
  const modules = listed.flatMap(({ weight, name }) =>
    name.endsWith(".conv.weight") && !name.startsWith("aux")
      ? [{ row: weight.name.slice(0, -"/kernel".length), module: name.slice(0, -".conv.weight".length) }]
      : [],
  );
  expect(modules.map(({ module }) => module).toSorted()).toEqual(Object.keys(golden.activations).toSorted());
  const off = modules.map(({ row, module }) => {
    const { values } = network.atRow(picture, row, activationsOf);
    return offBy(values, module, golden.activations[module]!);
  });
  expect(off).toHaveLength(57);
  expect(Math.max(...off)).toBeLessThan(1e-4);
});

it("has captum's Grad-CAM on the last grid", () => {
  const { values, side, about } = gradCam(network, picture, place);
  expect({ side, about }).toEqual({ side: 7, about: { method: "grad-cam", row: "inception_5b" } });
  expect(offBy(values, "gradCam", golden.gradCam)).toBeLessThan(1e-4);
});

it("has captum's gradient × input, summed over cells", () => {
  const { values } = gradientTimesInput(network, picture, place);
  // Where a rectifier or a largest value stands at an edge, rounding decides which way a gradient goes.
  expect(offBy(values, "gradientTimesInput", golden.gradientTimesInput)).toBeLessThan(0.01);
});

it("has captum's integrated gradients, but for the number of steps, complete to 1 %", async () => {
  const { values, about } = await integratedGradients(network, picture, place, never);
  expect(about.method === "integrated-gradients" && about.completenessError).toBeLessThan(0.01);
  expect(offBy(values, "integratedGradients", golden.integratedGradients)).toBeLessThan(0.05);
});

it("has captum's occlusion: for each pixel the mean over the patches that hide it", async () => {
  const { values, side, cellPixels, about } = await occlusion(network, picture, place, never);
  const patchPixels = about.method === "occlusion" ? about.patchPixels : 0;
  const [sums, counts] = [new Float64Array(inputPixels ** 2), new Float64Array(inputPixels ** 2)];
  for (const [at, value] of values.entries()) {
    const [left, top] = [(at % side) * cellPixels, Math.floor(at / side) * cellPixels];
    for (let y = top; y < top + patchPixels; y++)
      for (let x = left; x < left + patchPixels; x++) {
        sums[y * inputPixels + x]! += value;
        counts[y * inputPixels + x]! += 1;
      }
  }
  const means = sums.map((sum, at) => sum / counts[at]!);
  expect(offBy(means, "occlusion", golden.occlusion)).toBeLessThan(1e-3);
});
