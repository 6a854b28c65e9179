/**
 * ONNX: one file, `model.onnx`, with `pictures`, uint8 [any, side, side, 3], to `logits` and `probabilities`. Weights are written one by one as they are read. What a
 * program needs besides stands in the model's metadata: class names in the order of the logits, how a picture becomes its square, and whose weights they are.
 */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { StrataError } from "../../../contract/errors.ts";
import { resizeInWords, usualResize } from "../../../contract/resize.ts";
import { strataVersion } from "../../../platform/version.ts";
import { writeAll } from "../../../platform/write-all.ts";
import { bytesOfPiece, fieldPieces, lengthOf, type Piece } from "../../../tensorflow/protobuf/streamed-message.ts";
import { findArchitecture } from "../../registry.ts";
import { scaleArchitecture } from "../../scale.ts";
import type { UsedWeights, WeightsDescription } from "../../weights-file.ts";
import {
  GraphProtoSchema,
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "./generated/onnx_pb.js";
import { type OnnxConstant, onnxGraph } from "./onnx-graph.ts";
import { nodeOf } from "./onnx-node.ts";

/** What protocol buffers allow a message. */
const mostBytes = 2 ** 31 - 1;
/** Of the format, and of the operators: all of these are as they were in 2021, so that old runtimes read them. */
const irVersion = 8n;
const operatorSet = 13n;

/** @throws StrataError `export.too-large` */
export function writeOnnx(used: UsedWeights, folder: string): void {
  const { architecture: id, inputPixels, classes, preprocessing } = used.description;
  const architecture = scaleArchitecture(findArchitecture(id), used.description);
  const { nodes, constants, input, outputs } = onnxGraph(architecture, classes, preprocessing, used.read);
  const { UINT8, FLOAT } = TensorProto_DataType;
  const rest = create(GraphProtoSchema, {
    name: architecture.title,
    node: nodes.map(nodeOf),
    input: [valueInfo(input, UINT8, ["pictures", inputPixels, inputPixels, 3])],
    output: outputs.map((name) => valueInfo(name, FLOAT, ["pictures", classes])),
  });
  const graph: Piece[] = [
    toBinary(GraphProtoSchema, rest),
    ...constants.flatMap((one) => fieldPieces(GraphProtoSchema.field.initializer, constantPieces(one))),
  ];
  const model = create(ModelProtoSchema, {
    irVersion,
    opsetImport: [create(OperatorSetIdProtoSchema, { domain: "", version: operatorSet })],
    producerName: "Strata",
    producerVersion: strataVersion(),
    docString: architecture.about,
    metadataProps: Object.entries(metadataOf(used.description)).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value }),
    ),
  });
  const pieces = [toBinary(ModelProtoSchema, model), ...fieldPieces(ModelProtoSchema.field.graph, graph)];
  const bytes = lengthOf(pieces);
  if (bytes > mostBytes) throw new StrataError("export.too-large", { bytes, mostBytes });
  const file = openSync(join(folder, "model.onnx"), "wx");
  try {
    for (const piece of pieces) writeAll(file, bytesOfPiece(piece));
  } finally {
    closeSync(file);
  }
}

function metadataOf(description: WeightsDescription): Readonly<Record<string, string>> {
  const { architecture, classNames, trained } = description;
  const resize = trained?.configuration.resize ?? usualResize;
  return {
    architecture,
    ...(classNames && { class_names: JSON.stringify(classNames) }),
    ...(trained && { epoch: String(trained.epoch) }),
    resize: JSON.stringify(resize),
    pictures: resizeInWords(resize),
    scaling: "by the model: it takes values of 0…255",
    // For Strata itself, which reads the file back; names of weights are its own.
    strata: JSON.stringify({ ...description, layout: "strata" }),
  };
}

/** The tensor without its values, and the values behind. */
function constantPieces({ name, shape, values }: OnnxConstant): Piece[] {
  const tensor = create(TensorProtoSchema, {
    ...{ name, dataType: TensorProto_DataType.FLOAT, dims: shape.map(BigInt) },
  });
  const content: Piece = {
    length: 4 * shape.reduce((product, side) => product * side, 1),
    make() {
      const { buffer, byteOffset, byteLength } = values();
      // Values here come from files, never from memory that threads share.
      return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    },
  };
  return [toBinary(TensorProtoSchema, tensor), ...fieldPieces(TensorProtoSchema.field.rawData, [content])];
}

/** @param shape a name stands for any number */
function valueInfo(name: string, elemType: number, shape: readonly (number | string)[]): ValueInfoProto {
  const dim = shape.map((side) =>
    create(TensorShapeProto_DimensionSchema, {
      value: typeof side === "string" ? { case: "dimParam", value: side } : { case: "dimValue", value: BigInt(side) },
    }),
  );
  const tensor = create(TypeProto_TensorSchema, { elemType, shape: create(TensorShapeProtoSchema, { dim }) });
  const type = create(TypeProtoSchema, { value: { case: "tensorType", value: tensor } });
  return create(ValueInfoProtoSchema, { name, type });
}
