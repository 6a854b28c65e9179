/**
 * AlexNet as the paper has it: two towers (groups) in conv 2, 4 and 5, response normalisation behind conv 1 and 2, overlapping 3/2 pools,
 * dropout behind the first two dense layers. 60,965,224 parameters at 1000 classes. Input 227, the size at which the paper's own grids
 * (55, 27, 13, 6) come out; the paper writes 224. Left out: colour augmentation and ten-crop evaluation, which are not the network's.
 */
import type { Architecture, ConvolutionRow } from "../../contract/architecture.ts";
import { convolution, dense, dropout, flatten, localResponseNorm, pool } from "../rows.ts";

const conv = (
  name: string,
  filters: number,
  kernel: number,
  stride: number,
  padding: "same" | "valid",
  groups: number,
): ConvolutionRow =>
  convolution(name, filters, kernel, stride, padding, { groups, batchNorm: false, activation: "relu" });
const normalisation = { neighbours: 5, k: 2, alpha: 1e-4, beta: 0.75 };

export const alexnet: Architecture = {
  id: "alexnet",
  title: "AlexNet",
  year: 2012,
  paper: "Krizhevsky, Sutskever, Hinton: ImageNet Classification with Deep Convolutional Neural Networks, 2012",
  variant: "paper",
  about:
    "Two towers as in the paper; the version that is shipped with torchvision is a later one with a single tower, other widths and no response normalisation.",
  inputPixels: 227,
  weightLayers: 8,
  rows: [
    conv("conv1", 96, 11, 4, "valid", 1),
    localResponseNorm("norm1", normalisation),
    pool("pool1", "max", 3, 2, "valid"),
    conv("conv2", 256, 5, 1, "same", 2),
    localResponseNorm("norm2", normalisation),
    pool("pool2", "max", 3, 2, "valid"),
    conv("conv3", 384, 3, 1, "same", 1),
    conv("conv4", 384, 3, 1, "same", 2),
    conv("conv5", 256, 3, 1, "same", 2),
    pool("pool5", "max", 3, 2, "valid"),
    flatten("flatten"),
    dense("fc6", 4096, { batchNorm: false, activation: "relu" }),
    dropout("drop6", 0.5),
    dense("fc7", 4096, { batchNorm: false, activation: "relu" }),
    dropout("drop7", 0.5),
    dense("fc8", "classes", { batchNorm: false, activation: "none" }),
  ],
};
