/** Models of other programs, made here byte by byte, whole and damaged. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { importWeights } from "../../../src-main/models/import-weights.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { torchvisionWeights } from "../../../src-main/models/torchvision.ts";
import { type ListedWeight, listWeights } from "../../../src-main/models/weight-list.ts";
import { openWeights, writeWeights } from "../../../src-main/models/weights-file.ts";
import { crc32c } from "../../../src-main/platform/crc32c.ts";
import { writeSafetensors } from "../../../src-main/platform/safetensors.ts";
import { kerasLenet } from "./lenet-models.ts";
import { type Variable, writeBundle } from "./sorted-table.ts";

const home = mkdtempSync(join(tmpdir(), "strata-foreign-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(home, "model-"));
});

/** LeNet-5 over seven classes, as Keras names layers that nobody named: two convolutions and three dense. */
const layers = ["conv2d_9", "conv2d_10", "dense", "dense_1", "dense_2"];
const listed = listWeights(findArchitecture("lenet5"), 7);
const rows = [...new Set(listed.map(({ row }) => row.path))];
const kerasName = ({ row, part }: ListedWeight) => `${layers[rows.indexOf(row.path)]}/${part}`;
const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
const valuesOf = (weight: ListedWeight) =>
  Float32Array.from({ length: sizeOf(weight.shape) }, (_, at) => at + 1000 * listed.indexOf(weight));
const zeros = (shape: readonly number[]) => new Float32Array(sizeOf(shape));
const bytesOf = (weights: readonly ListedWeight[]) =>
  Buffer.concat(weights.map((weight) => Buffer.from(valuesOf(weight).buffer)));

interface Manifest {
  paths: string[];
  weights: object[];
}
function writeTfjs(change: (manifest: Manifest) => void = () => {}, topology: object = {}): void {
  const bytes = bytesOf(listed);
  const cut = 1001; // in the midst of a value
  writeFileSync(join(folder, "a.bin"), bytes.subarray(0, cut));
  writeFileSync(join(folder, "b.bin"), bytes.subarray(cut));
  const weights = listed.map((weight) => ({ name: kerasName(weight), shape: weight.shape, dtype: "float32" }));
  const manifest = { paths: ["a.bin", "b.bin"], weights };
  change(manifest);
  const model = { format: "layers-model", modelTopology: topology, weightsManifest: [manifest] };
  writeFileSync(join(folder, "model.json"), JSON.stringify(model));
}

function writeSaved(change: (variables: Variable[]) => Variable[] = (variables) => variables): void {
  mkdirSync(join(folder, "variables"));
  writeFileSync(join(folder, "saved_model.pb"), "");
  const variables = listed.map((weight, index) => ({
    key: `variables/${index}/.ATTRIBUTES/VARIABLE_VALUE`,
    name: `sequential/${kerasName(weight)}`,
    shape: weight.shape,
    values: valuesOf(weight),
  }));
  writeBundle(join(folder, "variables", "variables"), change(variables));
}

const to = join(home, "out", "lenet5.safetensors");
const imported = (isMismatchAllowed = false) =>
  importWeights({ path: folder, modelId: "lenet5", to, pixels: null, isMismatchAllowed });

function expectAll(): void {
  const { matched, missing, surplus } = imported();
  expect([missing, surplus]).toEqual([[], []]);
  expect(matched.map(({ name }) => name)).toEqual(listed.map(({ name }) => name));
  const file = openWeights(to);
  for (const weight of listed) expect(file.read(weight.name)).toEqual(valuesOf(weight));
  expect(file.description).toMatchObject({ architecture: "lenet5", classes: 7, inputPixels: 32, width: 1 });
  file.close();
}
/** Also that nothing is left where the new file would have been. */
function expectRefusal(code: string, problem?: RegExp): void {
  rmSync(to, { force: true });
  expect(() => imported()).toThrow(expect.objectContaining({ code, problem: expect.stringMatching(problem ?? /./) }));
  expect(existsSync(to)).toBe(false);
}

test("the checksum is the one of the standard", () => {
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
});

describe("a TensorFlow.js model of layers", () => {
  test("is matched by the names and shapes of its layers, over the edge between two files", () => {
    writeTfjs();
    expectAll();
  });

  test("with weights packed in 8 bits or 16 is unpacked", () => {
    const kernel = listed[0]!;
    const packed = { dtype: "uint8", min: -1, scale: 0.5 };
    const weights = [
      { name: "conv2d_9/kernel", shape: kernel.shape, dtype: "float32", quantization: packed },
      { name: "conv2d_9/bias", shape: [6], dtype: "float32", quantization: { dtype: "float16" } },
    ];
    writeTfjs((manifest) => {
      writeFileSync(
        join(folder, "a.bin"),
        Uint8Array.from({ length: sizeOf(kernel.shape) }, (_, at) => at % 256),
      );
      writeFileSync(join(folder, "b.bin"), Uint16Array.of(0x3c00, 0xc000, 0, 0, 0, 0));
      manifest.weights = weights;
    });
    expect(() => imported()).toThrow(expect.objectContaining({ code: "weights.too-little" }));
    expect(imported(true).matched.map(({ from }) => from)).toEqual(["conv2d_9/kernel", "conv2d_9/bias"]);
    const file = openWeights(to);
    expect([...file.read(kernel.name)].slice(0, 4)).toEqual([-1, -0.5, 0, 0.5]);
    expect([...file.read(listed[1]!.name)]).toEqual([1, -2, 0, 0, 0, 0]);
    file.close();
  });

  test("of another network is told apart: what has another shape is missing, and what is left over is surplus", () => {
    writeTfjs((manifest) => {
      manifest.weights[0] = { ...manifest.weights[0], shape: [5, 3, 5, 6] };
      manifest.weights.push({ name: "extra/kernel", shape: [0, 3], dtype: "float32" });
    });
    const { missing, surplus } = imported();
    expect(missing[0]).toMatchObject({ name: listed[0]!.name, from: "conv2d_9/kernel", found: [5, 3, 5, 6] });
    expect(surplus).toEqual([{ name: "extra/kernel", shape: [0, 3] }]);
  });

  const damage: readonly (readonly [string, RegExp, (manifest: Manifest) => void])[] = [
    ["files cut short", /would take \d+ bytes; its files have/, () => writeFileSync(join(folder, "b.bin"), "123")],
    ["a path out of its folder", /leaves its folder/, ({ paths }) => paths.splice(0, 2, "../../etc/passwd")],
    ["a path from the root", /leaves its folder/, ({ paths }) => paths.splice(0, 2, "/etc/passwd")],
    ["a path with the other slash", /leaves its folder/, ({ paths }) => paths.splice(0, 2, "..\\a.bin")],
    ["the folder itself as a path", /leaves its folder/, ({ paths }) => paths.splice(0, 2, "..")],
    [
      "a size that no file has",
      /states the shape|would take/,
      ({ weights }) => weights.push({ name: "huge", shape: [2 ** 40, 2 ** 40], dtype: "float32" }),
    ],
    [
      "sides below nothing",
      /it is no model/,
      ({ weights }) => weights.push({ name: "odd", shape: [-4], dtype: "float32" }),
    ],
    ["a weight twice", /twice/, ({ weights }) => weights.splice(1, 1, weights[0]!)],
    ["texts", /holds no weights/, ({ weights }) => weights.push({ name: "t", shape: [1], dtype: "string" })],
  ];
  test.each(damage)("with %s is refused", (_, problem, change) => {
    writeTfjs(change);
    expectRefusal("weights.damaged", problem);
  });

  test("with a missing file, with a program in it, and one that is not JSON are refused", () => {
    writeTfjs(({ paths }) => paths.push("c.bin"));
    expectRefusal("weights.not-found");
    writeTfjs(undefined, { config: { layers: [{ class_name: "Dense" }, { class_name: "Lambda" }] } });
    expectRefusal("weights.program");
    writeFileSync(join(folder, "model.json"), '{"weightsManifest": [');
    expectRefusal("weights.damaged", /not JSON/);
  });
});

describe("a SavedModel with variables", () => {
  test("is matched by the names that its variables had", () => {
    writeSaved();
    expectAll();
  });

  test("leaves an optimiser's variables out, and takes a variable with two keys once", () => {
    writeSaved((variables) => [
      ...variables,
      { ...variables[0]!, key: "_all_variables/0/.ATTRIBUTES/VARIABLE_VALUE" },
      { ...variables[0]!, key: "optimizer/momentum/.ATTRIBUTES/VARIABLE_VALUE", name: "" },
    ]);
    expectAll();
  });

  const lies = (change: Variable["lies"]) => (variables: Variable[]) => [
    { ...variables[0]!, lies: change },
    ...variables.slice(1),
  ];
  test.each([
    ["a shape that its bytes do not fill", lies({ shape: [2 ** 40, 2 ** 40] }), /states the shape|would have/],
    ["values beyond the end of its file", lies({ offset: 2 ** 40 }), /ends before/],
    ["a place before its file", lies({ offset: -1 }), /bytes at -1/],
    ["values of another weight", lies({ offset: 4 }), /checksum/],
  ] as const)("with %s is refused", (_, change, problem) => {
    writeSaved(change);
    expectRefusal("weights.damaged", problem);
  });

  test("with any byte of its index changed is refused, or read as it was", () => {
    writeSaved();
    const path = join(folder, "variables", "variables.index");
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 7) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x41;
      writeFileSync(path, changed);
      try {
        expectAll();
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: "weights.damaged" });
      }
    }
    for (const length of [0, 10, 47, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      expectRefusal("weights.damaged");
    }
  });

  test("whose values are gone is refused", () => {
    writeSaved();
    rmSync(join(folder, "variables", "variables.data-00000-of-00001"));
    expectRefusal("weights.not-found");
  });
});

test("a folder with neither is refused", () => expectRefusal("weights.no-model"));

test("a file of Keras' own is refused with the way to export it, though its first bytes are those of a pickle", () => {
  folder = join(folder, "model.keras");
  writeFileSync(folder, "PK\u0003\u0004 and so on");
  expectRefusal("weights.keras");
});

describe("what does not belong to the network", () => {
  const relu = () => {
    const model = JSON.stringify(kerasLenet(2, { activation: "relu" })).replaceAll("conv2d_1", "conv2d_10");
    writeTfjs(undefined, JSON.parse(model.replaceAll('"conv2d"', '"conv2d_9"')));
  };

  test("a network of the same shapes and other activations is refused, and taken where that is allowed", () => {
    relu();
    expectRefusal(
      "weights.differs",
      /^The file's network computes something else than lenet5: C1, .*relu there and .*tanh here, and 3 more/,
    );
    const report = imported(true);
    expect(report.matchedBy).toBe("order");
    expect([report.matched.length, report.differences?.length]).toEqual([10, 4]);
  });

  test("that a file does not say what it computes is said, and is no refusal", () => {
    writeTfjs();
    expect(imported().differences).toBeNull();
  });

  test("too few weights, by order or by name, are counted and refused", () => {
    writeTfjs((manifest) => {
      manifest.weights = listed.map((weight) => ({
        ...{ name: kerasName(weight), dtype: "float32" },
        shape: weight.shape.length === 1 ? weight.shape : weight.shape.toReversed(),
      }));
      // Of the eight weights before the last layer three biases match.
      manifest.weights[1] = { ...manifest.weights[1], name: "conv2d_9/offset" };
    });
    expectRefusal("weights.too-little", /3 of its weights matched, 7 are missing, and 7 of the file's are left over/);
    expect(imported(true).matched).toHaveLength(3);
  });

  test("values that are no numbers are refused, allowed or not, with the weights that they are in", () => {
    writeSaved(([first, ...others]) => [{ ...first!, values: first!.values.fill(Number.NaN, 3, 5) }, ...others]);
    expectRefusal("weights.not-finite", /^The file has 2 values that are NaN or infinite, in .*conv2d_9\/kernel \(2\)/);
    expect(() => imported(true)).toThrow(expect.objectContaining({ code: "weights.not-finite" }));
  });

  test("torchvision's Inception-v3 is not Google's, whose average pools leave the border out", () => {
    const path = join(folder, "inception.safetensors");
    const counterparts = torchvisionWeights(findArchitecture("inception-v3"), 10)!;
    writeSafetensors(
      path,
      counterparts.map(({ name, shape }) => ({ name, shape, values: () => zeros(shape) })),
      {},
    );
    const take = (modelId: string) =>
      importWeights({ path, modelId, to: null, pixels: null, isMismatchAllowed: false });
    expect(() => take("inception-v3")).toThrow(
      expect.objectContaining({
        code: "weights.differs",
        problem: expect.stringMatching(/AvgPool_0a_3x3, average 3×3\/1 padded 1 there and average 3×3\/1 same here/),
      }),
    );
    expect(take("inception-v3-torchvision")).toMatchObject({ matchedBy: "name", differences: [], missing: [] });
    expect(() => take("vgg16")).toThrow(expect.objectContaining({ code: "weights.unmatched" }));
  });

  test("a file of Strata's own that says it is of another network is not this one, though every name is there", () => {
    const path = join(folder, "torchvisions.safetensors");
    const of = findArchitecture("inception-v3-torchvision");
    const about = { architecture: of.id, inputPixels: 299, width: 1, classes: 10, classNames: null, trained: null };
    writeWeights(
      path,
      { formatVersion: 1, layout: "strata", preprocessing: { mean: [0, 0, 0], std: [1, 1, 1] }, ...about },
      listWeights(of, 10).map(({ name, shape }) => ({ name, shape, values: () => zeros(shape) })),
    );
    const take = (modelId: string) =>
      importWeights({ path, modelId, to: null, pixels: null, isMismatchAllowed: false });
    expect(take(of.id)).toMatchObject({ differences: [], missing: [] });
    expect(() => take("inception-v3")).toThrow(expect.objectContaining({ code: "weights.differs" }));
  });
});
