/**
 * What Inception-v2 and -v3 (Szegedy 2015) are put together from: module kinds as functions of what differs between their uses. Row names are those
 * of Google's own code (slim). The paper does not print the widths inside the modules; they are those of the shipped code.
 */
import type {
  AuxiliaryRow,
  BranchesRow,
  ConvolutionRow,
  Padding,
  PoolRow,
  PublishedFigures,
  Row,
  Size2d,
} from "../../contract/architecture.ts";
import { auxiliary, branches, convolution, dense, dropout, flatten, inceptionBatchNorm, pool } from "../rows.ts";

type Kernel = number | Size2d;

export const conv = (
  name: string,
  filters: number,
  kernel: Kernel,
  stride: number,
  padding: "same" | "valid",
): ConvolutionRow =>
  convolution(name, filters, kernel, stride, padding, { groups: 1, batchNorm: inceptionBatchNorm, activation: "relu" });
export const same = (name: string, filters: number, kernel: Kernel) => conv(name, filters, kernel, 1, "same");
export const halve = (name: string, filters: number) => conv(name, filters, 3, 2, "valid");
export const maxPool = (name: string): PoolRow => pool(name, "max", 3, 2, "valid");

/** @param padding `same` leaves the border out of the average, as Google's code does; 1 counts its zeros, as torchvision does. */
const pooled = (filters: number, padding: Padding): Row[] => [
  pool("AvgPool_0a_3x3", "average", 3, 1, padding),
  same("Conv2d_0b_1x1", filters, 1),
];

/**
 * 35×35: a 1×1, a small and a large kernel behind a bottleneck each, and a pool. In the paper's figure 5 they are one 3×3, and two 3×3 for the 5×5 of
 * GoogLeNet; shipped code has a 5×5 where the figure has the one 3×3.
 */
export function inceptionA(
  name: string,
  poolFilters: number,
  small: "one 3×3" | "one 5×5",
  poolPadding: Padding,
): BranchesRow {
  return branches(
    name,
    "Inception A",
    [same("Conv2d_0a_1x1", 64, 1)],
    [same("Conv2d_0a_1x1", 48, 1), small === "one 3×3" ? same("Conv2d_0b_3x3", 64, 3) : same("Conv2d_0b_5x5", 64, 5)],
    [same("Conv2d_0a_1x1", 64, 1), same("Conv2d_0b_3x3", 96, 3), same("Conv2d_0c_3x3", 96, 3)],
    pooled(poolFilters, poolPadding),
  );
}

/** 35×35 → 17×17 without a bottleneck: strided convolutions beside a pool (figure 10). */
export function reductionA(name: string): BranchesRow {
  return branches(
    name,
    "grid reduction",
    [halve("Conv2d_1a_3x3", 384)],
    [same("Conv2d_0a_1x1", 64, 1), same("Conv2d_0b_3x3", 96, 3), halve("Conv2d_1a_3x3", 96)],
    [maxPool("MaxPool_1a_3x3")],
  );
}

/**
 * 17×17: 7×7 convolutions factorised into 1×7 and 7×1, once and twice (figure 6, n = 7). In the figure every pair is 1×7 first; shipped code has
 * the two pairs of the long branch the other way round.
 */
export function inceptionB(
  name: string,
  filters: number,
  longBranch: "1×7 first" | "7×1 first",
  poolPadding: Padding,
): BranchesRow {
  const row = ([height, width]: Size2d, letter: string, out: number) =>
    same(`Conv2d_0${letter}_${height}x${width}`, out, [height, width]);
  const [first, second]: [Size2d, Size2d] =
    longBranch === "1×7 first"
      ? [
          [1, 7],
          [7, 1],
        ]
      : [
          [7, 1],
          [1, 7],
        ];
  return branches(
    name,
    "Inception B",
    [same("Conv2d_0a_1x1", 192, 1)],
    [same("Conv2d_0a_1x1", filters, 1), row([1, 7], "b", filters), row([7, 1], "c", 192)],
    [
      same("Conv2d_0a_1x1", filters, 1),
      row(first, "b", filters),
      row(second, "c", filters),
      row(first, "d", filters),
      row(second, "e", 192),
    ],
    pooled(192, poolPadding),
  );
}

/** 17×17 → 8×8. */
export function reductionB(name: string): BranchesRow {
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
export function inceptionC(name: string, poolPadding: Padding): BranchesRow {
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
    pooled(192, poolPadding),
  );
}

/**
 * The auxiliary classifier behind the last 17×17 module (figure 8). Its 5×5 convolution covers its whole 5×5 grid: it is the fully connected layer,
 * of 1,024 values in the figure and 768 in shipped code. The 1×1 before it is batch-normalised always, as the paper says of the convolutions,
 * and the last layer never: "BN-auxiliary" is of the one fully connected layer.
 */
export function head(units: 1024 | 768, isFullyConnectedNormalised: boolean): AuxiliaryRow {
  return auxiliary("AuxLogits", 0.4, [
    pool("AvgPool_1a_5x5", "average", 5, 3, "valid"),
    conv("Conv2d_1b_1x1", 128, 1, 1, "valid"),
    {
      ...conv("Conv2d_2a_5x5", units, 5, 1, "valid"),
      batchNorm: isFullyConnectedNormalised ? inceptionBatchNorm : null,
    },
    pool("AvgPool_2b", "average", "all", 1, "valid"),
    flatten("Flatten"),
    dense("Logits", "classes", { batchNorm: null, activation: "none" }),
  ]);
}

export function classifier(dropoutRate: number): Row[] {
  return [
    pool("AvgPool_1a", "average", "all", 1, "valid"),
    dropout("Dropout_1b", dropoutRate),
    flatten("Flatten"),
    dense("Logits", "classes", { batchNorm: null, activation: "none" }),
  ];
}

export const rethinking = {
  year: 2015,
  paper: "Szegedy, Vanhoucke, Ioffe, Shlens, Wojna: Rethinking the Inception Architecture for Computer Vision, 2015",
  inputPixels: 299,
  weightLayers: 42,
  loss: "cross-entropy",
} as const;

/** What the paper prints of Inception-v3: of the network of its Table 1, though what its authors shipped is another. */
export const printedOfV3: PublishedFigures = { multiplyAdds: 4.8e9, source: "Table 3" };
