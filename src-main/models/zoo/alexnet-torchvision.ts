/**
 * AlexNet as torchvision has it: the network of its author's "One weird trick" of 2014. 61,100,840 parameters at 1000 classes. Input 224, conv 1 padded
 * by 2. One tower, no response normalisation, dropout before the dense layers. Its adaptive pool to 6×6 does nothing at 224 and is left out.
 */
import type { Architecture } from "../../contract/architecture.ts";
import { dense, dropout, flatten, pool, reluConvolution } from "../rows.ts";

const relu = { batchNorm: null, activation: "relu" } as const;

export const alexnetTorchvision: Architecture = {
  id: "alexnet-torchvision",
  family: "alexnet",
  title: "AlexNet, torchvision",
  year: 2014,
  paper: "Krizhevsky: One Weird Trick for Parallelizing Convolutional Neural Networks, 2014",
  variant: "torchvision",
  about:
    "The later network that torchvision publishes weights for: one tower, widths 64, 192, 384, 256, 256, no response normalisation, dropout before the dense layers.",
  inputPixels: 224,
  weightLayers: 8,
  loss: "cross-entropy",
  rows: [
    reluConvolution("conv1", 64, 11, 4, 2),
    pool("pool1", "max", 3, 2, "valid"),
    reluConvolution("conv2", 192, 5, 1, "same"),
    pool("pool2", "max", 3, 2, "valid"),
    reluConvolution("conv3", 384, 3, 1, "same"),
    reluConvolution("conv4", 256, 3, 1, "same"),
    reluConvolution("conv5", 256, 3, 1, "same"),
    pool("pool5", "max", 3, 2, "valid"),
    flatten("flatten"),
    dropout("drop6", 0.5),
    dense("fc6", 4096, relu),
    dropout("drop7", 0.5),
    dense("fc7", 4096, relu),
    dense("fc8", "classes", { batchNorm: null, activation: "none" }),
  ],
};
