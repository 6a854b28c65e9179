/** Words of how alike the layers of networks are. */
import type { LayerSimilarity } from "../../../src-main/contract/inference.ts";
import { roundedDecimal } from "../../../src-main/domain/rounding.ts";
import { counted } from "../../lib/format.ts";

export const similarityTexts = {
  title: "How alike the layers are",
  about:
    "Each cell sets a layer or module of the one network (its row) against one of the other (its column): 1 where both place the pictures in the same way but for turn and scale, about 0 where they have nothing in common.",
  which: "Networks",
  against: (one: string, other: string): string => `${one} against ${other}`,
  itself: (name: string): string => `${name} against itself`,
  compare: "Compare the layers",
  comparing: "Asking the networks",
  caption: (one: string, other: string): string => `Linear CKA: rows of ${one} down, of ${other} across`,
  value: (value: number | null): string => (value === null ? "–" : roundedDecimal(value, 2)),
  scale: "The stronger the colour, the more alike",
  from: ({ pictures, all, split, batchSize }: LayerSimilarity): string =>
    `Linear CKA (Kornblith 2019) of ${pictures === all ? `all ${counted(all, `${split} picture`)}` : `${pictures} of ${counted(all, `${split} picture`)}`}, by the unbiased estimate from batches of ${batchSize} (Nguyen 2021), which may fall a little below 0.`,
  /** Of networks with the same rows: layer for layer. */
  found: ({ rows: [rows, others], values }: LayerSimilarity): string | null => {
    if (rows.join("\n") !== others.join("\n")) return null;
    const own = rows.flatMap((name, at) => {
      const value = values[at]?.[at] ?? null;
      return value === null ? [] : [{ name, value }];
    });
    const [first] = own;
    if (first === undefined) return null;
    const [least, most] = [
      own.reduce((a, b) => (b.value < a.value ? b : a)),
      own.reduce((a, b) => (b.value > a.value ? b : a)),
    ];
    return `Layer for layer, the two are most alike at ${most.name} (${roundedDecimal(most.value, 2)}) and least at ${least.name} (${roundedDecimal(least.value, 2)}).`;
  },
  caveat:
    "It can say that two layers hold the same pictures for near and far. It cannot say that they see the same things in them, or that either is right; a few directions in which pictures differ much outweigh many in which they differ little, and it comes without an interval.",
};
