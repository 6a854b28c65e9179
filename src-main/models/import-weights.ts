/** Weights from elsewhere, brought to Strata's names and layout: what of them belongs to a network, and a Strata file with that. */
import type { Architecture } from "../contract/architecture.ts";
import { StrataError } from "../contract/errors.ts";
import {
  centredPixels,
  type ImportReport,
  imagenetPixels,
  type Preprocessing,
  type RowDifference,
} from "../contract/weights.ts";
import { refuseNotFinite, watchFinite } from "./finite.ts";
import { graphDifferences } from "./foreign/graph-differences.ts";
import { kerasWeights } from "./foreign/keras-names.ts";
import { type OpenedWeights, openForeign } from "./foreign/open-foreign.ts";
import { architectures, findArchitecture } from "./registry.ts";
import { rowDifferences } from "./row-differences.ts";
import { scaleArchitecture } from "./scale.ts";
import {
  fromTorchvision,
  torchvisionDifferences,
  torchvisionIds,
  torchvisionPreprocessing,
  torchvisionWeights,
} from "./torchvision.ts";
import { type ListedWeight, listWeights } from "./weight-list.ts";
import { averagePrefix, usedName, type WeightsDescription, writeWeights } from "./weights-file.ts";
import { isTooLittle } from "./weights-match.ts";

export interface ImportRequest {
  readonly path: string;
  readonly modelId: string;
  /** The file to write; null only tells what would be in it. */
  readonly to: string | null;
  /** How the weights' pictures were scaled; null: as the file says, or else as torchvision's published weights take them. */
  readonly pixels: "imagenet" | "centred" | null;
  /** Takes what fits, even where too little does or the file's network computes something else. */
  readonly isMismatchAllowed: boolean;
}

/** A weight of ours and where in the file it is sought. */
interface Source {
  readonly weight: ListedWeight;
  readonly name: string;
  readonly shape: readonly number[];
  ours(values: Float32Array): Float32Array;
  /** It needs no values of the file. */
  readonly isGiven?: boolean;
}

/**
 * Reads Strata's own files and torchvision's names in safetensors; ONNX that Strata wrote; models of TensorFlow.js and SavedModels, Strata's own or with Keras' names.
 * @throws StrataError `weights.not-found`, `file.not-regular`, `weights.no-model`, `weights.pickle`, `weights.damaged`, `weights.program`, `weights.onnx`, `weights.onnx-changed`, `weights.no-mapping`,
 *   `weights.unmatched`, `weights.too-little`, `weights.differs`, `weights.not-finite`, `model.unknown`; the file system's own errors where the new file cannot be written
 */
export function importWeights({ path, modelId, to, pixels, isMismatchAllowed }: ImportRequest): ImportReport {
  const paper = findArchitecture(modelId);
  const file = openForeign(path);
  try {
    const said = file.description;
    const size = said?.architecture === modelId ? said : { inputPixels: paper.inputPixels, width: 1 };
    const architecture = scaleArchitecture(paper, size);
    const { sources, classes } = sourcesFor(architecture, file, modelId, path);
    const report = reportOf(sources, file, architecture);
    refuseMismatch(report, { architecture, file, classes, path, isMismatchAllowed });
    const watched = watchFinite(file.read);
    const matched = new Set(report.matched.map(({ name }) => name));
    const taken = sources.filter(({ weight }) => matched.has(weight.name));
    for (const { name, isGiven } of taken) if (!isGiven) watched.read(name);
    refuseNotFinite(watched.found(), path);
    if (to !== null) {
      const preprocessing = pixels === null ? (said?.preprocessing ?? usualPixels(modelId, file)) : scalings[pixels];
      const description: WeightsDescription = {
        formatVersion: 1,
        layout: "strata",
        architecture: modelId,
        ...{ inputPixels: size.inputPixels, width: size.width, classes, preprocessing },
        classNames: said?.classNames ?? null,
        trained: said?.trained ?? null,
      };
      writeWeights(
        to,
        description,
        taken.map((source) => ({ ...source.weight, values: () => valuesOf(source, file) })),
      );
    }
    return report;
  } finally {
    file.close();
  }
}

const scalings = { imagenet: imagenetPixels, centred: centredPixels } as const;

/** What published weights of this layout take. */
function usualPixels(modelId: string, { kind }: OpenedWeights): Preprocessing {
  return (kind === "safetensors" ? torchvisionPreprocessing(modelId) : null) ?? centredPixels;
}

/** Where in the file each weight is sought, by who wrote it. */
function sourcesFor(
  architecture: Architecture,
  file: OpenedWeights,
  id: string,
  path: string,
): { readonly sources: readonly Source[]; readonly classes: number } {
  const said = file.description;
  if (said?.layout === "strata")
    return { sources: ownSources(architecture, said.classes, file), classes: said.classes };
  if (file.kind === "model") {
    const keras = kerasWeights(architecture, file.tensors);
    if (keras === null) throw new StrataError("weights.unmatched", { id, path });
    const found = new Map(keras.weights.map((one) => [one.weight.name, one]));
    const sources = listWeights(architecture, keras.classes).map((weight): Source => {
      const { shape } = weight;
      const { name = `(${weight.name})`, isOne = false } = found.get(weight.name) ?? {};
      return isOne
        ? { ...{ weight, name, shape, isGiven: true }, ours: () => ones(shape) }
        : { weight, name, shape, ours: same };
    });
    return { sources, classes: keras.classes };
  }
  const classes = said?.classes ?? classesIn(file, architecture) ?? 1_000;
  return { sources: foreignSources(architecture, classes), classes };
}

function valuesOf({ name, ours, isGiven }: Source, file: OpenedWeights): Float32Array {
  return ours(isGiven ? new Float32Array() : file.read(name));
}

const same = (values: Float32Array): Float32Array => values;

function ones(shape: readonly number[]): Float32Array {
  return new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(1);
}

function ownSources(architecture: Architecture, classes: number, file: OpenedWeights): Source[] {
  return listWeights(architecture, classes).map((weight) => {
    const name = usedName(weight.name, (stored) => file.tensors.has(stored)) ?? weight.name;
    return { weight, name, shape: weight.shape, ours: same };
  });
}

function foreignSources(architecture: Architecture, classes: number): Source[] {
  const counterparts = torchvisionWeights(architecture, classes);
  if (!counterparts)
    throw new StrataError("weights.no-mapping", { id: architecture.id, known: torchvisionIds.join(", ") });
  return counterparts.map(({ weight, name, shape }) => ({
    ...{ weight, name, shape },
    ours: (values) => fromTorchvision(weight, values),
  }));
}

/** Length of the last layer's bias, by torchvision's name for it. */
function classesIn(file: OpenedWeights, architecture: Architecture): number | null {
  const last = torchvisionWeights(architecture, 1)?.at(-1);
  const [length] = file.tensors.get(last?.name ?? "")?.shape ?? [];
  return length !== undefined && length > 0 ? length : null;
}

/** What stands in the file and in no weight here: also what was laid beside one and has another shape. */
function unusedBy(matched: ImportReport["matched"], file: OpenedWeights): string[] {
  const used = new Set(matched.map(({ from }) => from));
  return [...file.tensors.keys()].filter((name) => !used.has(name) && !isLeftOut(name, used));
}

interface Met {
  readonly architecture: Architecture;
  readonly file: OpenedWeights;
  readonly classes: number;
  readonly path: string;
  readonly isMismatchAllowed: boolean;
}

function refuseMismatch(report: ImportReport, { architecture, file, classes, path, isMismatchAllowed }: Met): void {
  const { matched, missing, differences } = report;
  const { id } = architecture;
  if (matched.length === 0) throw new StrataError("weights.unmatched", { id, path });
  if (isMismatchAllowed) return;
  const names = new Set(matched.map(({ name }) => name));
  if (isTooLittle(architecture, classes, (name) => names.has(name))) {
    const surplus = unusedBy(matched, file).length;
    const counts = { matched: matched.length, missing: missing.length, surplus };
    throw new StrataError("weights.too-little", { id, ...counts, path });
  }
  const [first, ...others] = differences ?? [];
  if (first !== undefined) throw new StrataError("weights.differs", { id, ...first, others: others.length, path });
}

/** Null where the file does not say what its layers compute. */
function differencesOf(
  architecture: Architecture,
  file: OpenedWeights,
  sources: readonly Source[],
): readonly RowDifference[] | null {
  const said = file.description;
  if (said?.architecture === architecture.id) return [];
  if (said !== null) {
    const theirs = architectures.find(({ id }) => id === said.architecture);
    return theirs === undefined ? null : rowDifferences(architecture, scaleArchitecture(theirs, said));
  }
  const isModel = file.kind === "model";
  const counted = countedLayers(architecture, file, isModel);
  if (!isModel) return [...counted, ...torchvisionDifferences(architecture)];
  const kernels = new Map(
    sources.flatMap(({ weight, name }) => (weight.part === "kernel" ? [[weight.row.path, name] as const] : [])),
  );
  const told = graphDifferences(architecture, (row) => kernels.get(row), file.layerOf);
  return told === null && counted.length === 0 ? null : [...counted, ...(told ?? [])];
}

/** Other numbers of convolutions cannot be the same network, however many of their shapes meet. Heads on the side may be left out. */
function countedLayers(architecture: Architecture, file: OpenedWeights, isTrunk: boolean): RowDifference[] {
  const kernelsIn = (rows: Architecture["rows"]) =>
    listWeights({ ...architecture, rows }, 1).filter(({ part, row }) => part === "kernel" && row.kind === "convolution")
      .length;
  const trunk = kernelsIn(architecture.rows.filter(({ kind }) => kind !== "auxiliary"));
  const here = isTrunk ? [trunk] : [trunk, kernelsIn(architecture.rows)];
  const there = [...file.tensors.values()].filter(({ shape }) => shape.length === 4).length;
  return here.includes(there)
    ? []
    : [{ row: "number of convolutions", here: String(here.at(-1)), there: String(there) }];
}

function reportOf(sources: readonly Source[], file: OpenedWeights, architecture: Architecture): ImportReport {
  const shapeOf = (name: string) => file.tensors.get(name)?.shape ?? null;
  const isThere = ({ name, shape, isGiven }: Source) => isGiven || shapeOf(name)?.join() === shape.join();
  const taken = new Set(sources.map(({ name }) => name));
  return {
    matchedBy: file.kind === "model" && file.description === null ? "order" : "name",
    differences: differencesOf(architecture, file, sources.filter(isThere)),
    matched: sources
      .filter(isThere)
      .map(({ weight, name }) => ({ name: weight.name, from: name, shape: weight.shape })),
    missing: sources
      .filter((source) => !isThere(source))
      .map(({ weight, name }) => ({ name: weight.name, shape: weight.shape, from: name, found: shapeOf(name) })),
    surplus: [...file.tensors]
      .filter(([name]) => !taken.has(name) && !isLeftOut(name, taken))
      .map(([name, { shape }]) => ({ name, shape })),
  };
}

/** PyTorch's counters of batches, which are no weights, and weights whose average is taken. */
function isLeftOut(name: string, taken: ReadonlySet<string>): boolean {
  return name.endsWith(".num_batches_tracked") || taken.has(`${averagePrefix}${name}`);
}
