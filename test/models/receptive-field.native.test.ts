/** What single values of a built network draw on, by the gradient, against what the calculator says they see. */
import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Row } from "../../src-main/contract/architecture.ts";
import { shapeRows } from "../../src-main/domain/networks/shapes.ts";
import type { Network } from "../../src-main/models/network.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { pool } from "../../src-main/models/rows.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { training, withNetwork } from "./with-network.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

/** Every value passes on all that it sees: averages for maxima, no cut-off, nothing normalised, kernels of ones. */
function transparent(rows: readonly Row[]): Row[] {
  return rows.flatMap((row): Row[] => {
    switch (row.kind) {
      case "convolution":
        return [{ ...row, batchNorm: null, activation: "none" }];
      case "pool":
        return [{ ...row, operation: "average" }];
      case "branches":
        return [{ ...row, branches: row.branches.map(transparent) }];
      default:
        return [];
    }
  });
}

/** First and last input row that value `at` of the named row's middle column draws on. */
function seenBy(network: Network, side: number, name: string, at: number): [number, number] {
  const values = tf.grad((picture) => {
    let total = tf.scalar(0);
    network.forward(picture as Tensor4D, training, (path, output) => {
      if (path !== name) return;
      const middle = Math.floor((output.shape[2] as number) / 2);
      total = tf.sum(tf.slice(output as Tensor4D, [0, at, middle, 0], [1, 1, 1, -1]));
    });
    return total;
  })(tf.ones([1, side, side, 3]));
  const rows = [...tf.max(values, [0, 2, 3]).dataSync()].map((value) => value > 0);
  return [rows.indexOf(true), rows.lastIndexOf(true)];
}

describe.each(architectures.filter(({ rows }) => rows[0]?.kind === "convolution").map(({ id }) => id))("%s", (id) => {
  it("sees what the calculator says: the size, middle and distance of what single values draw on", () => {
    const full = scaleArchitecture(findArchitecture(id), {
      inputPixels: findArchitecture(id).inputPixels,
      width: 0.05,
    });
    const side = full.inputPixels;
    const end = full.rows.findIndex((row) => row.kind === "flatten" || (row.kind === "pool" && row.kernel === "all"));
    const rows = [...transparent(full.rows.slice(0, end)), pool("all", "average", "all", 1, "valid")];
    const architecture = { ...full, rows };
    const shaped = shapeRows(architecture, 10).rows.filter((row) => (row.receptiveFieldPixels ?? side) < side / 2);
    expect(shaped.length).toBeGreaterThan(2);
    withNetwork(architecture, {}, (network) => {
      for (const { variable } of network.weights) variable.assign(tf.fill(variable.shape, 0.1));
      for (const row of [shaped[0]!, shaped.at(-2)!, shaped.at(-1)!]) {
        const [field, stride, offset] = [
          row.receptiveFieldPixels!,
          row.receptiveFieldStridePixels!,
          row.receptiveFieldOffsetPixels!,
        ];
        for (const at of [0, Math.floor(row.output.height / 2)]) {
          const middle = offset + at * stride;
          const seen = [middle - (field - 1) / 2, middle + (field - 1) / 2];
          expect(seenBy(network, side, row.name, at)).toEqual([Math.max(0, seen[0]!), Math.min(side - 1, seen[1]!)]);
        }
      }
    });
  });
});
