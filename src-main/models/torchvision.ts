/**
 * torchvision's names and layouts for the networks that it shares with us. Its modules are listed in the order of our rows that have weights; a
 * kernel is [outputs, inputs, height, width] there, and a dense layer behind a grid takes its inputs channel by channel.
 */

import type { Architecture, Row } from "../contract/architecture.ts";
import { StrataError } from "../contract/errors.ts";
import { centredPixels, imagenetPixels, type Preprocessing, type RowDifference } from "../contract/weights.ts";
import { findArchitecture } from "./registry.ts";
import { rowDifferences } from "./row-differences.ts";
import { type ListedWeight, listWeights } from "./weight-list.ts";

export interface TorchvisionWeight {
  readonly weight: ListedWeight;
  readonly name: string;
  readonly shape: readonly number[];
}

/** Modules of Inception-v3 by our rows: branch by branch, each from its input on. */
const inceptionA = `branch1x1 branch5x5_1 branch5x5_2 branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3 branch_pool`;
const inceptionB =
  "branch1x1 branch7x7_1 branch7x7_2 branch7x7_3 branch7x7dbl_1 branch7x7dbl_2 branch7x7dbl_3 branch7x7dbl_4 branch7x7dbl_5 branch_pool";
const inceptionC =
  "branch1x1 branch3x3_1 branch3x3_2a branch3x3_2b branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3a branch3x3dbl_3b branch_pool";
const inceptionV3Modules: Readonly<Record<string, string>> = {
  ...{ Mixed_5b: inceptionA, Mixed_5c: inceptionA, Mixed_5d: inceptionA },
  Mixed_6a: "branch3x3 branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3",
  ...{ Mixed_6b: inceptionB, Mixed_6c: inceptionB, Mixed_6d: inceptionB, Mixed_6e: inceptionB },
  AuxLogits: "conv0 conv1 fc",
  Mixed_7a: "branch3x3_1 branch3x3_2 branch7x7x3_1 branch7x7x3_2 branch7x7x3_3 branch7x7x3_4",
  ...{ Mixed_7b: inceptionC, Mixed_7c: inceptionC },
};

function inceptionModules(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => {
    if (row.kind === "convolution") return [row.name];
    if (row.kind === "dense") return ["fc"];
    const inner = inceptionV3Modules[row.name];
    return inner === undefined ? [] : inner.split(" ").map((module) => `${row.name}.${module}`);
  });
}

const googlenetBranches = "branch1 branch2.0 branch2.1 branch3.0 branch3.1 branch4.1".split(" ");
const googlenetHead = ["conv", "fc1", "fc2"];

function googlenetModules(rows: readonly Row[]): string[] {
  let [convolutions, heads] = [0, 0];
  return rows.flatMap((row) => {
    if (row.kind === "convolution") return [`conv${++convolutions}`];
    if (row.kind === "dense") return ["fc"];
    if (row.kind === "branches") return googlenetBranches.map((branch) => `${row.name.replace("_", "")}.${branch}`);
    if (row.kind !== "auxiliary") return [];
    heads++;
    return googlenetHead.map((layer) => `aux${heads}.${layer}`);
  });
}

/** A list of layers with its activations and pools counted in, and a second list of dense layers at these places. */
function sequentialModules(rows: readonly Row[], densePlaces: readonly number[]): string[] {
  const places = [...densePlaces];
  let place = 0;
  return rows.flatMap((row) => {
    if (row.kind === "dense") return [`classifier.${places.shift()}`];
    const here = place;
    if (row.kind === "convolution") place += 2;
    if (row.kind === "pool") place += 1;
    return row.kind === "convolution" ? [`features.${here}`] : [];
  });
}

const vggModules = (rows: readonly Row[]) => sequentialModules(rows, [0, 3, 6]);

interface Counterpart {
  modules(rows: readonly Row[]): string[];
  /**
   * What its published weights take. torchvision's Inception-v3 and GoogLeNet were brought over from Google's and rescale their input inside.
   */
  readonly preprocessing: Preprocessing;
  /** Our table of torchvision's network, where that is not this one, whose names and shapes are the same. */
  readonly tableId?: string;
}
const vggCounterpart = { modules: vggModules, preprocessing: imagenetPixels };
const inceptionCounterpart = { modules: inceptionModules, preprocessing: centredPixels };
const counterparts: Readonly<Record<string, Counterpart>> = {
  ...{ vgg11: vggCounterpart, vgg13: vggCounterpart, vgg16: vggCounterpart, vgg19: vggCounterpart },
  "alexnet-torchvision": {
    modules: (rows) => sequentialModules(rows, [1, 4, 6]),
    preprocessing: imagenetPixels,
  },
  "googlenet-torchvision": { modules: googlenetModules, preprocessing: centredPixels },
  // Google's average pools leave the border out.
  "inception-v3": { ...inceptionCounterpart, tableId: "inception-v3-torchvision" },
  "inception-v3-torchvision": inceptionCounterpart,
};

/** Networks that have one which computes the same, for messages. */
export const torchvisionIds: readonly string[] = Object.keys(counterparts).filter((id) => tableIdOf(id) === id);

function tableIdOf(id: string): string {
  return counterparts[id]?.tableId ?? id;
}

/**
 * Rows in which torchvision's network, which is built at one size alone, computes something else with the same weights.
 * @param architecture of a network that has one, at the size at which it runs
 */
export function torchvisionDifferences(architecture: Architecture): RowDifference[] {
  return rowDifferences(architecture, findArchitecture(tableIdOf(architecture.id)));
}

/** @throws StrataError `export.differs` where its network would predict otherwise with these weights */
export function refuseOtherThanTorchvision(architecture: Architecture): void {
  const [first, ...others] = torchvisionDifferences(architecture);
  if (first === undefined) return;
  const { id, inputPixels } = findArchitecture(tableIdOf(architecture.id));
  throw new StrataError("export.differs", { ...first, others: others.length, id, inputPixels });
}

/** What torchvision's published weights of this network take; null where it has no such network. */
export function torchvisionPreprocessing(id: string): Preprocessing | null {
  return counterparts[id]?.preprocessing ?? null;
}

/**
 * Each weight of the network with its name and shape there; null where torchvision has no such network.
 * @param architecture at the size at which it runs
 */
export function torchvisionWeights(architecture: Architecture, classes: number): TorchvisionWeight[] | null {
  const counterpart = counterparts[architecture.id];
  if (!counterpart) return null;
  // Of the paper's table: a scaled one may have lost pools, which count in a list of layers.
  const modules = counterpart.modules(findArchitecture(architecture.id).rows);
  const weights = listWeights(architecture, classes);
  const paths = [...new Set(weights.map(({ row }) => row.path))];
  if (paths.length !== modules.length)
    throw new Error(`${architecture.id} has ${paths.length} rows with weights, torchvision ${modules.length}`);
  const moduleOf = new Map(paths.map((path, index) => [path, modules[index]!]));
  return weights.map((weight) => ({
    weight,
    name: `${moduleOf.get(weight.row.path)}.${partName(weight)}`,
    shape: torchvisionShape(weight),
  }));
}

function partName({ part, row }: ListedWeight): string {
  switch (part) {
    case "kernel":
      return row.batchNorm ? "conv.weight" : "weight";
    case "bias":
      return "bias";
    case "gamma":
      return "bn.weight";
    case "beta":
      return "bn.bias";
    case "moving-mean":
      return "bn.running_mean";
    case "moving-variance":
      return "bn.running_var";
  }
}

/** Of the weight as it lies there. */
export function torchvisionShape({ part, row, shape }: ListedWeight): readonly number[] {
  if (part !== "kernel") return shape;
  const [height, width, inputs, outputs] = row.kernel;
  return row.kind === "dense" ? [outputs, inputs * height * width] : [outputs, inputs, height, width];
}

/** [height, width, inputs, outputs] → [outputs, inputs, height, width]. */
export function toTorchvision({ part, row }: ListedWeight, values: Float32Array): Float32Array {
  if (part !== "kernel") return values;
  const moved = new Float32Array(values.length);
  eachPlace(row.kernel, (ours, theirs) => {
    moved[theirs] = values[ours]!;
  });
  return moved;
}

/** [outputs, inputs, height, width] → [height, width, inputs, outputs]. */
export function fromTorchvision({ part, row }: ListedWeight, values: Float32Array): Float32Array {
  if (part !== "kernel") return values;
  const moved = new Float32Array(values.length);
  eachPlace(row.kernel, (ours, theirs) => {
    moved[ours] = values[theirs]!;
  });
  return moved;
}

/** Outputs that are moved together: ours stand side by side and fill a line of the processor's cache, where one by one each would fetch a line of its own. */
const besideEachOther = 16;

function eachPlace(
  [height, width, inputs, outputs]: ListedWeight["row"]["kernel"],
  visit: (ours: number, theirs: number) => void,
): void {
  const positions = height * width;
  for (let first = 0; first < outputs; first += besideEachOther) {
    const end = Math.min(outputs, first + besideEachOther);
    for (let input = 0; input < inputs; input++)
      for (let position = 0; position < positions; position++)
        for (let output = first; output < end; output++)
          visit((position * inputs + input) * outputs + output, (output * inputs + input) * positions + position);
  }
}
