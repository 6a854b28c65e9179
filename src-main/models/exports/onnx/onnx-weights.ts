/** The weights of an ONNX file that Strata wrote, in Strata's layout. The rows are run and not the file, which therefore has to compute what they compute. */
import { equals } from "@bufbuild/protobuf";
import { StrataError } from "../../../contract/errors.ts";
import type { Preprocessing } from "../../../contract/weights.ts";
import { damagedWeights as damaged } from "../../../platform/weights-file.ts";
import { findArchitecture } from "../../registry.ts";
import { type Scale, scaleArchitecture } from "../../scale.ts";
import { fromTorchvision, torchvisionShape } from "../../torchvision.ts";
import type { ListedWeight } from "../../weight-list.ts";
import { answeringWeights } from "../../weight-list.ts";
import { NodeProtoSchema } from "./generated/onnx_pb.js";
import { type OnnxConstant, onnxGraph } from "./onnx-graph.ts";
import { nodeOf } from "./onnx-node.ts";
import type { OnnxFile } from "./read-onnx.ts";

/** What the file says of its network. */
interface NetworkSaid extends Scale {
  readonly architecture: string;
  readonly classes: number;
  readonly preprocessing: Preprocessing;
}

export interface OnnxWeights {
  /** In Strata's shapes. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[] }>;
  /** @throws StrataError `weights.damaged` */
  read(name: string): Float32Array;
}

/**
 * @throws StrataError `model.unknown`, `model.input-too-small`, `weights.damaged`; `weights.onnx-changed` for a file that computes something else than that network
 */
export function weightsInOnnx(file: OnnxFile, said: NetworkSaid, path: string): OnnxWeights {
  const { architecture: id, classes, preprocessing } = said;
  const architecture = scaleArchitecture(findArchitecture(id), said);
  const weights = new Map(answeringWeights(architecture, classes).map((weight) => [weight.name, weight]));
  const { nodes, constants } = onnxGraph(architecture, classes, preprocessing, () => new Float32Array());
  const isSame =
    nodes.length === file.nodes.length &&
    nodes.every((node, at) => equals(NodeProtoSchema, nodeOf(node), file.nodes[at]!)) &&
    constants.every((one) => weights.has(one.name) || hasConstant(file, one));
  if (!isSame) throw new StrataError("weights.onnx-changed", { id, path });
  for (const weight of weights.values()) refuseOtherShape(file, weight, path);
  return {
    tensors: weights,
    read(name) {
      const weight = weights.get(name);
      if (weight === undefined) throw new Error(`${name} is not in ${path}`);
      return fromTorchvision(weight, file.read(name));
    },
  };
}

/** What is no weight follows from the network: factors of its pictures' values, shares of its pools. */
function hasConstant(file: OnnxFile, { name, shape, values }: OnnxConstant): boolean {
  const found = file.tensors.get(name);
  const own = values();
  if (String(found?.shape) !== String(shape) || found?.bytes !== own.byteLength) return false;
  return file.read(name).every((value, at) => value === own[at]);
}

function refuseOtherShape({ tensors }: OnnxFile, weight: ListedWeight, path: string): void {
  const { name } = weight;
  const shape = torchvisionShape(weight);
  const found = tensors.get(name);
  if (found === undefined) throw new StrataError("weights.incomplete", { name, path });
  const bytes = 4 * shape.reduce((product, side) => product * side, 1);
  if (String(found.shape) !== String(shape) || found.bytes !== bytes)
    throw damaged(path, `${name} would have the shape [${found.shape.join(", ")}] in ${found.bytes} bytes`);
}
