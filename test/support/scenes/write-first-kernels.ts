/** Weights of recorded runs, of which there is the first convolution alone: waves at all angles, with a little of chance. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { centredPixels } from "../../../src-main/contract/weights.ts";
import { uniformOf } from "../../../src-main/domain/uniform-of.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";
import { listWeights } from "../../../src-main/models/weight-list.ts";
import { writeWeights } from "../../../src-main/models/weights-file.ts";
import type { Paths } from "../../../src-main/platform/paths.ts";
import type { Store } from "../../../src-main/store/open-store.ts";

export function writeFirstKernels(paths: Paths, store: Store): void {
  mkdirSync(paths.weights, { recursive: true });
  for (const { weights, configuration } of store.runs.list()) {
    if (weights === null) continue;
    const { id, ...scale } = configuration.model;
    const [kernel] = listWeights(scaleArchitecture(findArchitecture(id), scale), 10);
    const [, width = 1, inputs = 1, filters = 1] = kernel!.shape;
    const valueAt = (at: number) => {
      const [filter, place] = [at % filters, Math.floor(at / filters / inputs)];
      const angle = (Math.PI * filter) / filters;
      const along = (place % width) * Math.cos(angle) + Math.floor(place / width) * Math.sin(angle);
      return Math.cos(2 * along + filter) + 0.4 * uniformOf(`${at}`);
    };
    const size = kernel!.shape.reduce((product, side) => product * side, 1);
    writeWeights(
      join(paths.weights, weights.file),
      {
        ...{ formatVersion: 1, layout: "strata", preprocessing: centredPixels, classNames: null, trained: null },
        ...{ architecture: id, ...scale, classes: 10 },
      },
      [
        {
          name: kernel!.name,
          shape: kernel!.shape,
          values: () => Float32Array.from({ length: size }, (_, at) => valueAt(at)),
        },
      ],
    );
  }
}
