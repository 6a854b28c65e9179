/** What the papers print of each network, as tables: hence a long file. */
import { describe, expect, it, test } from "vitest";
import type { AuxiliaryRow, Row, ShapedRow } from "../../src-main/contract/architecture.ts";
import { StrataError } from "../../src-main/contract/errors.ts";
import { shapeRows } from "../../src-main/domain/networks/shapes.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { architectureView } from "../../src-main/models/view.ts";

const totals = (id: string) => shapeRows(findArchitecture(id), 1000).totals;
const outline = (rows: readonly ShapedRow[]) =>
  rows.map(({ name, output }) => `${name} ${output.height}×${output.width}×${output.channels}`);

const isHeadRow = ({ kind }: ShapedRow) => kind === "auxiliary";

/**
 * At 1000 classes: parameters, those in auxiliary heads, weight layers on the longest path, paths. AlexNet, ZFNet, VGG, GoogLeNet and Inception-v3 are
 * counts that everyone finds; the torchvision variants are what torchvision's own networks count; LeNet-5, NiN and BN-Inception were added up by hand from
 * their tables, Inception-v2 is ours.
 */
const counts: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "linear-svm": [32 * 32 * 3 * 1000 + 1000, 0, 1, 1],
  lenet5: [146_156, 0, 5, 1],
  alexnet: [60_965_224, 0, 8, 1],
  "alexnet-single-tower": [62_378_344, 0, 8, 1],
  "alexnet-torchvision": [61_100_840, 0, 8, 1],
  zfnet: [62_357_608, 0, 8, 1],
  nin: [7_595_176, 0, 12, 1],
  vgg11: [132_863_336, 0, 11, 1],
  vgg13: [133_047_848, 0, 13, 1],
  vgg16: [138_357_544, 0, 16, 1],
  vgg19: [143_667_240, 0, 19, 1],
  googlenet: [6_998_552, 6_379_728, 22, 4 ** 9],
  "googlenet-torchvision": [6_624_904, 6_379_984, 22, 4 ** 9],
  "bn-inception": [11_285_224, 0, 34, 4 ** 8 * 3 ** 2],
  "inception-v2": [25_954_248, 4_401_384, 54, 4 ** 3 * 3 * 4 ** 5 * 3 * 6 ** 2],
  "inception-v2-7x7": [25_935_016, 4_401_384, 52, 4 ** 3 * 3 * 4 ** 5 * 3 * 6 ** 2],
  "inception-v3": [23_834_568, 3_326_696, 48, 4 ** 3 * 3 * 4 ** 4 * 3 * 6 ** 2],
  "inception-v3-torchvision": [23_834_568, 3_326_696, 48, 4 ** 3 * 3 * 4 ** 4 * 3 * 6 ** 2],
  "inception-v3-paper": [25_954_248, 4_402_408, 54, 4 ** 3 * 3 * 4 ** 5 * 3 * 6 ** 2],
};

describe("at its paper's size and 1000 classes", () => {
  test.each(architectures.map(({ id }) => [id]))(
    "%s has the parameters, layers and paths that are known of it",
    (id) => {
      const { parameters, auxiliaryParameters, longestPathLayers, paths } = totals(id);
      expect([parameters, auxiliaryParameters, longestPathLayers, paths]).toEqual(counts[id]);
    },
  );

  test("no count is of a network that is not in the model registry", () => {
    expect(Object.keys(counts)).toEqual(architectures.map(({ id }) => id));
  });

  test("where the paper counts other layers than the longest path has, the network says so", () => {
    for (const { id, about, family, weightLayers } of architectures) {
      const { longestPathLayers } = totals(id);
      if (longestPathLayers !== weightLayers && family === id) expect(about).toContain(String(longestPathLayers));
    }
  });
});

describe("the rungs from Inception-v2 to Inception-v3", () => {
  const rowsOf = (id: string) => findArchitecture(id).rows;
  const isHead = ({ kind }: Row) => kind === "auxiliary";

  it("factorises the first layer and nothing else: both stems end in 147×147×64", () => {
    const [seven, ...behindSeven] = rowsOf("inception-v2-7x7");
    expect(seven).toMatchObject({ kernel: [7, 7], stride: 2, filters: 64 });
    expect(rowsOf("inception-v2").slice(3)).toEqual(behindSeven);
    const shaped = shapeRows(findArchitecture("inception-v2-7x7"), 1000).rows;
    expect(outline(shaped.slice(0, 2))).toEqual(["Conv2d_1a_7x7 147×147×64", "MaxPool_3a_3x3 73×73×64"]);
  });

  it("then normalises the fully connected layers of the head and nothing else", () => {
    const trunk = (id: string) => rowsOf(id).filter((row) => !isHead(row));
    expect(trunk("inception-v3-paper")).toEqual(trunk("inception-v2"));
    const normalised = (id: string) =>
      (rowsOf(id).find(isHead) as AuxiliaryRow).rows.flatMap((row) =>
        row.kind === "convolution" || row.kind === "dense" ? [row.batchNorm !== null] : [],
      );
    expect(normalised("inception-v2")).toEqual([true, false, false]);
    expect(normalised("inception-v3-paper")).toEqual([true, true, false]);
  });
});

/** Kernels of each branch from the module's input on, pools by name: what the paper's figures draw. */
const branchesOf = (id: string, module: string) => {
  const row = findArchitecture(id).rows.find(({ name }) => name === module);
  if (row?.kind !== "branches") throw new Error(`${id} has no module ${module}`);
  const drawn = (rows: readonly Row[]): string =>
    rows
      .map((inner) => {
        if (inner.kind === "branches") return inner.branches.map(drawn).join(" | ");
        if (inner.kind === "convolution") return inner.kernel.join("×");
        return inner.kind;
      })
      .join(" → ");
  return row.branches.map(drawn);
};

describe.each(["inception-v2", "inception-v2-7x7", "inception-v3-paper"])("the modules of %s", (id) => {
  it.each(["Mixed_5b", "Mixed_5c", "Mixed_5d"])("%s is figure 5: two 3×3 beside one 3×3", (module) => {
    expect(branchesOf(id, module)).toEqual(["1×1", "1×1 → 3×3", "1×1 → 3×3 → 3×3", "pool → 1×1"]);
  });

  it.each(["Mixed_6b", "Mixed_6f"])("%s is figure 6: 1×7 first in every pair", (module) => {
    expect(branchesOf(id, module)).toEqual(["1×1", "1×1 → 1×7 → 7×1", "1×1 → 1×7 → 7×1 → 1×7 → 7×1", "pool → 1×1"]);
  });

  it("Mixed_7b is figure 7: filter banks expanded side by side", () => {
    expect(branchesOf(id, "Mixed_7b")).toEqual(["1×1", "1×1 → 1×3 | 3×1", "1×1 → 3×3 → 1×3 | 3×1", "pool → 1×1"]);
  });

  it("the auxiliary head is figure 8: 17×17×768, 5×5×768, 5×5×128, 1×1×1024", () => {
    const head = shapeRows(findArchitecture(id), 1000).rows.find(isHeadRow)!;
    expect(outline(head.branches![0]!).slice(0, 3)).toEqual([
      "AvgPool_1a_5x5 5×5×768",
      "Conv2d_1b_1x1 5×5×128",
      "Conv2d_2a_5x5 1×1×1024",
    ]);
  });
});

describe("the modules of the shipped Inception-v3", () => {
  it("have a 5×5 for the one 3×3, and 7×1 first in the long branch", () => {
    expect(branchesOf("inception-v3", "Mixed_5b")[1]).toBe("1×1 → 5×5");
    expect(branchesOf("inception-v3", "Mixed_6b").slice(1, 3)).toEqual([
      "1×1 → 1×7 → 7×1",
      "1×1 → 7×1 → 1×7 → 7×1 → 1×7",
    ]);
  });
});

describe("what a paper prints", () => {
  /** Billions of multiply-adds, counted and printed. */
  test.each([
    ["googlenet", 1.58, 1.5],
    ["inception-v2-7x7", 5.94, 3.8],
    ["inception-v2", 6.35, 4.8],
    ["inception-v3", 5.71, 4.8],
    ["inception-v3-paper", 6.35, 4.8],
  ])("of %s stands beside what its table adds up to", (id, counted, printed) => {
    expect(totals(id).multiplyAdds / 1e9).toBeCloseTo(counted, 2);
    const { published, inputPixels } = findArchitecture(id);
    expect(published?.multiplyAdds).toBe(printed * 1e9);
    const view = (size: { inputPixels: number; width: number }) =>
      architectureView(findArchitecture(id), { ...size, classes: 10 }, []).published;
    expect(view({ inputPixels, width: 1 })).toEqual(published);
    expect(view({ inputPixels, width: 0.5 })).toBeNull();
  });
});

describe("torchvision's variants", () => {
  it("pool GoogLeNet's heads to 4×4", () => {
    const heads = shapeRows(findArchitecture("googlenet-torchvision"), 1000).rows.filter(isHeadRow);
    expect(heads.map((head) => outline(head.branches![0]!)[0])).toEqual(["ave_pool 4×4×512", "ave_pool 4×4×528"]);
  });

  it("differ from the shipped Inception-v3 in average pools and dropout alone", () => {
    const plain = (rows: readonly Row[]): unknown[] =>
      rows.map((row) => {
        if (row.kind === "branches") return { ...row, branches: row.branches.map(plain) };
        if (row.kind === "pool" && row.operation === "average") return { ...row, padding: null };
        return row.kind === "dropout" ? { ...row, rate: null } : row;
      });
    const [shipped, torchvision] = ["inception-v3", "inception-v3-torchvision"].map((id) => findArchitecture(id).rows);
    expect(torchvision).not.toEqual(shipped);
    expect(plain(torchvision!)).toEqual(plain(shipped!));
  });

  it("run through the same grids as the networks that they vary", () => {
    for (const id of ["googlenet", "inception-v3"]) {
      const grids = (of: string) =>
        shapeRows(findArchitecture(of), 1000).rows.flatMap(({ kind, output }) => (kind === "branches" ? [output] : []));
      expect(grids(`${id}-torchvision`)).toEqual(grids(id));
    }
    expect(outline(shapeRows(findArchitecture("alexnet-torchvision"), 1000).rows).slice(0, 8)).toEqual([
      "conv1 55×55×64",
      "pool1 27×27×64",
      "conv2 27×27×192",
      "pool2 13×13×192",
      "conv3 13×13×384",
      "conv4 13×13×256",
      "conv5 13×13×256",
      "pool5 6×6×256",
    ]);
  });
});

describe("LeNet-5 at its paper's size", () => {
  it("has 62,006 parameters at ten classes of colour pictures", () => {
    // 456 + 2,416 + 48,120 + 10,164 + 850
    expect(shapeRows(findArchitecture("lenet5"), 10).totals.parameters).toBe(62_006);
  });

  it("runs through the grids of the paper's figure 2", () => {
    const { rows } = shapeRows(findArchitecture("lenet5"), 10);
    expect(outline(rows)).toEqual([
      "C1 28×28×6",
      "S2 14×14×6",
      "C3 10×10×16",
      "S4 5×5×16",
      "flatten 1×1×400",
      "C5 1×1×120",
      "F6 1×1×84",
      "OUTPUT 1×1×10",
    ]);
  });
});

describe("Network in Network at its paper's size", () => {
  it("ends in one map a class, on the grids of the published model", () => {
    const { rows } = shapeRows(findArchitecture("nin"), 1000);
    expect(outline(rows.filter(({ kind }) => kind === "pool"))).toEqual([
      "pool0 27×27×96",
      "pool2 13×13×256",
      "pool3 6×6×384",
      "pool4 1×1×1000",
    ]);
  });
});

describe("BN-Inception at its paper's size", () => {
  it("has the parameters of the published model but for its biases, one a normalised channel", () => {
    const filters = (rows: readonly Row[]): number =>
      rows.reduce((sum, row) => {
        if (row.kind === "branches") return sum + row.branches.reduce((inner, branch) => inner + filters(branch), 0);
        return sum + (row.kind === "convolution" ? Number(row.filters) : 0);
      }, 0);
    const bnInception = findArchitecture("bn-inception");
    expect(totals("bn-inception").parameters + filters(bnInception.rows)).toBe(11_295_240);
  });

  it("costs the paper's 2.0 billion multiply-adds", () => {
    expect(totals("bn-inception").multiplyAdds / 1e9).toBeCloseTo(2.0, 1);
  });

  it("runs through the grids of the paper's figure 5, on the channels that its widths add up to", () => {
    const { rows } = shapeRows(findArchitecture("bn-inception"), 1000);
    expect(outline(rows.filter(({ kind }) => kind === "branches"))).toEqual([
      "inception_3a 28×28×256",
      "inception_3b 28×28×320",
      "inception_3c 14×14×576",
      "inception_4a 14×14×576",
      "inception_4b 14×14×576",
      "inception_4c 14×14×608",
      "inception_4d 14×14×608",
      "inception_4e 7×7×1056",
      "inception_5a 7×7×1024",
      "inception_5b 7×7×1024",
    ]);
  });
});

describe("AlexNet at its paper's size", () => {
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
  it("runs through the paper's grids", () => {
    const grids = shapeRows(findArchitecture("zfnet"), 1000).rows.map(({ output }) => output.height);
    expect([...new Set(grids)]).toEqual([110, 55, 26, 13, 6, 1]);
  });
});

describe("VGG at its paper's size", () => {
  it("costs 15.5 and 19.6 billion multiply-adds at 16 and 19 layers", () => {
    expect(totals("vgg16").multiplyAdds / 1e9).toBeCloseTo(15.5, 1);
    expect(totals("vgg19").multiplyAdds / 1e9).toBeCloseTo(19.6, 1);
  });
});

describe("GoogLeNet at its paper's size", () => {
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
  it("has 27,161,264 parameters with its head, γ and β", () => {
    const { parameters, auxiliaryParameters } = totals("inception-v3");
    expect(parameters + auxiliaryParameters).toBe(27_161_264);
  });

  it("costs 5.7 billion multiply-adds", () => {
    expect(totals("inception-v3").multiplyAdds / 1e9).toBeCloseTo(5.71, 2);
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

describe.each(["inception-v2", "inception-v3-paper"])("%s", (id) => {
  it("runs through the grids of the paper's Table 1", () => {
    const { rows } = shapeRows(findArchitecture(id), 1000);
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
  });
});

describe("the model registry", () => {
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
    expect(() => findArchitecture("lenet")).toThrow("Choose one of linear-svm, lenet5, alexnet, alexnet-single-tower,");
  });

  it("names each family after its first network, and tells the variants of one apart", () => {
    for (const { family } of architectures) {
      const members = architectures.filter((other) => other.family === family);
      expect(members[0]!.id).toBe(family);
      expect(new Set(members.map(({ variant }) => variant)).size).toBe(members.length);
    }
  });

  it("shows a network with its numbers at the size asked for", () => {
    const view = architectureView(findArchitecture("alexnet"), { inputPixels: 32, width: 0.25, classes: 10 }, []);
    expect(view).toMatchObject({ id: "alexnet", inputPixels: 32, width: 0.25, classes: 10, smallestInputPixels: 16 });
    expect(view.rows.at(-1)).toMatchObject({ name: "fc8", output: { channels: 10 }, parameters: 1024 * 10 + 10 });
  });
});
