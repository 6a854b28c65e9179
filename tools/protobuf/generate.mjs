/**
 * Generates what reads and writes TensorFlow's and ONNX's messages (see the README beside the generated files):
 *
 *     pip download tensorflow-cpu==2.21.0 --no-deps --only-binary :all: --python-version 311 --platform manylinux_2_27_x86_64
 *     node tools/protobuf/generate.mjs tensorflow <wheel>
 *
 * The descriptors are those of the wheel's `.proto` files. Fields that nobody here reads or writes are left out: a reader passes them by, so that
 * what they hold in a file takes neither time nor memory, and no message that is left holds itself.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponseSchema,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";

const SOURCES = join(import.meta.dirname, "..", "..", "src-main");

/** By file, its messages with the fields that stay; `*` keeps all. Enumerations stay whole. */
const TENSORFLOW = {
  "protobuf/saved_model": { SavedModel: "*" },
  "protobuf/meta_graph": {
    MetaGraphDef: "meta_info_def graph_def signature_def",
    "MetaGraphDef.MetaInfoDef": "tags",
    SignatureDef: "inputs outputs method_name",
    TensorInfo: "name dtype tensor_shape",
  },
  "framework/graph": { GraphDef: "node versions library" },
  "framework/versions": { VersionDef: "producer" },
  "framework/function": { FunctionDefLibrary: "function", FunctionDef: "signature node_def ret" },
  "framework/op_def": { OpDef: "name input_arg output_arg", "OpDef.ArgDef": "name" },
  "framework/node_def": { NodeDef: "name op input attr" },
  "framework/attr_value": {
    AttrValue: "s i f b type shape tensor list func",
    "AttrValue.ListValue": "s i f b type shape",
    NameAttrList: "name",
  },
  "framework/tensor": { TensorProto: "dtype tensor_shape tensor_content float_val int_val bool_val" },
  "framework/tensor_shape": { TensorShapeProto: "dim", "TensorShapeProto.Dim": "size" },
  "framework/tensor_slice": { TensorSliceProto: "" },
  "framework/types": {},
  "framework/summary": { Summary: "value", "Summary.Value": "tag simple_value" },
  "util/event": { Event: "wall_time step file_version summary" },
  "protobuf/tensor_bundle": { BundleHeaderProto: "num_shards endianness", BundleEntryProto: "*" },
  "protobuf/trackable_object_graph": {
    TrackableObjectGraph: "nodes",
    "TrackableObjectGraph.TrackableObject": "attributes",
    "TrackableObjectGraph.TrackableObject.SerializedTensor": "full_name checkpoint_key",
  },
};
/** As above. */
const ONNX = {
  onnx_ml: {
    ModelProto: "ir_version producer_name producer_version doc_string graph opset_import metadata_props",
    OperatorSetIdProto: "*",
    StringStringEntryProto: "*",
    GraphProto: "node name initializer input output",
    NodeProto: "input output name op_type attribute",
    AttributeProto: "name type f i s ints floats",
    TensorProto: "dims data_type name raw_data",
    ValueInfoProto: "name type",
    TypeProto: "tensor_type",
    "TypeProto.Tensor": "*",
    TensorShapeProto: "dim",
    "TensorShapeProto.Dimension": "dim_value dim_param",
  },
};

/**
 * By package: the folder of its descriptors in the wheel, what stays of them, types of the wheel's own that share a file with those, and where the code goes.
 * @typedef {{ inside: string, kept: Record<string, Record<string, string>>, leftOutEnums: string[], syntax: string, folder: string }} Package
 * @type {Record<string, Package>}
 */
const PACKAGES = {
  tensorflow: {
    ...{
      inside: "tensorflow/core",
      kept: TENSORFLOW,
      leftOutEnums: ["SerializedDType", "DataClass", "WorkerHealth", "WorkerShutdownMode"],
      syntax: "proto3",
    },
    folder: join(SOURCES, "tensorflow", "protobuf", "generated"),
  },
  onnx: {
    ...{ inside: "onnx", kept: ONNX, leftOutEnums: ["Version", "OperatorStatus"], syntax: "proto2" },
    folder: join(SOURCES, "models", "exports", "onnx", "generated"),
  },
};

/**
 * @param {string} name of the package
 * @param {Package} described
 * @param {string} wheel of its Python package
 */
function mergedFile(name, { inside, kept, leftOutEnums, syntax }, wheel) {
  const names = Object.keys(kept).map((file) => `${inside}/${file}_pb2.py`);
  const lines = execFileSync("python3", [join(import.meta.dirname, "descriptors.py"), wheel, ...names]);
  const files = String(lines)
    .trim()
    .split("\n")
    .map((line) => fromBinary(FileDescriptorProtoSchema, Buffer.from(line, "base64")));
  return create(FileDescriptorProtoSchema, {
    name: `${name}.proto`,
    package: name,
    syntax,
    messageType: Object.values(kept).flatMap((messages, index) =>
      prunedMessages(files[index]?.messageType ?? [], messages, ""),
    ),
    enumType: files.flatMap(({ enumType }) => enumType).filter((one) => !leftOutEnums.includes(one.name)),
  });
}

/**
 * @param {import("@bufbuild/protobuf/wkt").DescriptorProto[]} messages
 * @param {Record<string, string>} kept
 * @param {string} prefix names of the messages around these, each with a dot behind
 * @returns {import("@bufbuild/protobuf/wkt").DescriptorProto[]}
 */
function prunedMessages(messages, kept, prefix) {
  return messages.flatMap((message) => {
    const path = prefix + message.name;
    const names = kept[path];
    if (names === undefined) return [];
    const field = message.field.filter(({ name }) => names === "*" || names.split(" ").includes(name));
    // As the compiler would: descriptors within programs leave it out.
    for (const one of field) one.jsonName = one.name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
    const used = new Set(field.map(({ typeName }) => typeName.split(".").at(-1)));
    const entries = message.nestedType.filter(({ name, options }) => options?.mapEntry && used.has(name));
    for (const { field } of entries) for (const one of field) one.jsonName = one.name;
    const nestedType = [...entries, ...prunedMessages(message.nestedType, kept, `${path}.`)];
    return [{ ...message, field, nestedType }];
  });
}

/** Runs the generator as the compiler of protocol buffers would. */
function generate(file) {
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: [file.name],
    parameter: "target=js+dts",
    protoFile: [file],
  });
  const plugin = join(
    dirname(createRequire(import.meta.url).resolve("@bufbuild/protoc-gen-es/package.json")),
    "bin",
    "protoc-gen-es",
  );
  const output = execFileSync(process.execPath, [plugin], { input: toBinary(CodeGeneratorRequestSchema, request) });
  const { file: files, error } = fromBinary(CodeGeneratorResponseSchema, output);
  if (error) throw new Error(error);
  return files;
}

const [name = "", wheel] = process.argv.slice(2);
const chosen = PACKAGES[name];
if (wheel === undefined || chosen === undefined)
  throw new Error(`Name one of ${Object.keys(PACKAGES).join(", ")}, and its wheel.`);
mkdirSync(chosen.folder, { recursive: true });
for (const { name: file, content } of generate(mergedFile(name, chosen, wheel)))
  writeFileSync(join(chosen.folder, file), content);
