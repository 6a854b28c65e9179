/**
 * LeNet-5 (LeCun 1998), figure 2 and section II.B of the paper, on colour pictures: 62,006 parameters at 10 classes. Input 32.
 *
 * Left out: the partial connection table between S2 and C3 (here every map sees every map), the trainable factor and offset of each subsampling map and
 * the squashing behind it (here plain average pools), the scaling of tanh to ±1.7159, and the radial basis output (here a dense layer). C5, whose
 * 5×5 kernels cover the whole 5×5 grid, is written as the dense layer that it is.
 */
import type { Architecture } from "../../contract/architecture.ts";
import { convolution, dense, flatten, pool } from "../rows.ts";

const tanh = { batchNorm: null, activation: "tanh" } as const;

export const lenet5: Architecture = {
  id: "lenet5",
  family: "lenet5",
  title: "LeNet-5",
  year: 1998,
  paper: "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998",
  variant: "Simplified",
  about:
    "The layers and widths of the paper with tanh, over three colours instead of one. Simplified as everywhere today: maps are fully connected, subsampling is a plain average, and the output is a dense layer instead of radial basis functions.",
  inputPixels: 32,
  weightLayers: 5,
  loss: "cross-entropy",
  rows: [
    convolution("C1", 6, 5, 1, "valid", { groups: 1, ...tanh }),
    pool("S2", "average", 2, 2, "valid"),
    convolution("C3", 16, 5, 1, "valid", { groups: 1, ...tanh }),
    pool("S4", "average", 2, 2, "valid"),
    flatten("flatten"),
    dense("C5", 120, tanh),
    dense("F6", 84, tanh),
    dense("OUTPUT", "classes", { batchNorm: null, activation: "none" }),
  ],
};
