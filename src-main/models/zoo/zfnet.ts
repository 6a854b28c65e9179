/**
 * ZFNet (Zeiler & Fergus 2013), figure 3 of the paper: AlexNet with a first layer of 7×7 at stride 2 and a second at stride 2, in one tower.
 * 62,357,608 parameters at 1000 classes; grids 110, 55, 26, 13, 13, 6. Input 224. The paper's contrast normalisation across feature maps is
 * AlexNet's response normalisation. Left out: the renormalisation of first-layer filters while training.
 */
import type { Architecture } from "../../contract/architecture.ts";
import { denseClassifier, localResponseNorm, pool, reluConvolution } from "../rows.ts";

const normalisation = { neighbours: 5, k: 2, alpha: 1e-4, beta: 0.75 };

export const zfnet: Architecture = {
  id: "zfnet",
  family: "zfnet",
  title: "ZFNet",
  year: 2013,
  paper: "Zeiler, Fergus: Visualizing and Understanding Convolutional Networks, 2013",
  variant: "Paper",
  about: "As in the paper's figure 3; many tools ship an AlexNet under this name.",
  inputPixels: 224,
  weightLayers: 8,
  loss: "cross-entropy",
  rows: [
    reluConvolution("conv1", 96, 7, 2, 1),
    pool("pool1", "max", 3, 2, 1),
    localResponseNorm("norm1", normalisation),
    reluConvolution("conv2", 256, 5, 2, "valid"),
    pool("pool2", "max", 3, 2, 1),
    localResponseNorm("norm2", normalisation),
    reluConvolution("conv3", 384, 3, 1, "same"),
    reluConvolution("conv4", 384, 3, 1, "same"),
    reluConvolution("conv5", 256, 3, 1, "same"),
    pool("pool5", "max", 3, 2, "valid"),
    ...denseClassifier(4096, 0.5),
  ],
};
