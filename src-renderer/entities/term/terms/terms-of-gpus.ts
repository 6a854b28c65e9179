/** Words for how a GPU computes. */
import type { Term } from "../term.ts";

/** In float32, whose numbers lie 8 apart there: the 1 is lost where it meets the large number first. */
const sumOf = (...numbers: readonly number[]) => numbers.reduce((sum, number) => Math.fround(sum + number), 0);
const large = 1e8;

export const termsOfGpus: readonly Term[] = [
  {
    id: "gpu",
    title: "GPU",
    also: ["graphics processor", "graphics card", "CUDA"],
    sentence:
      "A graphics processor: thousands of small units that do the same with many numbers at once, with memory of its own.",
    more: "Products and convolutions of large batches become many times faster. Weights, activations and gradients have to fit into its memory, which is what bounds the batch.",
    picture: {
      kind: "cells",
      says: "A drawing, not to scale: a processor has few large cores, a GPU many small ones.",
      panels: [
        { title: "processor", rows: ["a.a", "...", "a.a"] },
        { title: "GPU", rows: Array.from({ length: 9 }, () => "bbbbbbbbb") },
      ],
    },
    source: "Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep CNNs, 2012, section 3.2",
    see: ["precision", "determinism"],
    settings: ["gpuMemoryGrowth"],
  },
  {
    id: "determinism",
    title: "Deterministic operations",
    also: ["reproducibility", "repeatable"],
    sentence:
      "Operations that give the same bits each time; on a GPU others add up in whatever order its units end, which changes the last digits.",
    more: "Training makes small differences grow, so that two runs with the same seed part after some steps. A processor adds in one order here, and repeats without this.",
    picture: {
      kind: "bars",
      says: "One sum in float32 in two orders: 0 where 100,000,000 and 1 are added first, since the 1 is lost, and 1 where it comes last.",
      bars: [
        { label: "10⁸ + 1 − 10⁸", share: sumOf(large, 1, -large), words: "0", tone: "other" },
        { label: "10⁸ − 10⁸ + 1", share: sumOf(large, -large, 1), words: "1", tone: "one" },
      ],
    },
    source: "Goldberg, What Every Computer Scientist Should Know About Floating-Point Arithmetic, 1991",
    see: ["gpu", "seed"],
    settings: ["deterministicOps"],
  },
];
