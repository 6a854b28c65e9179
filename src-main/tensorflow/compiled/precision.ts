/**
 * A recorded graph in mixed precision: products and convolutions take and give 16 bits, and what only moves values about goes along with them.
 * Everything that adds up many values stays in float32: batch normalisation, losses, norms, the optimiser and, above all, the weights, which are
 * cast anew in each step.
 *
 * bfloat16 has float32's 8 bits of exponent, so that no loss has to be scaled. float16 has 5: what is above 65,504 is infinite and what is below 6e-8
 * is 0, so whoever computes gradients in it scales their loss (Micikevicius 2018). It is meant for GPUs with tensor cores; on a processor without
 * instructions for it TensorFlow computes it by Eigen, slowly.
 *
 * Batch normalisation is left out for its speed as well: oneDNN's is three times slower on bfloat16 than on float32.
 */
import { DataType } from "../protobuf/generated/tensorflow_pb.js";
import { type GraphNode, typeValue } from "./graph-def.ts";
import type { Recording } from "./recorded-graph.ts";

/** How an op goes over to 16 bits, all by position among its inputs. */
interface Lowering {
  /** Inputs of the type that its attribute T names; all but the last where there are any number of them. */
  readonly values: readonly number[] | "all but the last";
  /**
   * Inputs that decide: it is lowered where all of these are in 16 bits already. None: always. A gradient has to be of the type of the op that
   * it belongs to, or TensorFlow runs it without what oneDNN kept from the way forward.
   */
  readonly follows: readonly number[] | "values";
  /** Whether all outputs are of type T, or the first alone. */
  readonly hasManyOutputs?: boolean;
}

const lowerings: Readonly<Record<string, Lowering>> = {
  Conv2D: { values: [0, 1], follows: [] },
  Conv2DBackpropInput: { values: [1, 2], follows: [] },
  Conv2DBackpropFilter: { values: [0, 2], follows: [] },
  MatMul: { values: [0, 1], follows: [] },
  BiasAdd: { values: [0, 1], follows: [0] },
  BiasAddGrad: { values: [0], follows: "values" },
  Relu: { values: [0], follows: "values" },
  ReluGrad: { values: [0, 1], follows: [1] },
  MaxPool: { values: [0], follows: "values" },
  MaxPoolGrad: { values: [0, 1, 2], follows: [0] },
  AvgPool: { values: [0], follows: "values" },
  AvgPoolGrad: { values: [1], follows: "values" },
  Reshape: { values: [0], follows: "values" },
  Snapshot: { values: [0], follows: "values" },
  Add: { values: [0, 1], follows: "values" },
  ConcatV2: { values: "all but the last", follows: "values" },
  SplitV: { values: [0], follows: "values", hasManyOutputs: true },
};

const float32 = typeValue(DataType.DT_FLOAT);
const lowTypes = {
  bfloat16: typeValue(DataType.DT_BFLOAT16),
  float16: typeValue(DataType.DT_HALF),
} as const;
export type LowPrecision = keyof typeof lowTypes;

/** The same recording, with inputs, outputs and variables of the types that they had. */
export function lowerPrecision(recording: Recording, precision: LowPrecision): Recording {
  const low = lowTypes[precision];
  const nodes: GraphNode[] = [];
  /** Lowered nodes, and whether all of their outputs are in 16 bits or the first alone. */
  const lowered = new Map<string, "all" | "first">();
  const casts = new Map<string, string>();

  /** @param reference `node` or `node:output`; what is only waited for (`^node`) has no type */
  function isLow(reference: string): boolean {
    const [node, output] = reference.split(":") as [string, string?];
    const outputs = lowered.get(node);
    return outputs === "all" || (outputs === "first" && output === undefined);
  }
  function castTo(isWantedLow: boolean, reference: string): string {
    const known = casts.get(reference);
    if (known) return known;
    const name = `${reference.replace(":", "_")}_cast`;
    const [from, to] = isWantedLow ? [float32, low] : [low, float32];
    nodes.push({ name, op: "Cast", inputs: [reference], attributes: { SrcT: from, DstT: to } });
    casts.set(reference, name);
    return name;
  }

  for (const node of recording.nodes) {
    const lowering = isFloat32(node) ? lowerings[node.op] : undefined;
    const values = lowering ? positionsOf(lowering, node) : [];
    const follows = lowering?.follows === "values" ? values : (lowering?.follows ?? []);
    const isLowered = lowering !== undefined && follows.every((position) => isLow(node.inputs[position]!));
    const inputs = node.inputs.map((reference, position) => {
      const isWantedLow = isLowered && values.includes(position);
      return isLow(reference) === isWantedLow ? reference : castTo(isWantedLow, reference);
    });
    nodes.push({ ...node, inputs, attributes: isLowered ? { ...node.attributes, T: low } : node.attributes });
    if (isLowered) lowered.set(node.name, lowering.hasManyOutputs ? "all" : "first");
  }
  return { ...recording, nodes };
}

function isFloat32({ attributes: { T } }: GraphNode): boolean {
  return T?.value.case === "type" && T.value.value === DataType.DT_FLOAT;
}

/** What the op only waits for stands behind its inputs. */
function positionsOf({ values }: Lowering, { inputs }: GraphNode): readonly number[] {
  if (values !== "all but the last") return values;
  return inputs.flatMap((input, position) => (input.startsWith("^") ? [] : [position])).slice(0, -1);
}
