/**
 * Inception-v3 (Szegedy 2015) as it was shipped. 23,834,568 parameters at 1000 classes, with γ and β, and 3,326,696 in the auxiliary head: 27,161,264
 * together. Input 299. It differs from the paper's Table 1, which is in inception-v2.ts, by a 1×1 for the stem's second last 3×3, a pool for a
 * strided convolution, no 3×3 to 288 channels before the modules, a 5×5 for a 3×3 in the 35×35 modules, four 17×17 modules for five, 7×1 before
 * 1×7 in their long branch, and 768 for 1,024 values in the head's fully connected layer. It costs 5.7 billion multiply-adds.
 *
 * - `inception-v3`: as Google trains and publishes it. Average pools leave the border out.
 * - `inception-v3-torchvision`: the same layers as torchvision has them. Average pools count the border's zeros, and dropout is 0.5.
 *
 * Left out: the averaged weights of the paper's evaluation, which are a matter of training.
 */
import type { Architecture, Padding, Row } from "../../contract/architecture.ts";
import {
  classifier,
  conv,
  halve,
  head,
  inceptionA,
  inceptionB,
  inceptionC,
  maxPool,
  printedOfV3,
  reductionA,
  reductionB,
  rethinking,
  same,
} from "./inception-modules.ts";

/** Comments: the input of each line. */
function shippedRows(poolPadding: Padding, dropoutRate: number): Row[] {
  return [
    halve("Conv2d_1a_3x3", 32), // 299×299×3
    conv("Conv2d_2a_3x3", 32, 3, 1, "valid"), // 149×149×32
    same("Conv2d_2b_3x3", 64, 3), // 147×147×32
    maxPool("MaxPool_3a_3x3"), // 147×147×64
    conv("Conv2d_3b_1x1", 80, 1, 1, "valid"), // 73×73×64
    conv("Conv2d_4a_3x3", 192, 3, 1, "valid"), // 73×73×80
    maxPool("MaxPool_5a_3x3"), // 71×71×192
    inceptionA("Mixed_5b", 32, "one 5×5", poolPadding), // 35×35×192
    inceptionA("Mixed_5c", 64, "one 5×5", poolPadding), // 35×35×256
    inceptionA("Mixed_5d", 64, "one 5×5", poolPadding), // 35×35×288
    reductionA("Mixed_6a"), // 35×35×288
    inceptionB("Mixed_6b", 128, "7×1 first", poolPadding), // 17×17×768
    inceptionB("Mixed_6c", 160, "7×1 first", poolPadding),
    inceptionB("Mixed_6d", 160, "7×1 first", poolPadding),
    inceptionB("Mixed_6e", 192, "7×1 first", poolPadding),
    head(768, true),
    reductionB("Mixed_7a"),
    inceptionC("Mixed_7b", poolPadding), // 8×8×1280
    inceptionC("Mixed_7c", poolPadding), // 8×8×2048
    ...classifier(dropoutRate), // 8×8×2048
  ];
}

export const inceptionV3: Architecture = {
  ...rethinking,
  id: "inception-v3",
  family: "inception-v3",
  title: "Inception-v3",
  variant: "Shipped",
  about:
    "The layout that Google ships and publishes weights for: a 5×5 where the paper has a 3×3, pools in the stem, 48 weight layers on its longest path where the paper counts 42; the auxiliary head's convolutions, one of them fully connected, are batch-normalised and its last layer is not.",
  published: printedOfV3,
  rows: shippedRows("same", 0.2),
};

export const inceptionV3Torchvision: Architecture = {
  ...rethinking,
  id: "inception-v3-torchvision",
  family: "inception-v3",
  title: "Inception-v3, torchvision",
  variant: "torchvision",
  about:
    "The shipped layout as torchvision has it, which its published weights fit: the average pools count the zeros around the picture, where Google's leave them out, and dropout is 0.5.",
  rows: shippedRows(1, 0.5),
};
