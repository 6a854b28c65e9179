import { describe, expect, it } from "vitest";
import { shapeRows } from "../../src-main/domain/networks/shapes.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { branches, pool } from "../../src-main/models/rows.ts";
import { scaleArchitecture, smallestInputPixels } from "../../src-main/models/scale.ts";
import { alexnet } from "../../src-main/models/zoo/alexnet.ts";
import { inceptionV3 } from "../../src-main/models/zoo/inception-v3.ts";

function grids(architecture: typeof alexnet, inputPixels: number, width: number, names: readonly string[]) {
  const { rows } = shapeRows(scaleArchitecture(architecture, { inputPixels, width }), 10);
  const found = names.map((name) => rows.find((row) => row.name === name)?.output);
  return found.map((output) => output && `${output.height}×${output.channels}`);
}

describe("the scaler", () => {
  it("leaves a table as it is at its paper's size and width", () => {
    for (const architecture of architectures)
      expect(scaleArchitecture(architecture, { inputPixels: architecture.inputPixels, width: 1 })).toEqual(
        architecture,
      );
  });

  it("leaves strides alone while the last grid is at least half the paper's", () => {
    const trunk = ({ rows }: typeof inceptionV3) => rows.filter((row) => row.kind !== "auxiliary");
    expect(trunk(scaleArchitecture(inceptionV3, { inputPixels: 224, width: 1 }))).toEqual(trunk(inceptionV3));
  });

  it("keeps one early pool of Inception-v3 at 32 pixels, so that its modules run at 16², 8² and 4²", () => {
    const names = ["Conv2d_1a_3x3", "MaxPool_3a_3x3", "MaxPool_5a_3x3", "Mixed_5d", "Mixed_6e", "Mixed_7c"];
    expect(grids(inceptionV3, 32, 0.25, names)).toEqual(["32×8", "16×16", undefined, "16×72", "8×192", "4×512"]);
  });

  it("keeps all of AlexNet's pools at 32 pixels and turns its 11×11/4 into a 3×3/1", () => {
    expect(grids(alexnet, 32, 0.25, ["conv1", "pool1", "pool2", "pool5"])).toEqual(["32×24", "16×24", "8×64", "4×64"]);
    expect(scaleArchitecture(alexnet, { inputPixels: 32, width: 0.25 }).rows[0]).toMatchObject({
      kernel: [3, 3],
      stride: 1,
      padding: "same",
    });
  });

  it("pads a convolution that gives up stride for its new kernel, where a number of pixels belonged to the old", () => {
    const [first] = scaleArchitecture(findArchitecture("alexnet-torchvision"), { inputPixels: 32, width: 0.25 }).rows;
    expect(first).toMatchObject({ kernel: [3, 3], stride: 1, padding: "same" });
  });

  it("leaves LeNet-5 as it is at 28 pixels, the size of its digits", () => {
    const lenet5 = findArchitecture("lenet5");
    expect(scaleArchitecture(lenet5, { inputPixels: 28, width: 1 }).rows).toEqual(lenet5.rows);
  });

  it("brings the cells of GoogLeNet's heads down to the grid that small pictures leave", () => {
    const cells = [32, 16].map((inputPixels) => {
      const { rows } = scaleArchitecture(findArchitecture("googlenet-torchvision"), { inputPixels, width: 0.25 });
      return rows.flatMap((row) => (row.kind === "auxiliary" ? [row.rows[0]] : []));
    });
    expect(cells).toMatchObject([
      [{ cells: 4 }, { cells: 4 }],
      [{ cells: 4 }, { cells: 4 }],
    ]);
  });

  it("gives AlexNet a 5×5/2 at 64 pixels", () => {
    expect(scaleArchitecture(alexnet, { inputPixels: 64, width: 1 }).rows[0]).toMatchObject({
      kernel: [5, 5],
      stride: 2,
    });
  });

  it("scales hidden dense layers with the width, and never the classes", () => {
    const { rows } = scaleArchitecture(alexnet, { inputPixels: 227, width: 0.5 });
    expect(rows.flatMap((row) => (row.kind === "dense" ? [row.units] : []))).toEqual([2048, 2048, "classes"]);
  });

  it("rounds channels to multiples of four, and to four at least", () => {
    const { rows } = scaleArchitecture(inceptionV3, { inputPixels: 299, width: 0.05 });
    // 32 · 0.05 = 1.6, 192 · 0.05 = 9.6
    expect(rows[0]).toMatchObject({ filters: 4 });
    expect(rows.find((row) => row.name === "Conv2d_4a_3x3")).toMatchObject({ filters: 8 });
  });

  it("cuts the head's 5×5 to the 2×2 grid that an 8×8 leaves it", () => {
    const { rows } = scaleArchitecture(inceptionV3, { inputPixels: 32, width: 0.25 });
    const head = rows.find((row) => row.kind === "auxiliary");
    expect(head?.rows.slice(0, 3)).toMatchObject([{ kernel: 5, stride: 3 }, { kernel: [1, 1] }, { kernel: [2, 2] }]);
  });

  it("finds a sound table for every size and width that a setting may ask for", () => {
    for (const architecture of architectures)
      for (const inputPixels of [16, 17, 24, 28, 31, 33, 48, 64, 75, 96, 128, 150, 224, 256, 299, 300, 331, 512])
        for (const width of [0.05, 0.33, 1, 2]) {
          const { rows, totals } = shapeRows(scaleArchitecture(architecture, { inputPixels, width }), 10);
          expect(rows.at(-1)?.output.channels).toBe(10);
          expect(totals.parameters).toBeGreaterThan(0);
        }
  });

  it("refuses a picture that is too small and names the smallest that works", () => {
    expect(smallestInputPixels(inceptionV3)).toBe(16);
    expect(() => scaleArchitecture(inceptionV3, { inputPixels: 12, width: 1 })).toThrow(
      "inception-v3 does not fit pictures of 12 px. Use 16 px or more.",
    );
  });

  it("gives up no stride inside a module: four halvings need 17 pixels to leave half of a 4×4 grid", () => {
    const halve = (name: string) => branches(name, "grid reduction", [pool("p", "max", 2, 2, "valid")]);
    const rows = [halve("a"), halve("b"), halve("c"), halve("d"), pool("all", "average", "all", 1, "valid")];
    const reducer = { ...inceptionV3, id: "reducer", inputPixels: 64, rows };
    expect(smallestInputPixels(reducer)).toBe(17);
    expect(() => scaleArchitecture(reducer, { inputPixels: 16, width: 1 })).toThrow("Use 17 px or more.");
  });
});
