import { describe, expect, it } from "vitest";
import type { ShapedRow } from "../../src-main/contract/architecture.ts";
import { StrataError } from "../../src-main/contract/errors.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { countWeightLayers, shapeRows } from "../../src-main/models/shapes.ts";
import { architectureView } from "../../src-main/models/view.ts";

const totals = (id: string) => shapeRows(findArchitecture(id), 1000).totals;
const outline = (rows: readonly ShapedRow[]) =>
  rows.map(({ name, output }) => `${name} ${output.height}×${output.width}×${output.channels}`);

describe("AlexNet at its paper's size", () => {
  it("has the paper's 60,965,224 parameters and eight weight layers", () => {
    expect(totals("alexnet")).toMatchObject({ parameters: 60_965_224, auxiliaryParameters: 0, paths: 1 });
    expect(countWeightLayers(findArchitecture("alexnet").rows)).toBe(8);
  });

  it("has 62,378,344 parameters without its two towers", () => {
    const alexnet = findArchitecture("alexnet");
    const rows = alexnet.rows.map((row) => (row.kind === "convolution" ? { ...row, groups: 1 } : row));
    expect(shapeRows({ ...alexnet, rows }, 1000).totals.parameters).toBe(62_378_344);
  });

  it("has 61,100,840 parameters and the same grids as torchvision has it", () => {
    expect(totals("alexnet-torchvision").parameters).toBe(61_100_840);
    const grids = shapeRows(findArchitecture("alexnet-torchvision"), 1000).rows.map(({ output }) => output.height);
    expect([...new Set(grids)]).toEqual([55, 27, 13, 6, 1]);
  });

  it("runs through the paper's grids", () => {
    expect(outline(shapeRows(findArchitecture("alexnet"), 1000).rows)).toEqual([
      "conv1 55×55×96",
      "norm1 55×55×96",
      "pool1 27×27×96",
      "conv2 27×27×256",
      "norm2 27×27×256",
      "pool2 13×13×256",
      "conv3 13×13×384",
      "conv4 13×13×384",
      "conv5 13×13×256",
      "pool5 6×6×256",
      "flatten 1×1×9216",
      "fc6 1×1×4096",
      "drop6 1×1×4096",
      "fc7 1×1×4096",
      "drop7 1×1×4096",
      "fc8 1×1×1000",
    ]);
  });
});

describe("ZFNet at its paper's size", () => {
  it("has 62,357,608 parameters and eight weight layers", () => {
    expect(totals("zfnet")).toMatchObject({ parameters: 62_357_608, auxiliaryParameters: 0, paths: 1 });
    expect(countWeightLayers(findArchitecture("zfnet").rows)).toBe(8);
  });

  it("runs through the paper's grids", () => {
    const grids = shapeRows(findArchitecture("zfnet"), 1000).rows.map(({ output }) => output.height);
    expect([...new Set(grids)]).toEqual([110, 55, 26, 13, 6, 1]);
  });
});

describe("VGG at its paper's size", () => {
  const counts = { 11: 132_863_336, 13: 133_047_848, 16: 138_357_544, 19: 143_667_240 };
  for (const [layers, parameters] of Object.entries(counts))
    it(`has ${parameters.toLocaleString("en")} parameters in ${layers} weight layers`, () => {
      expect(totals(`vgg${layers}`)).toMatchObject({ parameters, auxiliaryParameters: 0, paths: 1 });
      expect(countWeightLayers(findArchitecture(`vgg${layers}`).rows)).toBe(Number(layers));
    });

  it("costs 15.5 and 19.6 billion multiply-adds at 16 and 19 layers", () => {
    expect(totals("vgg16").multiplyAdds / 1e9).toBeCloseTo(15.5, 1);
    expect(totals("vgg19").multiplyAdds / 1e9).toBeCloseTo(19.6, 1);
  });
});

describe("GoogLeNet at its paper's size", () => {
  it("has 6,998,552 parameters, 6,379,728 in its heads, and 22 weight layers", () => {
    expect(totals("googlenet")).toMatchObject({ parameters: 6_998_552, auxiliaryParameters: 6_379_728, paths: 4 ** 9 });
    expect(countWeightLayers(findArchitecture("googlenet").rows)).toBe(22);
  });

  it("costs 1.6 billion multiply-adds: the paper says 1.5", () => {
    expect(totals("googlenet").multiplyAdds / 1e9).toBeCloseTo(1.6, 1);
  });

  it("runs through the grids of the paper's Table 1", () => {
    const { rows } = shapeRows(findArchitecture("googlenet"), 1000);
    expect(outline(rows.filter(({ kind }) => kind === "branches"))).toEqual([
      "inception_3a 28×28×256",
      "inception_3b 28×28×480",
      "inception_4a 14×14×512",
      "inception_4b 14×14×512",
      "inception_4c 14×14×512",
      "inception_4d 14×14×528",
      "inception_4e 14×14×832",
      "inception_5a 7×7×832",
      "inception_5b 7×7×1024",
    ]);
  });
});

describe("Inception-v3 at its paper's size", () => {
  it("has 23,834,568 parameters with γ and β, and 3,326,696 in its head", () => {
    const { parameters, auxiliaryParameters } = totals("inception-v3");
    expect({ parameters, auxiliaryParameters }).toEqual({ parameters: 23_834_568, auxiliaryParameters: 3_326_696 });
    expect(parameters + auxiliaryParameters).toBe(27_161_264);
  });

  it("has the same numbers as torchvision has it", () => {
    expect(totals("inception-v3-torchvision")).toEqual(totals("inception-v3"));
  });

  it("costs 5.7 billion multiply-adds", () => {
    expect(totals("inception-v3").multiplyAdds / 1e9).toBeCloseTo(5.71, 2);
  });

  it("has 48 weight layers on its longest path, as it says of itself", () => {
    const inception = findArchitecture("inception-v3");
    expect(countWeightLayers(inception.rows)).toBe(48);
    expect(inception.about).toContain("48 weight layers");
  });

  it("offers 4³·3·4⁴·3·6² paths", () => {
    expect(totals("inception-v3").paths).toBe(64 * 3 * 256 * 3 * 36);
  });

  it("runs through the shipped grids", () => {
    expect(outline(shapeRows(findArchitecture("inception-v3"), 1000).rows)).toEqual([
      "Conv2d_1a_3x3 149×149×32",
      "Conv2d_2a_3x3 147×147×32",
      "Conv2d_2b_3x3 147×147×64",
      "MaxPool_3a_3x3 73×73×64",
      "Conv2d_3b_1x1 73×73×80",
      "Conv2d_4a_3x3 71×71×192",
      "MaxPool_5a_3x3 35×35×192",
      "Mixed_5b 35×35×256",
      "Mixed_5c 35×35×288",
      "Mixed_5d 35×35×288",
      "Mixed_6a 17×17×768",
      "Mixed_6b 17×17×768",
      "Mixed_6c 17×17×768",
      "Mixed_6d 17×17×768",
      "Mixed_6e 17×17×768",
      "AuxLogits 1×1×1000",
      "Mixed_7a 8×8×1280",
      "Mixed_7b 8×8×2048",
      "Mixed_7c 8×8×2048",
      "AvgPool_1a 1×1×2048",
      "Dropout_1b 1×1×2048",
      "Flatten 1×1×2048",
      "Logits 1×1×1000",
    ]);
  });
});

describe("Inception-v3 as printed", () => {
  it("runs through the grids of the paper's Table 1, with batch normalisation on the head's last layer", () => {
    const { rows } = shapeRows(findArchitecture("inception-v3-paper"), 1000);
    expect(outline(rows)).toEqual([
      "Conv2d_1a_3x3 149×149×32",
      "Conv2d_2a_3x3 147×147×32",
      "Conv2d_2b_3x3 147×147×64",
      "MaxPool_3a_3x3 73×73×64",
      "Conv2d_3b_3x3 71×71×80",
      "Conv2d_4a_3x3 35×35×192",
      "Conv2d_4b_3x3 35×35×288",
      "Mixed_5b 35×35×288",
      "Mixed_5c 35×35×288",
      "Mixed_5d 35×35×288",
      "Mixed_6a 17×17×768",
      ...["b", "c", "d", "e", "f"].map((letter) => `Mixed_6${letter} 17×17×768`),
      "AuxLogits 1×1×1000",
      "Mixed_7a 8×8×1280",
      "Mixed_7b 8×8×2048",
      "Mixed_7c 8×8×2048",
      "AvgPool_1a 1×1×2048",
      "Dropout_1b 1×1×2048",
      "Flatten 1×1×2048",
      "Logits 1×1×1000",
    ]);
    // γ and β for each of 1000 classes, where the shipped head has one bias.
    expect(totals("inception-v3-paper").auxiliaryParameters).toBe(3_326_696 + 1000);
  });
});

describe("the shelf", () => {
  it("holds tables that are plain data", () => {
    for (const architecture of architectures) expect(JSON.parse(JSON.stringify(architecture))).toEqual(architecture);
  });

  it("names no row twice among its neighbours, so that weights have names of their own", () => {
    const check = (rows: (typeof architectures)[number]["rows"]): void => {
      const names = rows.map((row) => row.name);
      expect(new Set(names).size).toBe(names.length);
      for (const row of rows) {
        if (row.kind === "branches") row.branches.forEach(check);
        if (row.kind === "auxiliary") check(row.rows);
      }
    };
    for (const architecture of architectures) check(architecture.rows);
  });

  it("says which networks there are when asked for another", () => {
    expect(() => findArchitecture("lenet")).toThrow(StrataError);
    expect(() => findArchitecture("lenet")).toThrow(
      "Choose one of alexnet, alexnet-torchvision, zfnet, vgg11, vgg13, vgg16, vgg19, googlenet, inception-v3, inception-v3-torchvision, inception-v3-paper.",
    );
  });

  it("shows a network with its numbers at the size asked for", () => {
    const view = architectureView(findArchitecture("alexnet"), { inputPixels: 32, width: 0.25, classes: 10 }, []);
    expect(view).toMatchObject({ id: "alexnet", inputPixels: 32, width: 0.25, classes: 10, smallestInputPixels: 16 });
    expect(view.rows.at(-1)).toMatchObject({ name: "fc8", output: { channels: 10 }, parameters: 1024 * 10 + 10 });
  });
});
