/**
 * Keras' names for a network's weights. It names a weight by its layer and part, `block1_conv1/kernel`, and layers that nobody named by their kind and
 * their turn, `conv2d_7`. The layers are therefore taken in order, convolutions, dense layers and batch normalisations each by themselves, and
 * laid beside the rows of the trunk; a weight fits where its shape does. Kernels are laid out as ours are.
 */
import type { Architecture } from "../../contract/architecture.ts";
import { type ListedWeight, listWeights, type WeightRow } from "../weight-list.ts";

type Shapes = ReadonlyMap<string, { readonly shape: readonly number[] }>;
type Part = ListedWeight["part"];

const parts: Readonly<Record<string, Part>> = {
  ...{ kernel: "kernel", bias: "bias", gamma: "gamma", beta: "beta" },
  ...{ moving_mean: "moving-mean", moving_variance: "moving-variance" },
};

interface Layer {
  readonly path: string;
  /** Names of its weights as the file has them. */
  readonly names: Readonly<Partial<Record<Part, string>>>;
  readonly kind: WeightRow["kind"] | "batch-norm";
}

export interface KerasWeight {
  readonly weight: ListedWeight;
  /** As the file names it; as it would, for one that is not there. */
  readonly name: string;
  /** A batch normalisation without a scale leaves its γ out: it is 1 throughout. */
  readonly isOne: boolean;
}

/** @returns null where the file has no weight with a name that Keras gives */
export function kerasWeights(
  architecture: Architecture,
  shapes: Shapes,
): { weights: KerasWeight[]; classes: number } | null {
  // Of what Keras ships, no network has heads on the side.
  const trunk = { ...architecture, rows: architecture.rows.filter(({ kind }) => kind !== "auxiliary") };
  const layers = layersIn(shapes);
  if (layers.length === 0) return null;
  const byName = layers.toSorted((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
  const laid = [byName, layers].map((order) => {
    const classes = classesIn(order, rowsOf(listWeights(trunk, 1)), shapes);
    const weights = layBeside(listWeights(trunk, classes), order);
    return { classes, weights, fitting: weights.filter((one) => fits(one, shapes)).length };
  });
  return laid.reduce((best, other) => (other.fitting > best.fitting ? other : best));
}

/** Without its last layer, the number of classes is anybody's. */
function classesIn(layers: readonly Layer[], rows: readonly WeightRow[], shapes: Shapes): number {
  const { kind } = rows.at(-1)!;
  const alike = layers.filter((layer) => layer.kind === kind);
  const isWhole = alike.length === rows.filter((row) => row.kind === kind).length;
  return (isWhole ? shapes.get(alike.at(-1)?.names.kernel ?? "")?.shape.at(-1) : undefined) ?? 1_000;
}

function fits({ weight, name, isOne }: KerasWeight, shapes: Shapes): boolean {
  return isOne || shapes.get(name)?.shape.join() === weight.shape.join();
}

/** In the order of the file. */
function layersIn(shapes: Shapes): Layer[] {
  const names = new Map<string, Partial<Record<Part, string>>>();
  for (const name of shapes.keys()) {
    const end = name.lastIndexOf("/");
    const word = name.slice(end + 1).replace(/:0$/, "");
    const part = Object.hasOwn(parts, word) ? parts[word] : undefined;
    if (part === undefined || end < 0) continue;
    const path = name.slice(0, end);
    names.set(path, { ...names.get(path), [part]: name });
  }
  return [...names].flatMap(([path, of]): Layer[] => {
    if (of["moving-mean"] !== undefined) return [{ path, names: of, kind: "batch-norm" }];
    const sides = shapes.get(of.kernel ?? "")?.shape.length;
    if (sides !== 4 && sides !== 2) return [];
    return [{ path, names: of, kind: sides === 4 ? "convolution" : "dense" }];
  });
}

function layBeside(listed: readonly ListedWeight[], layers: readonly Layer[]): KerasWeight[] {
  const rows = rowsOf(listed);
  const layerOf = (row: WeightRow, kind: Layer["kind"]): Layer | undefined => {
    const alike = rows.filter((other) => (kind === "batch-norm" ? other.batchNorm : other.kind === kind));
    return layers.filter((layer) => layer.kind === kind)[alike.indexOf(row)];
  };
  const byRow = new Map(rows.map((row) => [row, [layerOf(row, row.kind), layerOf(row, "batch-norm")] as const]));
  return listed.map((weight) => {
    const { part, row } = weight;
    const [layer, norm] = byRow.get(row)!;
    const owner = part === "kernel" || part === "bias" ? layer : norm;
    const isOne = part === "gamma" && owner?.names.gamma === undefined && owner?.names.beta !== undefined;
    const isLeftOut = isOne ? `${owner!.path}/gamma, left out there: 1` : `(${row.path}/${part})`;
    return { weight, name: owner?.names[part] ?? isLeftOut, isOne };
  });
}

function rowsOf(listed: readonly ListedWeight[]): WeightRow[] {
  return [...new Set(listed.map(({ row }) => row))];
}
