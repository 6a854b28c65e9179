/**
 * GoogLeNet (Szegedy 2014), the paper's Table 1: nine Inception modules and two auxiliary heads behind 4a and 4d. Input 224.
 *
 * - `googlenet`: real 5×5 branches, biases, response normalisation. 6,998,552 parameters at 1000 classes, and 6,379,728 in the heads. The paper does
 *   not print what its response normalisation takes; these are its authors' published Caffe settings, α = 1e-4 over five channels, which Caffe
 *   divides by the five.
 * - `googlenet-torchvision`: batch normalisation in place of biases and response normalisation, a 3×3 in place of the 5×5, a 2×2 last pool, heads
 *   behind an adaptive 4×4 pool, less dropout. 6,624,904 parameters, and 6,379,984 in the heads. It pools in ceil mode, which `same` equals on these
 *   even grids.
 *
 * Left out: the paper's pictures at 144 crops, which are a matter of evaluation.
 */
import type { Architecture, AuxiliaryRow, BatchNorm, BranchesRow, Padding, Row } from "../../contract/architecture.ts";
import {
  adaptivePool,
  auxiliary,
  branches,
  convolution,
  dense,
  dropout,
  flatten,
  inceptionBatchNorm,
  localResponseNorm,
  pool,
} from "../rows.ts";

const normalisation = { neighbours: 5, k: 1, alpha: 2e-5, beta: 0.75 };

/** A line of Table 1: #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj. */
type Widths = readonly [one: number, reduce3: number, three: number, reduce5: number, five: number, pool: number];

/** Where torchvision's differs from the paper's. */
interface Layout {
  readonly batchNorm: BatchNorm | null;
  /** Of the first convolution: `same` is 2 pixels before and 3 behind, torchvision's 3 all around. */
  readonly firstPadding: Padding;
  readonly large: { readonly name: string; readonly kernel: number };
  readonly lastPool: number;
  readonly headPool: Row;
  readonly dropout: number;
}
const paper: Layout = {
  batchNorm: null,
  firstPadding: "same",
  large: { name: "5x5", kernel: 5 },
  lastPool: 3,
  headPool: pool("ave_pool", "average", 5, 3, "valid"),
  dropout: 0.4,
};
const torchvision: Layout = {
  batchNorm: inceptionBatchNorm,
  firstPadding: 3,
  large: { name: "5x5_as_3x3", kernel: 3 },
  lastPool: 2,
  headPool: adaptivePool("ave_pool", 4),
  dropout: 0.2,
};

function rows({ batchNorm, firstPadding, large, lastPool, headPool, dropout: rate }: Layout): Row[] {
  const rest = { groups: 1, batchNorm, activation: "relu" } as const;
  const conv = (name: string, filters: number, kernel: number) => convolution(name, filters, kernel, 1, "same", rest);
  const inception = (name: string, [one, reduce3, three, reduce5, five, projection]: Widths): BranchesRow =>
    branches(
      name,
      "Inception",
      [conv("1x1", one, 1)],
      [conv("3x3_reduce", reduce3, 1), conv("3x3", three, 3)],
      [conv("5x5_reduce", reduce5, 1), conv(large.name, five, large.kernel)],
      [pool("pool", "max", 3, 1, "same"), conv("pool_proj", projection, 1)],
    );
  const head = (name: string): AuxiliaryRow =>
    auxiliary(name, 0.3, [
      headPool,
      conv("conv", 128, 1),
      flatten("flatten"),
      dense("fc", 1024, { batchNorm: null, activation: "relu" }),
      dropout("drop_fc", 0.7),
      dense("classifier", "classes", { batchNorm: null, activation: "none" }),
    ]);
  const norm = (name: string): Row[] => (batchNorm ? [] : [localResponseNorm(name, normalisation)]);
  return [
    convolution("conv1/7x7_s2", 64, 7, 2, firstPadding, rest),
    pool("pool1/3x3_s2", "max", 3, 2, "same"),
    ...norm("pool1/norm1"),
    conv("conv2/3x3_reduce", 64, 1),
    conv("conv2/3x3", 192, 3),
    ...norm("conv2/norm2"),
    pool("pool2/3x3_s2", "max", 3, 2, "same"),
    inception("inception_3a", [64, 96, 128, 16, 32, 32]),
    inception("inception_3b", [128, 128, 192, 32, 96, 64]),
    pool("pool3/3x3_s2", "max", 3, 2, "same"),
    inception("inception_4a", [192, 96, 208, 16, 48, 64]),
    head("loss1"),
    inception("inception_4b", [160, 112, 224, 24, 64, 64]),
    inception("inception_4c", [128, 128, 256, 24, 64, 64]),
    inception("inception_4d", [112, 144, 288, 32, 64, 64]),
    head("loss2"),
    inception("inception_4e", [256, 160, 320, 32, 128, 128]),
    pool(`pool4/${lastPool}x${lastPool}_s2`, "max", lastPool, 2, "same"),
    inception("inception_5a", [256, 160, 320, 32, 128, 128]),
    inception("inception_5b", [384, 192, 384, 48, 128, 128]),
    pool("pool5", "average", "all", 1, "valid"),
    dropout("pool5/drop", rate),
    flatten("flatten"),
    dense("loss3/classifier", "classes", { batchNorm: null, activation: "none" }),
  ];
}

const shared = {
  family: "googlenet",
  year: 2014,
  paper: "Szegedy et al.: Going Deeper with Convolutions, 2014",
  inputPixels: 224,
  weightLayers: 22,
  loss: "cross-entropy",
} as const;

export const googlenet: Architecture = {
  ...shared,
  id: "googlenet",
  title: "GoogLeNet",
  variant: "Paper",
  about: "As in the paper's Table 1: biases, response normalisation, real 5×5 branches, and both auxiliary heads.",
  published: { multiplyAdds: 1.5e9, source: "section 1" },
  rows: rows(paper),
};

export const googlenetTorchvision: Architecture = {
  ...shared,
  id: "googlenet-torchvision",
  title: "GoogLeNet, torchvision",
  variant: "torchvision",
  about:
    "What torchvision publishes weights for: batch normalisation instead of biases and response normalisation, and a 3×3 where the paper has a 5×5; its heads average over a 4×4 grid.",
  rows: rows(torchvision),
};
