/** ONNX files are anybody's: what Strata did not write, or another program has changed, is refused with its reason, and so is what does not add up. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StrataError } from "../../../src-main/contract/errors.ts";
import { imagenetPixels } from "../../../src-main/contract/weights.ts";
import { type ModelProto, ModelProtoSchema } from "../../../src-main/models/exports/onnx/generated/onnx_pb.js";
import { writeOnnx } from "../../../src-main/models/exports/onnx/write-onnx.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";
import { listWeights } from "../../../src-main/models/weight-list.ts";
import { openWeights, type WeightsDescription } from "../../../src-main/models/weights-file.ts";
import { bytesField, integerField, message, textField } from "../foreign/wire-fields.ts";

const home = mkdtempSync(join(tmpdir(), "strata-onnx-in-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const description: WeightsDescription = {
  ...{ formatVersion: 1, layout: "strata", architecture: "vgg11", inputPixels: 32, width: 0.05, classes: 3 },
  ...{ classNames: ["ant", "bee", "cat"], preprocessing: imagenetPixels, trained: null },
};
const weights = listWeights(scaleArchitecture(findArchitecture("vgg11"), description), 3);
const kernel = weights[0]!.name;
const sine = (weight: number, at: number) => Math.fround(Math.sin(weight + 0.1 * at));

let written: Uint8Array<ArrayBuffer>;
beforeAll(() => {
  const values = new Map(
    weights.map(({ name, shape }, weight) => {
      const size = shape.reduce((product, side) => product * side, 1);
      return [name, Float32Array.from({ length: size }, (_, at) => sine(weight, at))];
    }),
  );
  const folder = join(home, "written");
  mkdirSync(folder);
  writeOnnx({ description, shapes: new Map(), read: (name) => values.get(name)! }, folder);
  written = Uint8Array.from(readFileSync(join(folder, "model.onnx")));
});

function opened(bytes: Uint8Array) {
  const path = join(mkdtempSync(join(home, "file-")), "model.onnx");
  writeFileSync(path, bytes);
  const file = openWeights(path);
  try {
    return { ...file, values: new Map([...file.shapes.keys()].map((name) => [name, file.read(name)])) };
  } finally {
    file.close();
  }
}

interface Refusal {
  readonly code: string;
  readonly problem: string;
  /** For whoever looks for the fault: a person is not told what is in the file. */
  readonly cause: string;
}

function codeOf(bytes: Uint8Array): Refusal {
  try {
    opened(bytes);
  } catch (thrown) {
    if (thrown instanceof StrataError)
      return { code: thrown.code, problem: thrown.message, cause: String(thrown.cause) };
    throw thrown;
  }
  return { code: "none", problem: "", cause: "" };
}

/** The model that was written, of a copy of its bytes, with something in it changed, as other programs write it. */
function changed(change: (model: ModelProto, graph: NonNullable<ModelProto["graph"]>) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, written.slice());
  change(model, model.graph!);
  return toBinary(ModelProtoSchema, model);
}

test("what was written is read back: description, shapes and values", () => {
  const { description: said, shapes, values } = opened(written);
  expect(said).toEqual(description);
  expect([...shapes]).toEqual(weights.map(({ name, shape }) => [name, shape]));
  for (const [weight, { name }] of weights.entries())
    expect(values.get(name)!.every((value, at) => value === sine(weight, at))).toBe(true);
});

test("a program that reads and writes the file leaves it as good", () => {
  expect(opened(changed(() => {})).description).toEqual(description);
});

test("another program's model is refused with what is taken", () => {
  const foreign = changed((model) => {
    model.metadataProps = model.metadataProps.filter(({ key }) => key !== "strata");
  });
  expect(codeOf(foreign).code).toBe("weights.onnx");
});

describe("a model that computes something else than the network that it names is refused", () => {
  test.each<[string, Parameters<typeof changed>[0]]>([
    [
      "another activation",
      (_, { node }) => Object.assign(node.find(({ opType }) => opType === "Relu")!, { opType: "Tanh" }),
    ],
    ["a node more", (_, { node }) => node.push(node.at(-1)!)],
    ["other borders", (_, { node }) => node.find(({ opType }) => opType === "Conv")!.attribute[2]!.ints.fill(0n)],
    [
      "another scaling",
      (_, { initializer }) => initializer.find(({ name }) => name === "pictures/factors")!.rawData.fill(0),
    ],
    [
      "no scaling",
      (_, graph) => (graph.initializer = graph.initializer.filter(({ name }) => name !== "pictures/shifts")),
    ],
    ["another network's name", (model) => rename(model, '"vgg11"', '"vgg13"')],
  ])("%s", (_, change) => {
    expect(codeOf(changed(change)).code).toBe("weights.onnx-changed");
  });
});

function rename(model: ModelProto, from: string, to: string): void {
  const said = model.metadataProps.find(({ key }) => key === "strata")!;
  expect(said.value).toContain(from);
  said.value = said.value.replace(from, to);
}

describe("what does not add up is refused", () => {
  const tensor = ({ graph }: ModelProto) => graph!.initializer.find(({ name }) => name === kernel)!;
  test.each<[string, string, Parameters<typeof changed>[0]]>([
    ["a weight that is missing", "weights.incomplete", (model) => Object.assign(tensor(model), { name: "other" })],
    ["sides in another order", "weights.damaged", (model) => tensor(model).dims.reverse()],
    ["sides below zero", "weights.damaged", (model) => (tensor(model).dims = tensor(model).dims.map((side) => -side))],
    ["fewer values", "weights.damaged", (model) => (tensor(model).rawData = tensor(model).rawData.slice(4))],
    ["values of another type", "weights.damaged", (model) => (tensor(model).dataType = 10)],
    ["a weight twice", "weights.damaged", (model, { initializer }) => initializer.push(tensor(model))],
    ["a network that is not known", "model.unknown", (model) => rename(model, '"vgg11"', '"vgg99"')],
    ["a side that is none", "weights.damaged", (model) => rename(model, '"inputPixels":32', '"inputPixels":-1')],
    ["a description that is none", "weights.damaged", (model) => rename(model, "{", "[")],
  ])("%s", (_, code, change) => {
    expect(codeOf(changed(change)).code).toBe(code);
  });

  test("a file that was cut, anywhere", () => {
    for (let end = 0; end < written.length; end += Math.ceil(written.length / 200))
      expect(codeOf(written.subarray(0, end)).code).toBe("weights.damaged");
  });

  test("a byte that is another, anywhere: it is read or refused, and nothing else", () => {
    const codes = new Set<string>();
    for (let time = 0; time < 600; time++) {
      const bytes = written.slice();
      // Half of them where the metadata and the nodes are, in front of all values.
      bytes[(time * 7_919) % (time % 2 === 0 ? 16_384 : bytes.length)]! ^= 1 << (time % 8);
      codes.add(codeOf(bytes).code);
    }
    // Most of a file are values, which may be any; the rest is what is refused.
    expect(codes).toContain("none");
    expect(codes.size).toBeGreaterThan(1);
  });

  test("bytes that are no model, without a word of what they are", () => {
    const secret = codeOf(new TextEncoder().encode("root:x:0:0:root"));
    expect(secret.code).toBe("weights.damaged");
    expect(secret.problem).not.toContain("root");
  });
});

describe("small files that state much are refused at once", () => {
  const own = bytesField(14, message(textField(1, "strata"), textField(2, "{}")));
  test.each<[string, cause: RegExp, () => Uint8Array]>([
    ["fields without end", /more fields than any model/, () => Buffer.alloc(4_000_000, integerField(1, 1))],
    [
      "nodes without end",
      /more fields than any model/,
      () => message(own, bytesField(7, Buffer.alloc(4_000_000, bytesField(1, new Uint8Array())))),
    ],
    [
      "attributes without end",
      /more fields than any model/,
      () => message(own, bytesField(7, bytesField(1, Buffer.alloc(4_000_000, Uint8Array.of(42, 0))))),
    ],
    [
      "a name of twenty megabytes",
      /more than any model/,
      () => message(own, bytesField(7, bytesField(5, bytesField(8, Buffer.alloc(20_000_000))))),
    ],
    ["a length behind the end", /ends behind/, () => message(own, Uint8Array.of(58, 255, 255, 255, 255, 15))],
    ["a group", /./, () => message(own, Uint8Array.of(59, 59, 60))],
    ["two graphs", /several/, () => message(own, bytesField(7, new Uint8Array()), bytesField(7, new Uint8Array()))],
  ])("%s", (_, because, make) => {
    const { code, cause } = codeOf(make());
    expect([code, cause]).toEqual(["weights.damaged", expect.stringMatching(because)]);
  });
});
