/**
 * AlexNet (Krizhevsky 2012). torchvision's is in alexnet-torchvision.ts.
 *
 * - `alexnet`: the paper's two towers (groups) in conv 2, 4 and 5, response normalisation behind conv 1 and 2, overlapping 3/2 pools, dropout
 *   behind the first two dense layers. 60,965,224 parameters at 1000 classes. Input 227, the size at which the paper's own grids (55, 27, 13, 6)
 *   come out; the paper writes 224.
 * - `alexnet-single-tower`: the same without groups. 62,378,344 parameters.
 *
 * Left out: colour augmentation and ten-crop evaluation, which are not the network's.
 */
import type { Architecture, Row } from "../../contract/architecture.ts";
import { denseClassifier, localResponseNorm, pool, reluConvolution } from "../rows.ts";

const normalisation = { neighbours: 5, k: 2, alpha: 1e-4, beta: 0.75 };

const paperRows = (groups: number): Row[] => [
  reluConvolution("conv1", 96, 11, 4, "valid"),
  localResponseNorm("norm1", normalisation),
  pool("pool1", "max", 3, 2, "valid"),
  reluConvolution("conv2", 256, 5, 1, "same", groups),
  localResponseNorm("norm2", normalisation),
  pool("pool2", "max", 3, 2, "valid"),
  reluConvolution("conv3", 384, 3, 1, "same"),
  reluConvolution("conv4", 384, 3, 1, "same", groups),
  reluConvolution("conv5", 256, 3, 1, "same", groups),
  pool("pool5", "max", 3, 2, "valid"),
  ...denseClassifier(4096, 0.5),
];

const shared = {
  family: "alexnet",
  year: 2012,
  paper: "Krizhevsky, Sutskever, Hinton: ImageNet Classification with Deep Convolutional Neural Networks, 2012",
  inputPixels: 227,
  weightLayers: 8,
  loss: "cross-entropy",
} as const;

export const alexnet: Architecture = {
  ...shared,
  id: "alexnet",
  title: "AlexNet",
  variant: "Paper",
  about:
    "As in the paper: two towers that see each other only in conv 3 and the dense layers, with response normalisation.",
  rows: paperRows(2),
};

export const alexnetSingleTower: Architecture = {
  ...shared,
  id: "alexnet-single-tower",
  title: "AlexNet, single tower",
  variant: "Single tower",
  about: "The paper's layers without the cut into two towers, which was made to fit two graphics cards.",
  rows: paperRows(1),
};
