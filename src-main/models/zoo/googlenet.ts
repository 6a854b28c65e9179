/**
 * GoogLeNet (Szegedy 2014), the paper's Table 1: nine Inception modules with real 5×5 branches, response normalisation, no batch normalisation,
 * and two auxiliary heads behind 4a and 4d. 6,998,552 parameters at 1000 classes, and 6,379,728 in the heads. Input 224. The paper does not
 * print what its response normalisation takes; these are its authors' published Caffe settings, α = 1e-4 over five channels, which Caffe
 * divides by the five. Left out: the paper's pictures at 144 crops, which are a matter of evaluation.
 */
import type { Architecture, AuxiliaryRow, BranchesRow, ConvolutionRow } from "../../contract/architecture.ts";
import { auxiliary, branches, dense, dropout, flatten, localResponseNorm, pool, reluConvolution } from "../rows.ts";

const conv = (name: string, filters: number, kernel: number, stride = 1): ConvolutionRow =>
  reluConvolution(name, filters, kernel, stride, "same");
const normalisation = { neighbours: 5, k: 1, alpha: 2e-5, beta: 0.75 };

/** A line of Table 1: #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj. */
type Widths = readonly [one: number, reduce3: number, three: number, reduce5: number, five: number, pool: number];

function inception(name: string, [one, reduce3, three, reduce5, five, projection]: Widths): BranchesRow {
  return branches(
    name,
    "Inception",
    [conv("1x1", one, 1)],
    [conv("3x3_reduce", reduce3, 1), conv("3x3", three, 3)],
    [conv("5x5_reduce", reduce5, 1), conv("5x5", five, 5)],
    [pool("pool", "max", 3, 1, "same"), conv("pool_proj", projection, 1)],
  );
}

function head(name: string): AuxiliaryRow {
  return auxiliary(name, 0.3, [
    pool("ave_pool", "average", 5, 3, "valid"),
    conv("conv", 128, 1),
    flatten("flatten"),
    dense("fc", 1024, { batchNorm: false, activation: "relu" }),
    dropout("drop_fc", 0.7),
    dense("classifier", "classes", { batchNorm: false, activation: "none" }),
  ]);
}

export const googlenet: Architecture = {
  id: "googlenet",
  title: "GoogLeNet",
  year: 2014,
  paper: "Szegedy et al.: Going Deeper with Convolutions, 2014",
  variant: "paper",
  about:
    "As in the paper's Table 1, with both auxiliary heads; what is shipped with torchvision has batch normalisation instead of biases and a 3×3 where the paper has a 5×5.",
  inputPixels: 224,
  weightLayers: 22,
  rows: [
    conv("conv1/7x7_s2", 64, 7, 2),
    pool("pool1/3x3_s2", "max", 3, 2, "same"),
    localResponseNorm("pool1/norm1", normalisation),
    conv("conv2/3x3_reduce", 64, 1),
    conv("conv2/3x3", 192, 3),
    localResponseNorm("conv2/norm2", normalisation),
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
    pool("pool4/3x3_s2", "max", 3, 2, "same"),
    inception("inception_5a", [256, 160, 320, 32, 128, 128]),
    inception("inception_5b", [384, 192, 384, 48, 128, 128]),
    pool("pool5", "average", "all", 1, "valid"),
    dropout("pool5/drop", 0.4),
    flatten("flatten"),
    dense("loss3/classifier", "classes", { batchNorm: false, activation: "none" }),
  ],
};
