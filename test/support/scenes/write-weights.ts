/** Weights of recorded runs that nobody trained: in the first convolution waves at all angles with a little of chance, behind it what a seed draws. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { centredPixels } from "../../../src-main/contract/weights.ts";
import { uniformOf } from "../../../src-main/domain/statistics/uniform-of.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";
import { type ListedWeight, listWeights } from "../../../src-main/models/weight-list.ts";
import { writeWeights } from "../../../src-main/models/weights-file.ts";
import type { Paths } from "../../../src-main/platform/paths.ts";
import { createRandom } from "../../../src-main/platform/random.ts";
import type { Store } from "../../../src-main/store/open-store.ts";

export function writeWeightsOfRuns(paths: Paths, store: Store): void {
  mkdirSync(paths.weights, { recursive: true });
  for (const { id: runId, weights, configuration, dataset } of store.runs.list()) {
    if (weights === null) continue;
    const { id, ...scale } = configuration.model;
    const { classes } = store.datasets.view(dataset.id);
    const listed = listWeights(scaleArchitecture(findArchitecture(id), scale), classes.length);
    writeWeights(
      join(paths.weights, weights.file),
      {
        ...{ formatVersion: 1, layout: "strata", preprocessing: centredPixels, trained: null },
        ...{ architecture: id, ...scale, classes: classes.length, classNames: classes.map(({ name }) => name) },
      },
      listed.map((weight, place) => ({
        ...{ name: weight.name, shape: weight.shape },
        values: () => (place === 0 ? waves(weight) : drawn(weight, runId)),
      })),
    );
  }
}

const sizeOf = ({ shape }: ListedWeight) => shape.reduce((product, side) => product * side, 1);

function waves(kernel: ListedWeight): Float32Array {
  const [, width = 1, inputs = 1, filters = 1] = kernel.shape;
  return Float32Array.from({ length: sizeOf(kernel) }, (_, at) => {
    const [filter, place] = [at % filters, Math.floor(at / filters / inputs)];
    const angle = (Math.PI * filter) / filters;
    const along = (place % width) * Math.cos(angle) + Math.floor(place / width) * Math.sin(angle);
    return Math.cos(2 * along + filter) + 0.4 * uniformOf(`${at}`);
  });
}

/** Kernels as a network begins with them, and statistics that change nothing. */
function drawn(weight: ListedWeight, seed: number): Float32Array {
  const { name, shape } = weight;
  if (!name.endsWith("/kernel"))
    return new Float32Array(sizeOf(weight)).fill(/\/(gamma|moving-variance)$/.test(name) ? 1 : 0);
  const inputs = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  const random = createRandom(seed, name);
  return Float32Array.from({ length: sizeOf(weight) }, () => (2 * random.uniform() - 1) * Math.sqrt(6 / inputs));
}
