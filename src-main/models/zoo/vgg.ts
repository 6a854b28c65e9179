/**
 * VGG (Simonyan & Zisserman 2014): 3×3 convolutions and nothing else, configurations A, B, D and E of the paper's Table 1. Parameters at 1000
 * classes: 132,863,336 (A), 133,047,848 (B), 138,357,544 (D), 143,667,240 (E). Input 224. Left out: configurations C (with 1×1 convolutions)
 * and A-LRN, which the paper found no better, and its evaluation over several scales.
 */
import type { Architecture, Row } from "../../contract/architecture.ts";
import { denseClassifier, pool, reluConvolution } from "../rows.ts";

const filters = [64, 128, 256, 512, 512] as const;

/** 3×3 convolutions in each of the five blocks, and the paper's letter. */
const configurations = [
  { layers: 11, letter: "A", blocks: [1, 1, 2, 2, 2] },
  { layers: 13, letter: "B", blocks: [2, 2, 2, 2, 2] },
  { layers: 16, letter: "D", blocks: [2, 2, 3, 3, 3] },
  { layers: 19, letter: "E", blocks: [2, 2, 4, 4, 4] },
] as const;

function block(number: number, convolutions: number, channels: number): Row[] {
  const convs = Array.from({ length: convolutions }, (_, i) =>
    reluConvolution(`conv${number}_${i + 1}`, channels, 3, 1, "same"),
  );
  return [...convs, pool(`pool${number}`, "max", 2, 2, "valid")];
}

export const vgg: readonly Architecture[] = configurations.map(({ layers, letter, blocks }) => ({
  id: `vgg${layers}`,
  family: `vgg${layers}`,
  title: `VGG-${layers}`,
  year: 2014,
  paper: "Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, 2014",
  variant: "Paper",
  about: `Configuration ${letter} of the paper, without batch normalisation; what is shipped with torchvision has the same layers.`,
  inputPixels: 224,
  weightLayers: layers,
  loss: "cross-entropy",
  rows: [
    ...blocks.flatMap((convolutions, i) => block(i + 1, convolutions, filters[i]!)),
    ...denseClassifier(4096, 0.5),
  ],
}));
