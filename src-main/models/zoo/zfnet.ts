/**
 * ZFNet (Zeiler & Fergus 2013), figure 3 of the paper: AlexNet with a first layer of 7×7 at stride 2 and a second at stride 2, in one tower.
 * 62,357,608 parameters at 1000 classes; grids 110, 55, 26, 13, 13, 6. Input 224. The paper's contrast normalisation across feature maps is
 * AlexNet's response normalisation. Left out: the renormalisation of first-layer filters while training.
 */
import type { Architecture, ConvolutionRow, Padding } from "../../contract/architecture.ts";
import { convolution, dense, dropout, flatten, localResponseNorm, pool } from "../rows.ts";

const conv = (name: string, filters: number, kernel: number, stride: number, padding: Padding): ConvolutionRow =>
  convolution(name, filters, kernel, stride, padding, { groups: 1, batchNorm: false, activation: "relu" });
const normalisation = { neighbours: 5, k: 2, alpha: 1e-4, beta: 0.75 };

export const zfnet: Architecture = {
  id: "zfnet",
  title: "ZFNet",
  year: 2013,
  paper: "Zeiler, Fergus: Visualizing and Understanding Convolutional Networks, 2013",
  variant: "paper",
  about: "As in the paper's figure 3; many tools ship an AlexNet under this name.",
  inputPixels: 224,
  weightLayers: 8,
  rows: [
    conv("conv1", 96, 7, 2, 1),
    pool("pool1", "max", 3, 2, 1),
    localResponseNorm("norm1", normalisation),
    conv("conv2", 256, 5, 2, "valid"),
    pool("pool2", "max", 3, 2, 1),
    localResponseNorm("norm2", normalisation),
    conv("conv3", 384, 3, 1, "same"),
    conv("conv4", 384, 3, 1, "same"),
    conv("conv5", 256, 3, 1, "same"),
    pool("pool5", "max", 3, 2, "valid"),
    flatten("flatten"),
    dense("fc6", 4096, { batchNorm: false, activation: "relu" }),
    dropout("drop6", 0.5),
    dense("fc7", 4096, { batchNorm: false, activation: "relu" }),
    dropout("drop7", 0.5),
    dense("fc8", "classes", { batchNorm: false, activation: "none" }),
  ],
};
