/** The layers of a Keras model, as `model.json` of TensorFlow.js has them, of Keras 2 and 3: what each computes, and over what. */
import { z } from "zod";
import {
  activatedNode,
  concatenationNode,
  convolutionNode,
  denseNode,
  inputNode,
  type LayerNode,
  normalisedNode,
  otherNode,
  paddingNode,
  poolNode,
} from "./layer-graph.ts";

const sides = z.union([z.number(), z.array(z.number())]).transform((given) => [given].flat());
const activation = z
  .union([z.string(), z.object({ class_name: z.string() })])
  .nullish()
  .transform((given) => (typeof given === "object" ? (given?.class_name ?? "linear") : (given ?? "linear")));
const border = z.enum(["same", "valid"]);

const layer = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.looseObject({ name: z.string().optional() }),
  inbound_nodes: z.array(z.unknown()).default([]),
});
type Layer = z.infer<typeof layer>;

const topology = z.object({
  model_config: z.object({ class_name: z.string(), config: z.object({ layers: z.array(layer) }) }),
});

/** Of one layer over its inputs. */
type Reader = (config: Layer["config"], inputs: readonly LayerNode[], name: string) => LayerNode;

const convolution = z.object({
  ...{ strides: sides.default([1]), padding: border.default("valid"), activation },
  ...{ groups: z.number().default(1), dilation_rate: sides.default([1]) },
});
const pool = z.object({ pool_size: sides.default([2]), strides: sides.nullish(), padding: border.default("valid") });
const padding = z.object({ padding: z.union([z.number(), z.array(z.union([z.number(), z.array(z.number())]))]) });
const activated = z.object({ activation });
const relu = z.object({
  max_value: z.number().nullish(),
  negative_slope: z.unknown().optional(),
  threshold: z.unknown().optional(),
});

const batchNorm = z.object({ epsilon: z.number().default(0.001) });

const passed: Reader = (_, [input = inputNode]) => input;
const pooled =
  (operation: "max" | "average"): Reader =>
  (config, [input = inputNode], name) => {
    const { pool_size: kernel, strides, padding: border } = pool.parse(config);
    return poolNode(input, name, operation, { kernel, strides: strides ?? kernel, border });
  };

const readers: Readonly<Record<string, Reader>> = {
  InputLayer: () => inputNode,
  Conv2D(config, [input = inputNode], name) {
    const { strides, padding: border, groups, ...rest } = convolution.parse(config);
    const [dilation = 1] = rest.dilation_rate;
    const node = convolutionNode(input, name, { strides, border, groups, dilation });
    return activatedNode(node, activationName(rest.activation), name);
  },
  Dense: (config, [input = inputNode], name) =>
    activatedNode(denseNode(input, name), activationName(activated.parse(config).activation), name),
  MaxPooling2D: pooled("max"),
  AveragePooling2D: pooled("average"),
  GlobalMaxPooling2D: (_, [input = inputNode], name) => poolNode(input, name, "max", null),
  GlobalAveragePooling2D: (_, [input = inputNode], name) => poolNode(input, name, "average", null),
  ZeroPadding2D(config, [input = inputNode], name) {
    const given = padding.parse(config).padding;
    return paddingNode(input, typeof given === "number" ? [given] : given.flat(), name);
  },
  Concatenate: (_, inputs, name) => concatenationNode(inputs, name),
  Activation: (config, [input = inputNode], name) =>
    activatedNode(input, activationName(activated.parse(config).activation), name),
  ReLU(config, [input = inputNode], name) {
    const { max_value: most, ...rest } = relu.parse(config);
    const isPlain = !rest.negative_slope && !rest.threshold;
    return activatedNode(input, isPlain ? (most == null ? "relu" : `relu up to ${most}`) : "another ReLU", name);
  },
  Softmax: (_, [input = inputNode], name) => activatedNode(input, "softmax", name),
  BatchNormalization: (config, [input = inputNode]) => normalisedNode(input, batchNorm.parse(config).epsilon),
  ...{ Dropout: passed, SpatialDropout2D: passed, GaussianNoise: passed },
  ...{ Flatten: passed, Reshape: passed, Identity: passed, ActivityRegularization: passed },
};

function readerOf(kind: string): Reader {
  const known = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  return known ?? ((_, inputs, name) => otherNode(kind, inputs, name));
}

function activationName(name: string): string {
  return name === "linear" ? "none" : name;
}

/**
 * @returns each layer with a kernel by its name; null where the file has no layers, or has them in a form that is not known
 * @param said `modelTopology` of the file
 */
export function kerasLayers(said: unknown): ReadonlyMap<string, LayerNode> | null {
  const parsed = topology.safeParse(said);
  if (!parsed.success) return null;
  const { class_name: kind, config } = parsed.data.model_config;
  const nodes = new Map<string, LayerNode>();
  const weighted = new Map<string, LayerNode>();
  let before: LayerNode = inputNode;
  try {
    for (const one of config.layers) {
      const name = one.config.name ?? one.name ?? "";
      const inputs = kind === "Sequential" ? [before] : inputNames(one.inbound_nodes[0]).map((from) => nodes.get(from));
      if (!inputs.every((input) => input !== undefined)) return null;
      const read = readerOf(one.class_name);
      before = read(one.config, inputs, name);
      nodes.set(name, before);
      // Its activation may be a layer of its own, further on.
      if (before.weights !== null) weighted.set(before.weights, before);
    }
  } catch (thrown) {
    // A layer whose settings have another form than those of any Keras that is known.
    if (thrown instanceof z.ZodError) return null;
    throw thrown;
  }
  return weighted;
}

/** Keras 2 names an input `["name", 0, 0, {}]`, Keras 3 `{ config: { keras_history: ["name", 0, 0] } }`, each within lists. */
function inputNames(inbound: unknown): string[] {
  if (Array.isArray(inbound)) {
    const [name, ...rest] = inbound;
    if (typeof name === "string" && typeof rest[0] === "number") return [name];
    return inbound.flatMap(inputNames);
  }
  if (typeof inbound !== "object" || inbound === null) return [];
  if ("keras_history" in inbound) return inputNames(inbound.keras_history);
  return Object.values(inbound).flatMap(inputNames);
}
