/** What is compared: networks at sizes, with the optimiser that all of the contenders run. */
import type { ModelChoice, Optimizer } from "../../../src-main/contract/configuration.ts";

export interface Case {
  readonly name: string;
  readonly model: ModelChoice;
  readonly classes: number;
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly clipNorm: number | null;
  /** A contender's turn, and how many turns each has. */
  readonly steps: number;
  readonly rounds: number;
  /** Whether XLA and `torch.compile` are tried too: they take minutes on large networks. */
  readonly areCompilersTried: boolean;
}

const adam: Optimizer = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const sgd: Optimizer = { kind: "sgd", momentum: 0.9, isNesterov: false };
const large = { classes: 1000, optimizer: sgd, learningRate: 1e-4, clipNorm: null, areCompilersTried: false } as const;

export const cases: readonly Case[] = [
  {
    name: "inception-v3-32",
    model: { id: "inception-v3", inputPixels: 32, width: 0.25 },
    classes: 10,
    batchSize: 64,
    optimizer: adam,
    learningRate: 1e-4,
    clipNorm: 2,
    steps: 8,
    rounds: 8,
    areCompilersTried: true,
  },
  {
    ...large,
    name: "alexnet-227",
    model: { id: "alexnet", inputPixels: 227, width: 1 },
    batchSize: 32,
    steps: 3,
    rounds: 4,
  },
  {
    ...large,
    name: "vgg16-224",
    model: { id: "vgg16", inputPixels: 224, width: 1 },
    batchSize: 8,
    steps: 1,
    rounds: 4,
  },
  {
    ...large,
    name: "googlenet-224",
    model: { id: "googlenet", inputPixels: 224, width: 1 },
    batchSize: 16,
    steps: 2,
    rounds: 4,
  },
  {
    ...large,
    name: "inception-v3-299",
    model: { id: "inception-v3", inputPixels: 299, width: 1 },
    batchSize: 8,
    steps: 2,
    rounds: 4,
  },
];
