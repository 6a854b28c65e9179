/** What trained networks are asked, against torchvision's hooks and captum's attributions on the same weights and picture: see make-golden.py beside this file. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { centredPixels } from "../../../src-main/contract/weights.ts";
import { activationsOf } from "../../../src-main/inference/activations.ts";
import { gradCam } from "../../../src-main/inference/grad-cam.ts";
import { gradientTimesInput, integratedGradients } from "../../../src-main/inference/input-gradients.ts";
import { occlusion } from "../../../src-main/inference/occlusion.ts";
import type { OpenNetwork } from "../../../src-main/inference/open-network.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { torchvisionWeights } from "../../../src-main/models/torchvision.ts";
import { classes } from "../../models/torchvision/formula.ts";
import { formulaPicture, offBy, openFormulaNetwork, sampled } from "./formula-network.ts";

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
const picture = formulaPicture(inputPixels);
const never = new AbortController().signal;
const listed = torchvisionWeights(findArchitecture(id), classes)!;

let network: OpenNetwork;
beforeAll(() => {
  network = openFormulaNetwork(id, centredPixels);
});
afterAll(() => network.dispose());

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
