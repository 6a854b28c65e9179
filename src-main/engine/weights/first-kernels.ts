/** The kernels of a trained network's first convolution, to be looked at. */
import type { Architecture } from "../../contract/architecture.ts";
import { StrataError } from "../../contract/errors.ts";
import type { FirstKernels } from "../../contract/weights.ts";
import { placedRows } from "../../domain/networks/row-walk.ts";
import { refuseNotFinite, watchFinite } from "../../models/finite.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";
import { openWeights, type UsedWeights, usedWeights } from "../../models/weights-file.ts";

/** Of all that is sent at once: twice what an AlexNet of width 1 has. */
const mostValues = 2 ** 16;
/** float32 holds no more. */
const significantDigits = 7;

/**
 * @param path of a Strata file of weights
 * @throws StrataError `weights.no-convolution` where the network begins with something else, `weights.not-finite`, `weights.incomplete`, `weights.not-found`,
 *   `weights.damaged`, `model.unknown`
 */
export function firstKernelsIn(path: string): FirstKernels {
  const file = openWeights(path);
  try {
    return read(usedWeights(file, path), path);
  } finally {
    file.close();
  }
}

function read(used: UsedWeights, path: string): FirstKernels {
  const { architecture: id, classes, ...scale } = used.description;
  const row = firstConvolution(scaleArchitecture(findArchitecture(id), scale), classes);
  const name = `${row}/kernel`;
  const [height = 0, width = 0, inputs = 0, all = 0] = used.shapes.get(name) ?? [];
  const watched = watchFinite(used.read);
  const values = watched.read(name);
  refuseNotFinite(watched.found(), path);
  const filters = Math.min(all, Math.floor(mostValues / (height * width * inputs)));
  return {
    ...{ row, height, width, inputs, filters, all },
    // Filters stand side by side in the file.
    values: Array.from({ length: height * width * inputs * filters }, (_, at) =>
      Number(values[Math.floor(at / filters) * all + (at % filters)]!.toPrecision(significantDigits)),
    ),
  };
}

/** Its path. What has weights and comes first must be a convolution: behind a dense layer there are no pictures. */
function firstConvolution(architecture: Architecture, classes: number): string {
  const weighted = placedRows(architecture, { classes, hasHeads: false });
  const first = weighted.find(({ row }) => row.kind === "convolution" || row.kind === "dense");
  if (first?.row.kind === "convolution") return first.path;
  throw new StrataError("weights.no-convolution", { title: architecture.title, row: first?.path ?? "none" });
}
