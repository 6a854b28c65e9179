/** Words for what networks are made of. */
import type { Term } from "../term.ts";

export const termsOfNetworks: readonly Term[] = [
  {
    id: "convolution",
    title: "Convolution",
    also: ["kernel", "filter"],
    sentence:
      "A layer that slides one small kernel of weights over the whole grid and puts out, at each place, the sum of products beneath it.",
    more: "The same weights serve every place, so a 3×3 convolution from 64 to 64 channels has 36,864 of them whatever the size of the picture. Each output channel has a kernel of its own, over all input channels. A stride of 2 leaves every other place out and halves the grid.",
    picture: {
      kind: "cells",
      says: "A 3×3 kernel lies on nine cells of a 7×7 grid; what it puts out there is one cell of the output, and moving it by one gives the next.",
      panels: [
        { title: "input, 7×7", rows: [".......", ".aaa...", ".aaa...", ".aaa...", ".......", ".......", "......."] },
        { title: "output, 5×5", rows: [".....", ".a...", ".....", ".....", "....."] },
      ],
    },
    source: "LeCun, Bottou, Bengio and Haffner, Gradient-Based Learning Applied to Document Recognition, 1998",
    see: ["receptive-field", "factorised-convolution", "multiply-adds"],
  },
  {
    id: "receptive-field",
    title: "Receptive field",
    sentence: "The square of the input that one value of a layer depends on.",
    more: "It grows with every kernel, and faster behind strides: two 3×3 convolutions in a row see 5×5, three see 7×7. It can become larger than the picture; then the edges see padding. What a value depends on most is usually a smaller area in the middle.",
    picture: {
      kind: "cells",
      says: "One value behind two 3×3 convolutions sees 3×3 values of the layer between, and 5×5 of the input.",
      panels: [
        { title: "input", rows: [".......", ".aaaaa.", ".aaaaa.", ".aaaaa.", ".aaaaa.", ".aaaaa.", "......."] },
        {
          title: "behind one 3×3",
          rows: [".......", ".......", "..bbb..", "..bbb..", "..bbb..", ".......", "......."],
        },
        { title: "behind two", rows: [".......", ".......", ".......", "...a...", ".......", ".......", "......."] },
      ],
    },
    source: "Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks, Distill, 2019",
    see: ["convolution", "factorised-convolution"],
  },
  {
    id: "parameters",
    title: "Parameters",
    also: ["weights"],
    sentence: "The numbers of a network that training changes: kernels, biases, and the scales of its normalisations.",
    more: "AlexNet has 61 million of them, most in its first dense layer; GoogLeNet 7 million, and is better. How many there are says what memory a network takes, not what it costs to run: that is its multiply-adds.",
    picture: {
      kind: "boxes",
      says: "A dense layer from 3 values to 2 has 3 × 2 weights, one an arrow, and 2 biases: 8 parameters.",
      boxes: [
        { label: "value 1", column: 0, row: 0, tone: "quiet" },
        { label: "value 2", column: 0, row: 1, tone: "quiet" },
        { label: "value 3", column: 0, row: 2, tone: "quiet" },
        { label: "class A", column: 1, row: 0, tone: "one" },
        { label: "class B", column: 1, row: 2, tone: "one" },
      ],
      arrows: [
        [0, 3],
        [1, 3],
        [2, 3],
        [0, 4],
        [1, 4],
        [2, 4],
      ],
    },
    source: "Counted by Strata from each network's rows; published counts stand beside them on the page Networks",
    see: ["multiply-adds", "width"],
  },
  {
    id: "multiply-adds",
    title: "Multiply-adds",
    also: ["MACs", "FLOPs"],
    sentence: "Products of a weight and a value that are added up in one forward pass of one picture.",
    more: "They say what a network costs to run, and some three times as many what a training step costs. Papers count in their own ways: some leave out what is small, and some count each product and each addition, so that their number is twice as large. Time goes with them only where a layer is bound by arithmetic and not by memory.",
    picture: {
      kind: "cells",
      says: "A 3×3 kernel at one place of one channel: nine products, added up. Over a grid of 5×5 places that makes 225.",
      panels: [
        { title: "9 products", rows: ["aaa....", "aaa....", "aaa....", ".......", ".......", ".......", "......."] },
        { title: "at each of 25 places", rows: ["aaaaa", "aaaaa", "aaaaa", "aaaaa", "aaaaa"] },
      ],
    },
    source: "Counted by Strata from each network's rows; published counts stand beside them on the page Networks",
    see: ["parameters", "factorised-convolution", "bottleneck"],
  },
  {
    id: "layers",
    title: "Depth",
    also: ["layers", "longest path"],
    sentence: "Layers with weights, convolutions and dense ones, on the longest path from input to output.",
    more: "Pools, normalisations and activations are not counted. Branches beside each other count once, by the longest. Papers count in their own ways, so that the same network can have another number elsewhere.",
    picture: {
      kind: "boxes",
      says: "A convolution, then two branches of one and of two layers, then a dense layer: the longest path has four layers with weights.",
      boxes: [
        { label: "3×3", column: 0, row: 0.5, tone: "one" },
        { label: "1×1", column: 1, row: 0, tone: "quiet" },
        { label: "1×1", column: 1, row: 1, tone: "one" },
        { label: "3×3", column: 2, row: 1, tone: "one" },
        { label: "dense", column: 3, row: 0.5, tone: "one" },
      ],
      arrows: [
        [0, 1],
        [0, 2],
        [2, 3],
        [1, 4],
        [3, 4],
      ],
    },
    source: "Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, 2014, table 1",
    see: ["paths", "parameters"],
  },
  {
    id: "paths",
    title: "Paths",
    also: ["feature reuse"],
    sentence:
      "Ways from the input to the output along a network's layers; branches add, what stands one behind the other multiplies.",
    more: "Two features in each of n layers give 2ⁿ paths: what one layer has learned is used by everything behind it. Strata counts branches of modules as paths, so networks without branches have one.",
    picture: {
      kind: "boxes",
      says: "Three layers of two features each: every feature of one layer leads to both of the next, and so there are eight paths.",
      boxes: [
        { label: "a", column: 0, row: 0, tone: "one" },
        { label: "b", column: 0, row: 1, tone: "one" },
        { label: "c", column: 1, row: 0, tone: "other" },
        { label: "d", column: 1, row: 1, tone: "other" },
        { label: "e", column: 2, row: 0, tone: "one" },
        { label: "f", column: 2, row: 1, tone: "one" },
      ],
      arrows: [
        [0, 2],
        [0, 3],
        [1, 2],
        [1, 3],
        [2, 4],
        [2, 5],
        [3, 4],
        [3, 5],
      ],
    },
    source: "Bengio, Courville and Vincent, Representation Learning: A Review and New Perspectives, 2013, section 3.3",
    see: ["layers", "inception-module"],
  },
  {
    id: "inception-module",
    title: "Inception module",
    also: ["concatenation", "branches"],
    sentence:
      "Branches of different kernels over the same input, side by side; what they put out is stacked channel by channel.",
    more: "No one has to choose the size of the kernel: 1×1, 3×3, 5×5 and a pool all look at once, and the next layer takes what it needs. 1×1 convolutions before the larger kernels keep it affordable.",
    picture: {
      kind: "boxes",
      says: "One input, four branches (1×1; 1×1 then 3×3; 1×1 then 5×5; pool then 1×1), and one concatenation.",
      boxes: [
        { label: "input", column: 0, row: 1.5, tone: "quiet" },
        { label: "1×1", column: 2, row: 0, tone: "one" },
        { label: "1×1", column: 1, row: 1, tone: "other" },
        { label: "3×3", column: 2, row: 1, tone: "one" },
        { label: "1×1", column: 1, row: 2, tone: "other" },
        { label: "5×5", column: 2, row: 2, tone: "one" },
        { label: "pool", column: 1, row: 3, tone: "quiet" },
        { label: "1×1", column: 2, row: 3, tone: "one" },
        { label: "concat", column: 3, row: 1.5, tone: "quiet" },
      ],
      arrows: [
        [0, 1],
        [0, 2],
        [0, 4],
        [0, 6],
        [2, 3],
        [4, 5],
        [6, 7],
        [1, 8],
        [3, 8],
        [5, 8],
        [7, 8],
      ],
    },
    source: "Szegedy et al., Going Deeper with Convolutions, 2014, section 4",
    see: ["bottleneck", "auxiliary-head", "grid-reduction"],
  },
  {
    id: "bottleneck",
    title: "1×1 bottleneck",
    also: ["1×1 convolution", "dimension reduction"],
    sentence: "A 1×1 convolution to fewer channels before a larger kernel, which then has less to do.",
    more: "A 1×1 convolution mixes channels at each place and sees no neighbours. From 256 channels a 3×3 to 256 takes 589,824 products a place; through 64 channels it takes 16,384 + 147,456, about a quarter.",
    picture: {
      kind: "bars",
      says: "Products at one place from 256 channels to 256: 589,824 by a 3×3 alone; 163,840 through a 1×1 to 64 channels, 28 % of that.",
      bars: [
        { label: "3×3", share: 1, words: "589,824", tone: "quiet" },
        { label: "1×1 to 64, then 3×3", share: 163_840 / 589_824, words: "163,840", tone: "one" },
      ],
    },
    source:
      "Lin, Chen and Yan, Network In Network, 2013; Szegedy et al., Going Deeper with Convolutions, 2014, section 4",
    see: ["inception-module", "multiply-adds"],
  },
  {
    id: "factorised-convolution",
    title: "Factorised convolution",
    also: ["filter cascading", "separable kernel", "flattened convolution"],
    sentence:
      "Small kernels one behind the other in place of a large one: two 3×3 for a 5×5, a 1×n and an n×1 for an n×n.",
    more: "They see the same area with fewer products, and have another activation between them. They cannot do all that the large kernel can: without the activation an n×1 behind a 1×n makes kernels of rank 1 alone.",
    picture: {
      kind: "cells",
      says: "A 7×7 kernel has 49 weights; a 1×7 and a 7×1 behind it have 14 and see the same square.",
      panels: [
        { title: "7×7: 49", rows: Array.from({ length: 7 }, () => "ccccccc") },
        { title: "1×7: 7", rows: [".......", ".......", ".......", "aaaaaaa", ".......", ".......", "......."] },
        { title: "7×1: 7", rows: Array.from({ length: 7 }, () => "...b...") },
      ],
    },
    source: "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015, section 3",
    see: ["convolution", "receptive-field", "multiply-adds"],
  },
  {
    id: "grid-reduction",
    title: "Grid reduction",
    sentence: "A module that halves the grid and makes more channels: strided convolutions and a pool side by side.",
    more: "Pooling first throws values away before the convolution could use them; convolving first costs four times as much. Side by side, each makes a part of the channels.",
    picture: {
      kind: "boxes",
      says: "A grid of 35×35 goes into three branches, two that end in 3×3 convolutions of stride 2 and one pool of stride 2; stacked they make a grid of 17×17 with more channels.",
      boxes: [
        { label: "35×35", column: 0, row: 1, tone: "quiet" },
        { label: "1×1", column: 1, row: 0, tone: "one" },
        { label: "3×3", column: 2, row: 0, tone: "one" },
        { label: "3×3 /2", column: 3, row: 0, tone: "one" },
        { label: "3×3 /2", column: 3, row: 1, tone: "one" },
        { label: "pool /2", column: 3, row: 2, tone: "other" },
        { label: "17×17", column: 4, row: 1, tone: "quiet" },
      ],
      arrows: [
        [0, 1],
        [1, 2],
        [2, 3],
        [0, 4],
        [0, 5],
        [3, 6],
        [4, 6],
        [5, 6],
      ],
    },
    source: "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015, section 5",
    see: ["inception-module", "bottleneck"],
  },
  {
    id: "auxiliary-head",
    title: "Auxiliary head",
    also: ["auxiliary classifier"],
    sentence:
      "A second classifier in the middle of a network whose loss joins the objective while training, and which is left out after.",
    more: "It was meant to bring gradients to early layers of a deep network. Its loss counts by a weight, 0.3 in GoogLeNet. The authors found later that it helps late in training if at all, and that batch normalisation in it is worth more.",
    picture: {
      kind: "boxes",
      says: "The trunk leads on to the classifier; an auxiliary head leaves it half-way and has a loss of its own.",
      boxes: [
        { label: "stem", column: 0, row: 0, tone: "quiet" },
        { label: "modules", column: 1, row: 0, tone: "one" },
        { label: "modules", column: 2, row: 0, tone: "one" },
        { label: "classes", column: 3, row: 0, tone: "one" },
        { label: "auxiliary", column: 2, row: 1, tone: "other" },
      ],
      arrows: [
        [0, 1],
        [1, 2],
        [2, 3],
        [1, 4],
      ],
    },
    source:
      "Szegedy et al., Going Deeper with Convolutions, 2014, section 5; Rethinking the Inception Architecture, 2015, section 4",
    see: ["objective", "batch-normalisation"],
    settings: ["auxiliaryWeight"],
  },
  {
    id: "batch-normalisation",
    title: "Batch normalisation",
    also: ["batch norm"],
    sentence:
      "Each channel is brought to mean 0 and variance 1 over the batch, then scaled and moved by two learned numbers.",
    more: "Deep networks train faster and at larger learning rates with it. In evaluation running averages of mean and variance stand in for the batch's, so that a picture's answer does not depend on its neighbours.",
    picture: {
      kind: "curves",
      says: "How often a channel has each value, before (mean 3, spread 2) and after (mean 0, spread 1).",
      x: { label: "value", base: null, min: -4, max: 9, format: String },
      y: { label: "how often", base: null, min: 0, max: 0.45, format: (value) => value.toFixed(1) },
      lines: (
        [
          ["before", "quiet", 3, 2],
          ["after", "one", 0, 1],
        ] as const
      ).map(([label, tone, mean, spread]) => ({
        ...{ label, tone },
        points: Array.from({ length: 131 }, (_, index) => {
          const value = -4 + index / 10;
          return [value, Math.exp(-0.5 * ((value - mean) / spread) ** 2) / (spread * Math.sqrt(2 * Math.PI))] as const;
        }),
      })),
    },
    source: "Ioffe and Szegedy, Batch Normalization: Accelerating Deep Network Training, 2015",
    see: ["auxiliary-head", "batch"],
  },
  {
    id: "local-response-normalisation",
    title: "Local response normalisation",
    also: ["LRN"],
    sentence:
      "Each value is divided by a sum over neighbouring channels at the same place, so that strong ones quieten those beside them.",
    more: "AlexNet and GoogLeNet have it. VGG's authors found that it brought nothing, and batch normalisation has taken its place.",
    picture: {
      kind: "bars",
      says: "Five neighbouring channels at one place: each is divided by the same kind of sum over the five around it, and a strong one makes the sum of its neighbours larger.",
      bars: [
        { label: "channel 1", share: 0.2, words: "in the sum of 3", tone: "quiet" },
        { label: "channel 2", share: 0.35, words: "in the sum of 3", tone: "quiet" },
        { label: "channel 3", share: 0.95, words: "divided by the sum", tone: "one" },
        { label: "channel 4", share: 0.3, words: "in the sum of 3", tone: "quiet" },
        { label: "channel 5", share: 0.15, words: "in the sum of 3", tone: "quiet" },
      ],
    },
    source:
      "Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 3.3",
    see: ["batch-normalisation"],
  },
  {
    id: "dropout",
    title: "Dropout",
    sentence:
      "While training, a share of a layer's values is set to 0 at random in each step, so that no value relies on a certain other.",
    more: "What remains is scaled up by 1/(1 − rate), so that nothing has to change in evaluation, where all values are used. It works against overfitting and makes training slower to converge.",
    picture: {
      kind: "cells",
      says: "The same layer in two steps at a rate of a half: other values are left out each time.",
      panels: [
        { title: "one step", rows: ["a.a.a", ".aa.a", "a..aa", ".a.a.", "aa.a."] },
        { title: "the next", rows: [".aa.a", "a.a..", ".a.aa", "a.aa.", ".a..a"] },
      ],
    },
    source: "Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from Overfitting, 2014",
    see: ["weight-decay", "augmentation"],
    settings: ["dropout"],
  },
  {
    id: "width",
    title: "Width",
    also: ["width multiplier"],
    sentence:
      "A factor on every layer's number of channels: at 0.25 each has a quarter, and most layers cost a sixteenth.",
    more: "It makes a network of a paper small enough for a small machine without changing its form. A network at another width is another network: its published figures do not hold for it.",
    picture: {
      kind: "bars",
      says: "Products of a 3×3 convolution between layers of 64 channels, at width 1, 0.5 and 0.25: 100, 25 and 6.25 %.",
      bars: [
        { label: "width 1", share: 1, words: "36,864 a place", tone: "quiet" },
        { label: "width 0.5", share: 0.25, words: "9,216 a place", tone: "one" },
        { label: "width 0.25", share: 0.0625, words: "2,304 a place", tone: "one" },
      ],
    },
    source:
      "Howard et al., MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications, 2017, section 3.3",
    see: ["multiply-adds", "parameters"],
    settings: ["width"],
  },
];
