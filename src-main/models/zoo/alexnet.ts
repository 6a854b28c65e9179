/**
 * AlexNet as the paper has it: two towers (groups) in conv 2, 4 and 5, response normalisation behind conv 1 and 2, overlapping 3/2 pools,
 * dropout behind the first two dense layers. 60,965,224 parameters at 1000 classes. Input 227, the size at which the paper's own grids
 * (55, 27, 13, 6) come out; the paper writes 224. Left out: colour augmentation and ten-crop evaluation, which are not the network's.
 */
import type { Architecture } from "../../contract/architecture.ts";
import { denseClassifier, localResponseNorm, pool, reluConvolution } from "../rows.ts";

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
    reluConvolution("conv1", 96, 11, 4, "valid"),
    localResponseNorm("norm1", normalisation),
    pool("pool1", "max", 3, 2, "valid"),
    reluConvolution("conv2", 256, 5, 1, "same", 2),
    localResponseNorm("norm2", normalisation),
    pool("pool2", "max", 3, 2, "valid"),
    reluConvolution("conv3", 384, 3, 1, "same"),
    reluConvolution("conv4", 384, 3, 1, "same", 2),
    reluConvolution("conv5", 256, 3, 1, "same", 2),
    pool("pool5", "max", 3, 2, "valid"),
    ...denseClassifier(4096, 0.5),
  ],
};

/**
 * torchvision's AlexNet: one tower, fewer filters in the first layers and more in the fourth and fifth, no response normalisation, zeros around the picture.
 * 61,100,840 parameters at 1000 classes. Input 224; grids 55, 27, 13, 6.
 */
export const alexnetTorchvision: Architecture = {
  id: "alexnet-torchvision",
  title: "AlexNet in one tower",
  year: 2014,
  paper: "Krizhevsky: One weird trick for parallelizing convolutional neural networks, 2014",
  variant: "torchvision",
  about:
    "The single tower that torchvision ships and publishes weights for: 64, 192, 384, 256 and 256 filters, no response normalisation.",
  inputPixels: 224,
  weightLayers: 8,
  rows: [
    reluConvolution("conv1", 64, 11, 4, 2),
    pool("pool1", "max", 3, 2, "valid"),
    reluConvolution("conv2", 192, 5, 1, "same"),
    pool("pool2", "max", 3, 2, "valid"),
    reluConvolution("conv3", 384, 3, 1, "same"),
    reluConvolution("conv4", 256, 3, 1, "same"),
    reluConvolution("conv5", 256, 3, 1, "same"),
    pool("pool5", "max", 3, 2, "valid"),
    ...denseClassifier(4096, 0.5),
  ],
};
