/**
 * Inception-v3 (Szegedy 2015) in two layouts, one of them with two kinds of pool. Row names are those of Google's own code (slim).
 *
 * - `shipped`: what Google, torchvision and Keras train and publish. 23,834,568 parameters at 1000 classes, with γ and β, and 3,326,696 in the
 *   auxiliary head: 27,161,264 together.
 * - `paper`: Table 1 of the paper as printed. It differs by a 3×3 for the stem's 1×1, a strided convolution in the second pool's place, a
 *   further 3×3 convolution to 288 channels before the modules, two 3×3 convolutions for the 5×5, five 17×17 modules for four, and batch
 *   normalisation on the head's last layer too. The paper does not print the widths inside the modules; they are the shipped ones here, and the
 *   fifth 17×17 module repeats 160. So read, it costs 6.5 billion multiply-adds where the paper states 4.8: the authors' was another in parts.
 *
 * - `torchvision`: the shipped one, whose average pools count the zeros around the grid, where Google's leave them out.
 *
 * In all, the head's 5×5 convolution covers its whole 5×5 grid: it is the fully connected layer whose batch normalisation the paper adds.
 * Left out: the averaged weights of the paper's evaluation, which are a matter of training.
 */
import type { Architecture, BranchesRow, ConvolutionRow, PoolRow, Row, Size2d } from "../../contract/architecture.ts";
import { auxiliary, branches, convolution, dense, dropout, flatten, pool } from "../rows.ts";

type Layout = "shipped" | "torchvision" | "paper";
type Kernel = number | Size2d;

const conv = (
  name: string,
  filters: number,
  kernel: Kernel,
  stride: number,
  padding: "same" | "valid",
): ConvolutionRow =>
  convolution(name, filters, kernel, stride, padding, { groups: 1, batchNorm: true, activation: "relu" });
const same = (name: string, filters: number, kernel: Kernel) => conv(name, filters, kernel, 1, "same");
const halve = (name: string, filters: number) => conv(name, filters, 3, 2, "valid");
const maxPool = (name: string): PoolRow => pool(name, "max", 3, 2, "valid");
const pooled = (filters: number, layout: Layout): Row[] => [
  pool("AvgPool_0a_3x3", "average", 3, 1, layout === "torchvision" ? 1 : "same"),
  same("Conv2d_0b_1x1", filters, 1),
];

/** 35×35: a 5×5 and a 3×3 pair beside a 1×1 and a pool (figure 5; the shipped layout keeps the real 5×5). */
function inceptionA(name: string, poolFilters: number, layout: Layout): BranchesRow {
  const five = [same("Conv2d_0b_3x3", 64, 3), same("Conv2d_0c_3x3", 64, 3)];
  return branches(
    name,
    "Inception A",
    [same("Conv2d_0a_1x1", 64, 1)],
    [same("Conv2d_0a_1x1", 48, 1), ...(layout === "paper" ? five : [same("Conv2d_0b_5x5", 64, 5)])],
    [same("Conv2d_0a_1x1", 64, 1), same("Conv2d_0b_3x3", 96, 3), same("Conv2d_0c_3x3", 96, 3)],
    pooled(poolFilters, layout),
  );
}

/** 35×35 → 17×17 without a bottleneck: strided convolutions beside a pool (figure 10). */
function reductionA(name: string): BranchesRow {
  return branches(
    name,
    "grid reduction",
    [halve("Conv2d_1a_3x3", 384)],
    [same("Conv2d_0a_1x1", 64, 1), same("Conv2d_0b_3x3", 96, 3), halve("Conv2d_1a_3x3", 96)],
    [maxPool("MaxPool_1a_3x3")],
  );
}

/** 17×17: 7×7 convolutions flattened into 1×7 and 7×1 (figure 6, n = 7). */
function inceptionB(name: string, filters: number, layout: Layout): BranchesRow {
  return branches(
    name,
    "Inception B",
    [same("Conv2d_0a_1x1", 192, 1)],
    [same("Conv2d_0a_1x1", filters, 1), same("Conv2d_0b_1x7", filters, [1, 7]), same("Conv2d_0c_7x1", 192, [7, 1])],
    [
      same("Conv2d_0a_1x1", filters, 1),
      same("Conv2d_0b_7x1", filters, [7, 1]),
      same("Conv2d_0c_1x7", filters, [1, 7]),
      same("Conv2d_0d_7x1", filters, [7, 1]),
      same("Conv2d_0e_1x7", 192, [1, 7]),
    ],
    pooled(192, layout),
  );
}

/** 17×17 → 8×8. */
function reductionB(name: string): BranchesRow {
  return branches(
    name,
    "grid reduction",
    [same("Conv2d_0a_1x1", 192, 1), halve("Conv2d_1a_3x3", 320)],
    [
      same("Conv2d_0a_1x1", 192, 1),
      same("Conv2d_0b_1x7", 192, [1, 7]),
      same("Conv2d_0c_7x1", 192, [7, 1]),
      halve("Conv2d_1a_3x3", 192),
    ],
    [maxPool("MaxPool_1a_3x3")],
  );
}

/** 8×8: filter banks expanded side by side (figure 7). */
function inceptionC(name: string, layout: Layout): BranchesRow {
  const expanded = branches(
    "Expanded",
    "expanded filter bank",
    [same("Conv2d_0c_1x3", 384, [1, 3])],
    [same("Conv2d_0d_3x1", 384, [3, 1])],
  );
  return branches(
    name,
    "Inception C",
    [same("Conv2d_0a_1x1", 320, 1)],
    [same("Conv2d_0a_1x1", 384, 1), expanded],
    [same("Conv2d_0a_1x1", 448, 1), same("Conv2d_0b_3x3", 384, 3), expanded],
    pooled(192, layout),
  );
}

function rows(layout: Layout): Row[] {
  const isPaper = layout === "paper";
  const stemEnd = isPaper
    ? [halve("Conv2d_4a_3x3", 192), same("Conv2d_4b_3x3", 288, 3)]
    : [conv("Conv2d_4a_3x3", 192, 3, 1, "valid"), maxPool("MaxPool_5a_3x3")];
  // Table 1 prints a 3×3 from 73² to 71²; the shipped layout has a 1×1 and leaves the grid to the next row.
  const squeeze = conv(isPaper ? "Conv2d_3b_3x3" : "Conv2d_3b_1x1", 80, isPaper ? 3 : 1, 1, "valid");
  const widths = isPaper ? [128, 160, 160, 160, 192] : [128, 160, 160, 192];
  return [
    halve("Conv2d_1a_3x3", 32),
    conv("Conv2d_2a_3x3", 32, 3, 1, "valid"),
    same("Conv2d_2b_3x3", 64, 3),
    maxPool("MaxPool_3a_3x3"),
    squeeze,
    ...stemEnd,
    inceptionA("Mixed_5b", isPaper ? 64 : 32, layout),
    inceptionA("Mixed_5c", 64, layout),
    inceptionA("Mixed_5d", 64, layout),
    reductionA("Mixed_6a"),
    ...widths.map((filters, i) => inceptionB(`Mixed_6${"bcdef"[i]}`, filters, layout)),
    auxiliary("AuxLogits", 0.4, [
      pool("AvgPool_1a_5x5", "average", 5, 3, "valid"),
      conv("Conv2d_1b_1x1", 128, 1, 1, "valid"),
      conv("Conv2d_2a_5x5", 768, 5, 1, "valid"),
      pool("AvgPool_2b", "average", "all", 1, "valid"),
      flatten("Flatten"),
      dense("Logits", "classes", { batchNorm: isPaper, activation: "none" }),
    ]),
    reductionB("Mixed_7a"),
    inceptionC("Mixed_7b", layout),
    inceptionC("Mixed_7c", layout),
    pool("AvgPool_1a", "average", "all", 1, "valid"),
    dropout("Dropout_1b", 0.2),
    flatten("Flatten"),
    dense("Logits", "classes", { batchNorm: false, activation: "none" }),
  ];
}

const shared = {
  year: 2015,
  paper: "Szegedy, Vanhoucke, Ioffe, Shlens, Wojna: Rethinking the Inception Architecture for Computer Vision, 2015",
  inputPixels: 299,
  weightLayers: 42,
};

export const inceptionV3: Architecture = {
  ...shared,
  id: "inception-v3",
  title: "Inception-v3",
  variant: "shipped",
  about:
    "The layout that Google and torchvision ship and publish weights for: a real 5×5 branch, pools in the stem, 48 weight layers on its longest path where the paper counts 42; the auxiliary head's convolutions, one of them fully connected, are batch-normalised and its last layer is not.",
  rows: rows("shipped"),
};

export const inceptionV3Torchvision: Architecture = {
  ...shared,
  id: "inception-v3-torchvision",
  title: "Inception-v3 of torchvision",
  variant: "torchvision",
  about:
    "The shipped layout with torchvision's average pools, which count the zeros around the grid where Google's leave them out: the network that torchvision's weights are for.",
  rows: rows("torchvision"),
};

export const inceptionV3Paper: Architecture = {
  ...shared,
  id: "inception-v3-paper",
  title: "Inception-v3 as printed",
  variant: "paper",
  about:
    "Table 1 of the paper as printed: two 3×3 for every 5×5, a further convolution to 288 channels, five 17×17 modules; widths inside the modules are not printed and follow the shipped layout, so that it costs 6.5 billion multiply-adds where the paper states 4.8. No published weights fit it.",
  rows: rows("paper"),
};
