/** Small files that would become large: each is refused with its reason by a process that neither grows nor stands still. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { askInChild } from "../../support/in-child.ts";
import { callNode, functionOf, node, savedModel } from "./lenet-models.ts";
import { sortedTable, tableOf, varint } from "./sorted-table.ts";
import { bytesField, integerField, message } from "./wire-fields.ts";

const home = mkdtempSync(join(tmpdir(), "strata-bombs-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const importer = join(import.meta.dirname, "..", "..", "..", "src-main", "models", "import-weights.ts");
const call =
  "module.importWeights({ path: value, modelId: 'lenet5', to: null, pixels: null, isMismatchAllowed: true }).matched.length";

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(home, "model-"));
  mkdirSync(join(folder, "variables"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const repeated = (pair: readonly [number, number], bytes: number) => Buffer.alloc(bytes, Uint8Array.from(pair));
const model = (topology: unknown, manifest: object = { paths: ["w.bin"], weights: [] }) =>
  folderWith({
    "w.bin": "",
    "model.json": JSON.stringify({ modelTopology: topology, weightsManifest: [manifest] }),
  });
const header: [string, Uint8Array] = ["", message(integerField(1, 1))];
const withIndex = (index: Uint8Array, graph: Uint8Array = new Uint8Array()) =>
  folderWith({ "saved_model.pb": graph, [join("variables", "variables.index")]: index });
const u32 = (value: number) => [...new Uint8Array(Uint32Array.of(value).buffer)];

/** Each key goes on from the whole of the one before. */
function growingKeys(count: number): Uint8Array {
  const entries: number[] = [];
  for (let shared = 0; shared < count; shared++) entries.push(...varint(shared), 1, 0, 97);
  return tableOf([...entries, ...u32(0), ...u32(1)]);
}

/** Of each function two calls of the next. */
function doublingFunctions(depth: number): Uint8Array {
  const functions = Array.from({ length: depth }, (_, index) => {
    const calls = ["a", "b"].map((name) => callNode(name, `f${index + 1}`, ["x"]));
    const sum = node("sum", "AddV2", ["a:output:0", "b:output:0"]);
    return functionOf(`f${index}`, ["x"], [...calls, sum], "sum:z:0");
  });
  const last = functionOf(`f${depth}`, ["x"], [node("same", "Identity", ["x"])], "same:output:0");
  const start = [node("picture", "Placeholder", []), callNode("call", "f0", ["picture"])];
  const graph = message(...start.map((one) => bytesField(1, one)), bytesField(2, message(...functions, last)));
  return savedModel(graph, "call:0");
}

/** A layer of a million classes times a thousand, in a file that takes no room on the disk. */
function hugeSparseWeights(): string {
  const classes = 1e9;
  const shapes = {
    conv2d: [5, 5, 3, 6],
    conv2d_1: [5, 5, 6, 16],
    dense: [400, 120],
    dense_1: [120, 84],
    dense_2: [84, classes],
  };
  const weights = Object.entries(shapes).map(([name, shape]) => ({ name: `${name}/kernel`, shape, dtype: "float32" }));
  const folder = model({}, { paths: ["w.bin"], weights });
  const values = Object.values(shapes).reduce(
    (sum, shape) => sum + shape.reduce((product, side) => product * side, 1),
    0,
  );
  truncateSync(join(folder, "w.bin"), 4 * values);
  return folder;
}

/** Written by hand, since what writes JSON could not either. */
function deepTopology(): string {
  const layer = { class_name: "Dense", config: {}, inbound_nodes: ["deep"] };
  const folder = model({ model_config: { class_name: "Functional", config: { layers: [layer] } } });
  const path = join(folder, "model.json");
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  writeFileSync(path, readFileSync(path, "utf8").replace('"deep"', deep));
  return folder;
}

function longHeader(): string {
  const json = Buffer.from(JSON.stringify({ a: "x".repeat(12e6) }));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  const path = join(home, "long.safetensors");
  writeFileSync(path, Buffer.concat([size, json]));
  return path;
}

const bombs: readonly (readonly [string, () => string])[] = [
  [
    "a SavedModel of empty nodes",
    () => folderWith({ "saved_model.pb": bytesField(2, bytesField(2, repeated([0x0a, 0], 40e6))) }),
  ],
  [
    "a SavedModel of nodes that say they are numbers",
    () => folderWith({ "saved_model.pb": bytesField(2, bytesField(2, repeated([0x08, 0], 40e6))) }),
  ],
  ["a SavedModel of tiny fields", () => folderWith({ "saved_model.pb": repeated([0x08, 1], 40e6) })],
  ["a graph of tiny fields beside an index", () => withIndex(sortedTable([header]), repeated([0x08, 1], 40e6))],
  ["functions of which each calls the next twice", () => withIndex(sortedTable([header]), doublingFunctions(40))],
  ["an index whose keys share their beginnings", () => withIndex(growingKeys(150_000))],
  [
    "an index that names one block often",
    () => withIndex(tableOf([...new Uint8Array(4 * 50_000), ...u32(50_000)], 20_000)),
  ],
  ["a topology of 300,000 entries", () => model({ config: { layers: Array.from({ length: 300_000 }, () => ({})) } })],
  ["a topology that is nested deep", deepTopology],
  [
    "weights in ten thousand files of one name",
    () => model({}, { paths: new Array(10_000).fill("w.bin"), weights: [] }),
  ],
  ["a weight larger than memory in an empty file", hugeSparseWeights],
  ["a header with a text of 12 MB", longHeader],
];

describe("a bomb is refused in words", () => {
  test.each(bombs)("%s", (_, make) => {
    expect(askInChild(importer, call, [make()])).toEqual(["weights.damaged"]);
  });
});

test("a topology of 120,000 entries is no bomb, and its layers may have any name", () => {
  const layers = [...Array.from({ length: 120_000 }, () => ({})), { class_name: "__proto__", config: {} }];
  expect(askInChild(importer, call, [model({ config: { layers } })])).toEqual(["weights.unmatched"]);
  const named = ["__proto__", "constructor", "toString"].map((kind) => ({ class_name: kind, config: {} }));
  const topology = { model_config: { class_name: "Sequential", config: { layers: named } } };
  expect(askInChild(importer, call, [model(topology)])).toEqual(["weights.unmatched"]);
});
