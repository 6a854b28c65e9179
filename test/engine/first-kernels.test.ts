import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { imagenetPixels } from "../../src-main/contract/weights.ts";
import { firstKernelsIn } from "../../src-main/engine/weights/first-kernels.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { scaleArchitecture, smallestInputPixels } from "../../src-main/models/scale.ts";
import { listWeights } from "../../src-main/models/weight-list.ts";
import { averagePrefix, writeWeights } from "../../src-main/models/weights-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-kernels-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Value = (at: number) => number;

/** A file of the network's first convolution and its first dense layer. */
function written(
  id: string,
  { inputPixels, width = 1 }: { inputPixels: number; width?: number },
  value: Value = (at) => at,
  prefix = "",
) {
  const path = join(folder, `${id}.safetensors`);
  const weights = listWeights(scaleArchitecture(findArchitecture(id), { inputPixels, width }), 10);
  const first = weights.filter(({ name }) => name.endsWith("/kernel")).slice(0, 1);
  writeWeights(
    path,
    {
      ...{ formatVersion: 1, layout: "strata", preprocessing: imagenetPixels, classNames: null, trained: null },
      ...{ architecture: id, inputPixels, width, classes: 10 },
    },
    [prefix, ""].slice(prefix === "" ? 1 : 0).flatMap((before) =>
      first.map(({ name, shape }) => ({
        ...{ name: `${before}${name}`, shape },
        values: () =>
          Float32Array.from({ length: shape.reduce((product, side) => product * side, 1) }, (_, at) =>
            before === "" ? value(at) : 1_000 + at,
          ),
      })),
    ),
  );
  return path;
}

it.each(architectures.filter(({ id }) => id !== "linear-svm"))(
  "reads the first convolution of $id, compact and as published",
  (architecture) => {
    for (const inputPixels of new Set([Math.max(32, smallestInputPixels(architecture)), architecture.inputPixels])) {
      const kernels = firstKernelsIn(written(architecture.id, { inputPixels }));
      expect(kernels.inputs).toBe(3);
      expect(kernels.filters).toBe(kernels.all);
      expect(kernels.values).toHaveLength(kernels.height * kernels.width * 3 * kernels.all);
      expect(kernels.values.slice(0, 4)).toEqual([0, 1, 2, 3]);
    }
  },
);

it("as published AlexNet's are 96 of 11×11, and GoogLeNet's 64 of 7×7", () => {
  const of = (id: string, inputPixels: number) => firstKernelsIn(written(id, { inputPixels }));
  expect(of("alexnet", 227)).toMatchObject({ row: "conv1", height: 11, width: 11, filters: 96 });
  expect(of("googlenet", 224)).toMatchObject({ height: 7, width: 7, filters: 64 });
});

it("takes running averages where there are any: pictures are evaluated with them", () => {
  const path = written("lenet5", { inputPixels: 32 }, (at) => at, averagePrefix);
  expect(firstKernelsIn(path).values.slice(0, 2)).toEqual([1_000, 1_001]);
});

it("tells of the first filters alone where there are too many, each with its own values", () => {
  const kernels = firstKernelsIn(written("alexnet", { inputPixels: 227, width: 4 }));
  expect(kernels).toMatchObject({ filters: 180, all: 384 });
  expect(kernels.values).toHaveLength(11 * 11 * 3 * 180);
  expect(kernels.values.slice(179, 182)).toEqual([179, 384, 385]);
});

it("says that the linear support vector machine has no convolution, and what it begins with", () => {
  expect(() => firstKernelsIn(written("linear-svm", { inputPixels: 32 }))).toThrow(
    expect.objectContaining({
      code: "weights.no-convolution",
      problem: expect.stringContaining("begins with “scores”, a dense layer"),
    }),
  );
});

it("refuses values that are no numbers, and a file without the kernel", () => {
  expect(() => firstKernelsIn(written("lenet5", { inputPixels: 32 }, () => Number.NaN))).toThrow(
    expect.objectContaining({ code: "weights.not-finite" }),
  );
  const path = join(folder, "empty.safetensors");
  const about = { architecture: "lenet5", inputPixels: 32, width: 1, classes: 10, classNames: null, trained: null };
  writeWeights(path, { formatVersion: 1, layout: "strata", preprocessing: imagenetPixels, ...about }, []);
  expect(() => firstKernelsIn(path)).toThrow(expect.objectContaining({ code: "weights.incomplete" }));
});
