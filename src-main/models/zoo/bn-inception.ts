/**
 * BN-Inception (Ioffe & Szegedy 2015), the table of its figure 5: Inception with batch normalisation and two 3×3 convolutions for each 5×5. 11,285,224
 * parameters at 1000 classes. Input 224.
 *
 * The paper states 13.6 million parameters, and its figure prints 576 channels behind 4c and 4d and 1,024 behind 4e, where its own widths
 * add up to 608, 608 and 1,056. Here the widths stand, as in the published Caffe model. Left out: the separable first convolution, which
 * the figure marks with a star; dropout and response normalisation, which the paper takes out; auxiliary heads, of which its table has none.
 */
import type { Architecture, BranchesRow, ConvolutionRow, PoolRow, Row } from "../../contract/architecture.ts";
import { branches, convolution, dense, flatten, inceptionBatchNorm, pool } from "../rows.ts";

const conv = (name: string, filters: number, kernel: number, stride = 1): ConvolutionRow =>
  convolution(name, filters, kernel, stride, "same", { groups: 1, batchNorm: inceptionBatchNorm, activation: "relu" });

/** A line of figure 5: #1×1, #3×3 reduce, #3×3, double #3×3 reduce, double #3×3, pool and its projection. */
type Widths = readonly [
  one: number,
  reduce3: number,
  three: number,
  reduceDouble: number,
  double: number,
  operation: PoolRow["operation"],
  projection: number,
];

const doubled = (reduce: number, filters: number, stride: number): Row[] => [
  conv("double3x3_reduce", reduce, 1),
  conv("double3x3_1", filters, 3),
  conv("double3x3_2", filters, 3, stride),
];

function inception(name: string, [one, r3, three, rd, double, operation, projection]: Widths): BranchesRow {
  return branches(
    name,
    "Inception",
    [conv("1x1", one, 1)],
    [conv("3x3_reduce", r3, 1), conv("3x3", three, 3)],
    doubled(rd, double, 1),
    [pool("pool", operation, 3, 1, "same"), conv("pool_proj", projection, 1)],
  );
}

/** The two lines with stride 2: no 1×1, and the pool passes through. */
function reduction(name: string, [r3, three, rd, double]: readonly [number, number, number, number]): BranchesRow {
  return branches(
    name,
    "grid reduction",
    [conv("3x3_reduce", r3, 1), conv("3x3", three, 3, 2)],
    doubled(rd, double, 2),
    [pool("pool", "max", 3, 2, "same")],
  );
}

export const bnInception: Architecture = {
  id: "bn-inception",
  family: "bn-inception",
  title: "BN-Inception",
  year: 2015,
  paper:
    "Ioffe, Szegedy: Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift, 2015",
  variant: "Paper",
  about:
    "GoogLeNet with batch normalisation, two 3×3 in place of each 5×5, and reductions inside the modules, by the widths of the paper's figure 5. They add up to 11.3 million parameters where the paper states 13.6; its separable first convolution is a plain one here.",
  inputPixels: 224,
  weightLayers: 34,
  loss: "cross-entropy",
  published: { parameters: 13.6e6, source: "section 4.2" },
  rows: [
    conv("conv1/7x7_s2", 64, 7, 2),
    pool("pool1/3x3_s2", "max", 3, 2, "same"),
    conv("conv2/3x3_reduce", 64, 1),
    conv("conv2/3x3", 192, 3),
    pool("pool2/3x3_s2", "max", 3, 2, "same"),
    inception("inception_3a", [64, 64, 64, 64, 96, "average", 32]),
    inception("inception_3b", [64, 64, 96, 64, 96, "average", 64]),
    reduction("inception_3c", [128, 160, 64, 96]),
    inception("inception_4a", [224, 64, 96, 96, 128, "average", 128]),
    inception("inception_4b", [192, 96, 128, 96, 128, "average", 128]),
    inception("inception_4c", [160, 128, 160, 128, 160, "average", 128]),
    inception("inception_4d", [96, 128, 192, 160, 192, "average", 128]),
    reduction("inception_4e", [128, 192, 192, 256]),
    inception("inception_5a", [352, 192, 320, 160, 224, "average", 128]),
    inception("inception_5b", [352, 192, 320, 192, 224, "max", 128]),
    pool("global_pool", "average", "all", 1, "valid"),
    flatten("flatten"),
    dense("fc", "classes", { batchNorm: null, activation: "none" }),
  ],
};
