import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Architecture, Row } from "../../../src-main/contract/architecture.ts";
import { preprocessing } from "../../../src-main/contract/weights.ts";
import { buildNetwork } from "../../../src-main/models/build.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { fromTorchvision, type TorchvisionWeight, torchvisionWeights } from "../../../src-main/models/torchvision.ts";
import { scalePixels } from "../../../src-main/tensorflow/kernels/pixels.ts";
import { tf } from "../../../src-main/tensorflow/runtime.ts";
import { classes, formulaPictures, formulaWeight } from "./formula.ts";

const logits = z.array(z.array(z.number()));
const golden = z
  .record(z.string(), preprocessing.extend({ inputPixels: z.int(), logits, auxiliary: z.record(z.string(), logits) }))
  .parse(JSON.parse(readFileSync(new URL("./golden.json", import.meta.url), "utf8")));

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

/** Largest difference from what torchvision answered, over pictures and classes. */
function difference(
  architecture: Architecture,
  weights: ReadonlyMap<string, TorchvisionWeight>,
  answer: string,
  head?: string,
): number {
  const known = golden[answer]!;
  const expected = head === undefined ? known.logits : known.auxiliary[head]!;
  const network = buildNetwork(architecture, { classes, seed: 1, dropout: null, auxiliaryWeight: 0 });
  const pixels = formulaPictures(known.inputPixels);
  try {
    return tf.tidy(() => {
      for (const { name, variable } of network.weights) {
        const { weight, name: theirs, shape } = weights.get(name)!;
        variable.assign(tf.tensor(fromTorchvision(weight, formulaWeight(theirs, shape)), variable.shape));
      }
      const pass = network.forward(scalePixels(pixels, known), { isTraining: false, dropoutSeed: 0 });
      return tf.max(tf.abs(tf.sub(pass.logits, tf.tensor2d(expected)))).dataSync()[0]!;
    });
  } finally {
    network.dispose();
    pixels.dispose();
  }
}

function byName(id: string): Map<string, TorchvisionWeight> {
  return new Map(torchvisionWeights(findArchitecture(id), classes)!.map((one) => [one.weight.name, one]));
}

/** The trunk up to a head, and the head's rows as its end. */
function cutAtHead(architecture: Architecture, head: string): Architecture {
  const at = architecture.rows.findIndex(({ name }) => name === head);
  const row = architecture.rows[at];
  if (row?.kind !== "auxiliary") throw new Error(`${head} is no head`);
  const before: Row[] = architecture.rows.slice(0, at).filter(({ kind }) => kind !== "auxiliary");
  return { ...architecture, rows: [...before, ...row.rows] };
}

test.each([
  // The other three VGGs have the same rows more or less often, and half a gigabyte of weights each.
  ["vgg16", "vgg16"],
  ["alexnet-torchvision", "alexnet-torchvision"],
  ["googlenet-torchvision", "googlenet-torchvision"],
  ["inception-v3-torchvision", "inception-v3-torchvision"],
  ["inception-v3-torchvision", "inception-v3-torchvision, transformed"],
])("the same weights give %s torchvision's logits on the same pictures (%s)", (id, answer) => {
  expect(difference(findArchitecture(id), byName(id), answer)).toBeLessThan(1e-4);
});

test.each([
  ["inception-v3-torchvision", "AuxLogits", "AuxLogits"],
  ["googlenet-torchvision", "loss1", "aux1"],
  ["googlenet-torchvision", "loss2", "aux2"],
])("and %s's head %s its own", (id, head, theirs) => {
  const weights = byName(id);
  // In the cut table the head's rows stand without its name in front.
  for (const [name, weight] of weights)
    if (name.startsWith(`${head}/`)) weights.set(name.slice(head.length + 1), weight);
  expect(difference(cutAtHead(findArchitecture(id), head), weights, id, theirs)).toBeLessThan(1e-4);
});

test("Google's average pools, which leave the border out, would not: so torchvision's is a network of its own", () => {
  const weights = byName("inception-v3-torchvision");
  expect(difference(findArchitecture("inception-v3"), weights, "inception-v3-torchvision")).toBeGreaterThan(1e-2);
});
