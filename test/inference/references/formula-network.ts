/** A network of torchvision's with the weights that make-golden.py and make-golden-rows.py beside this file give it, and how far an answer is from theirs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Preprocessing } from "../../../src-main/contract/weights.ts";
import { type OpenNetwork, openNetwork } from "../../../src-main/inference/open-network.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { fromTorchvision, torchvisionWeights } from "../../../src-main/models/torchvision.ts";
import { writeWeights } from "../../../src-main/models/weights-file.ts";
import { classes, formulaPictureBytes, formulaPlaces, formulaWeight } from "../../models/torchvision/formula.ts";

/** Of each answer some places, and the largest size of all. */
export const sampled = z.object({ largest: z.number(), values: z.array(z.number()) });
export type Sampled = z.infer<typeof sampled>;

/** At the size at which torchvision has it. For the caller to dispose of. */
export function openFormulaNetwork(id: string, preprocessing: Preprocessing): OpenNetwork {
  const architecture = findArchitecture(id);
  const tensors = torchvisionWeights(architecture, classes)!.map(({ weight, name, shape }) => ({
    name: weight.name,
    shape: weight.shape,
    values: () => {
      const values = fromTorchvision(weight, formulaWeight(name, shape));
      // So that the softmax is not at its end, where hiding a part of the picture would change nothing.
      return name === "fc.weight" ? values.map((value) => 0.1 * value) : values;
    },
  }));
  const folder = mkdtempSync(join(tmpdir(), "strata-references-"));
  const path = join(folder, "formula.safetensors");
  const size = { architecture: id, inputPixels: architecture.inputPixels, width: 1, classes, classNames: null };
  try {
    writeWeights(path, { formatVersion: 1, layout: "strata", preprocessing, trained: null, ...size }, tensors);
    return openNetwork(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The first of the formula's. */
export function formulaPicture(inputPixels: number): Uint8Array {
  return formulaPictureBytes(inputPixels).subarray(0, inputPixels ** 2 * 3);
}

/** Largest difference at the places that are known, as a share of the largest size of all values. */
export function offBy(found: ArrayLike<number>, name: string, { largest, values }: Sampled): number {
  const places = formulaPlaces(name, values.length, found.length);
  return Math.max(...places.map((place, at) => Math.abs(found[place]! - values[at]!))) / largest;
}
