/** A safetensors file from elsewhere, brought to Strata's names and layout: what in it belongs to a network, and a Strata file with that. */
import type { Architecture } from "../contract/architecture.ts";
import { StrataError } from "../contract/errors.ts";
import { centredPixels, type ImportReport, imagenetPixels, type Preprocessing } from "../contract/weights.ts";
import { openSafetensors, type SafetensorsFile } from "../platform/safetensors.ts";
import { findArchitecture } from "./registry.ts";
import { scaleArchitecture } from "./scale.ts";
import { fromTorchvision, torchvisionIds, torchvisionPreprocessing, torchvisionWeights } from "./torchvision.ts";
import { type ListedWeight, listWeights } from "./weight-list.ts";
import { averagePrefix, describedBy, usedName, type WeightsDescription, writeWeights } from "./weights-file.ts";

export interface ImportRequest {
  readonly path: string;
  readonly modelId: string;
  /** The file to write; null only tells what would be in it. */
  readonly to: string | null;
  /** How the weights' pictures were scaled; null: as the file says, or else as torchvision's published weights take them. */
  readonly pixels: "imagenet" | "centred" | null;
}

/** A weight of ours and where in the file it is looked for. */
interface Source {
  readonly weight: ListedWeight;
  readonly name: string;
  readonly shape: readonly number[];
  ours(values: Float32Array): Float32Array;
}

/**
 * Reads Strata's own files and torchvision's names.
 * @throws StrataError `weights.not-found`, `weights.pickle`, `weights.damaged`, `weights.no-mapping`, `weights.unmatched`, `model.unknown`; the file
 *   system's own errors where the new file cannot be written
 */
export function importWeights({ path, modelId, to, pixels }: ImportRequest): ImportReport {
  const paper = findArchitecture(modelId);
  const file = openSafetensors(path);
  try {
    const said = describedBy(file.metadata, path);
    const size = said?.architecture === modelId ? said : { inputPixels: paper.inputPixels, width: 1 };
    const architecture = scaleArchitecture(paper, size);
    const classes = said?.classes ?? classesIn(file, architecture) ?? 1_000;
    const sources =
      said?.layout === "strata" ? ownSources(architecture, classes, file) : foreignSources(architecture, classes);
    const report = reportOf(sources, file);
    if (report.matched.length === 0) throw new StrataError("weights.unmatched", { id: modelId, path });
    if (to !== null) {
      const preprocessing = pixels === null ? (said?.preprocessing ?? usualPixels(modelId)) : scalings[pixels];
      const description: WeightsDescription = {
        formatVersion: 1,
        layout: "strata",
        architecture: modelId,
        ...{ inputPixels: size.inputPixels, width: size.width, classes, preprocessing },
        classNames: said?.classNames ?? null,
        trained: said?.trained ?? null,
      };
      const matched = new Set(report.matched.map(({ name }) => name));
      const tensors = sources
        .filter(({ weight }) => matched.has(weight.name))
        .map(({ weight, name, ours }) => ({ ...weight, values: () => ours(file.read(name)) }));
      writeWeights(to, description, tensors);
    }
    return report;
  } finally {
    file.close();
  }
}

const scalings = { imagenet: imagenetPixels, centred: centredPixels } as const;

function usualPixels(modelId: string): Preprocessing {
  return torchvisionPreprocessing(modelId) ?? centredPixels;
}

function ownSources(architecture: Architecture, classes: number, file: SafetensorsFile): Source[] {
  return listWeights(architecture, classes).map((weight) => {
    const name = usedName(weight.name, (stored) => file.tensors.has(stored)) ?? weight.name;
    return { weight, name, shape: weight.shape, ours: (values) => values };
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
function classesIn(file: SafetensorsFile, architecture: Architecture): number | null {
  const last = torchvisionWeights(architecture, 1)?.at(-1);
  const [length] = file.tensors.get(last?.name ?? "")?.shape ?? [];
  return length !== undefined && length > 0 ? length : null;
}

function reportOf(sources: readonly Source[], file: SafetensorsFile): ImportReport {
  const shapeOf = (name: string) => file.tensors.get(name)?.shape ?? null;
  const isThere = ({ name, shape }: Source) => shapeOf(name)?.join() === shape.join();
  const taken = new Set(sources.map(({ name }) => name));
  return {
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
