/** Words for how a network is trained. */
import { percent } from "../../../lib/format.ts";
import { curve, linearAxis } from "../curve.ts";
import type { Term } from "../term.ts";

const target = (label: string, share: number, tone: "one" | "other" | "quiet") => ({
  ...{ label, share, tone },
  words: percent(share),
});
/** A weight that jumps about 1, and its running average, which keeps 0.95 of itself in each step. */
const jumping = (step: number) => 1 + 0.5 * Math.sin(1.7 * step) + Math.exp(-step / 15);
const averaged = () => {
  let average = jumping(0);
  return Array.from({ length: 201 }, (_, step) => {
    average = 0.95 * average + 0.05 * jumping(step);
    return [step, average] as const;
  });
};
/** Descent along a flat valley: the learning rate times the slope is 0.0025 of the distance to its lowest point. */
const alongValley = (momentum: number) => {
  let [place, step] = [1, 0];
  return Array.from({ length: 61 }, (_, index) => {
    const point = [index, Math.abs(place)] as const;
    step = momentum * step - 0.0025 * place;
    place += step;
    return point;
  });
};

export const termsOfTraining: readonly Term[] = [
  {
    id: "batch",
    title: "Batch, step, epoch",
    also: ["mini-batch", "iteration"],
    sentence:
      "A step changes the weights by the gradient over one batch of pictures; an epoch is as many steps as show every training picture once.",
    more: "Small batches make noisy steps and many of them, large ones use the machine better. Comparing two runs by epochs is fair in pictures seen; by time it is not.",
    picture: {
      kind: "cells",
      says: "Twenty-five pictures in batches of five: five steps an epoch. The first batch is marked.",
      panels: [{ title: "one epoch", rows: ["aaaaa", "ccccc", "bbbbb", "ccccc", "bbbbb"] }],
    },
    source: "Goodfellow, Bengio and Courville, Deep Learning, MIT Press 2016, section 8.1.3",
    see: ["learning-rate", "batch-normalisation"],
    settings: ["epochs", "batchSize", "dropLast"],
  },
  {
    id: "learning-rate",
    title: "Learning rate and its schedule",
    also: ["step size", "warm-up", "cosine"],
    sentence:
      "How far a step goes along the gradient; a schedule makes it smaller towards the end, and may raise it slowly at the start.",
    more: "Too small and training takes for ever; too large and the loss jumps about or becomes infinite. It is the setting that matters most: before two networks are compared, each should have a rate that suits it.",
    picture: {
      kind: "curves",
      says: "Two schedules over a run: a cosine that rises over the first tenth and falls to 0, and steps that divide the rate by ten at a third and at two thirds.",
      x: linearAxis("share of the run", 0, 1),
      y: linearAxis("share of the learning rate", 0, 1),
      lines: [
        {
          label: "cosine",
          tone: "one",
          points: curve(0, 1, (x) => (x < 0.1 ? x / 0.1 : (1 + Math.cos((Math.PI * (x - 0.1)) / 0.9)) / 2), 100),
        },
        { label: "steps", tone: "other", points: curve(0, 1, (x) => 0.1 ** Math.min(2, Math.floor(3 * x)), 300) },
      ],
    },
    source: "Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2016",
    see: ["momentum", "rmsprop", "adam"],
    metrics: ["learningRate"],
    settings: ["learningRate", "schedule", "warmupShare", "everyEpochs", "factor", "patienceEpochs"],
  },
  {
    id: "momentum",
    title: "SGD and momentum",
    also: ["stochastic gradient descent", "Nesterov"],
    sentence:
      "SGD steps against the gradient of one batch; with momentum each step takes again a share of the one before.",
    more: "In a long narrow valley the steps across cancel out and those along add up: with a momentum of 0.9 to ten times one step.",
    picture: {
      kind: "curves",
      says: "How far from the lowest point 60 steps of the same size come along a flat valley: without momentum 0.86 of the way is left, with 0.9 it is 0.20.",
      x: linearAxis("step", 0, 60),
      y: linearAxis("distance left", 0, 1),
      lines: [
        { label: "plain", tone: "one", points: alongValley(0) },
        { label: "0.9", tone: "other", points: alongValley(0.9) },
      ],
    },
    source:
      "Sutskever, Martens, Dahl and Hinton, On the Importance of Initialization and Momentum in Deep Learning, 2013",
    see: ["learning-rate", "rmsprop", "adam"],
    settings: ["optimizer", "momentum", "nesterov"],
  },
  {
    id: "rmsprop",
    title: "RMSProp",
    sentence: "Each weight's step is its gradient divided by the root of a running mean of its squared gradients.",
    more: "So weights with small gradients move as far as those with large ones. ε is added under the root: with ε = 1, as in the Inception papers, it hardly divides at all where gradients are small.",
    picture: {
      kind: "bars",
      says: "Two weights whose gradients are usually 1 and 0.05: plain steps differ by 20 times, RMSProp's are alike.",
      bars: [
        { label: "plain, gradient 1", share: 1, words: "step 1", tone: "quiet" },
        { label: "plain, gradient 0.05", share: 0.05, words: "step 0.05", tone: "quiet" },
        { label: "RMSProp, gradient 1", share: 1, words: "step 1", tone: "one" },
        { label: "RMSProp, gradient 0.05", share: 1, words: "step 1", tone: "one" },
      ],
    },
    source: "Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012",
    see: ["adam", "momentum", "learning-rate"],
    settings: ["squareDecay", "initialMeanSquare", "epsilon"],
  },
  {
    id: "adam",
    title: "Adam",
    sentence: "RMSProp with momentum, in which both running means are corrected for having begun at 0.",
    more: "It works over a wide range of rates and is the preset of most networks here. β₁ and β₂ are the shares that the means of gradients and of squares keep.",
    picture: {
      kind: "curves",
      says: "A running mean of ones that keeps 0.9 in each step: as it is it begins at 0.1 and reaches 1 after some forty steps; corrected it is 1 from the first step on.",
      x: linearAxis("step", 1, 50),
      y: linearAxis("running mean", 0, 1.2),
      lines: [
        { label: "as it is", tone: "quiet", points: curve(1, 50, (step) => 1 - 0.9 ** step, 49) },
        { label: "corrected", tone: "one", points: curve(1, 50, () => 1, 1) },
      ],
    },
    source: "Kingma and Ba, Adam: A Method for Stochastic Optimization, 2014",
    see: ["rmsprop", "momentum", "learning-rate"],
    settings: ["beta1", "beta2"],
  },
  {
    id: "one-hot-target",
    title: "One-hot target",
    sentence: "A target of 1 for the true class and 0 for each other one.",
    more: "Softmax reaches it only with infinite logits, so a network that is trained long against it keeps growing surer, of wrong labels too.",
    picture: {
      kind: "bars",
      says: "The target of a picture of a cat among five classes: 100 % cat, 0 % all else.",
      bars: [target("cat", 1, "one"), ...["dog", "deer", "ship", "truck"].map((name) => target(name, 0, "one"))],
    },
    source: "Goodfellow, Bengio and Courville, Deep Learning, MIT Press 2016, section 6.2.2",
    see: ["label-smoothing", "logit", "hard-loss"],
  },
  {
    id: "label-smoothing",
    title: "Label smoothing ε",
    also: ["label-smoothing regularisation", "LSR"],
    sentence:
      "A share ε of each target is spread evenly over all classes, so that the network is never asked to be entirely sure.",
    more: "The true class is asked for 1 − ε + ε/K and each other one for ε/K. The best logits are then finite. In published experiments confidence came nearer to accuracy, while accuracy itself hardly moved; whether it helps where labels are wrong is yours to try.",
    picture: {
      kind: "bars",
      says: "The target of a picture of a cat among five classes at ε = 0.1: 92 % cat and 2 % each for the four others.",
      bars: [
        target("cat", 0.92, "other"),
        ...["dog", "deer", "ship", "truck"].map((name) => target(name, 0.02, "other")),
      ],
    },
    source:
      "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015, section 7; Müller, Kornblith and Hinton, When Does Label Smoothing Help?, 2019",
    see: ["one-hot-target", "logit-gap", "floor", "label-noise"],
    settings: ["smoothing"],
  },
  {
    id: "class-weights",
    title: "Class weights and balanced sampling",
    also: ["imbalance", "oversampling", "balanced accuracy"],
    sentence:
      "Where classes have unequal numbers of pictures, the loss of each picture is weighed by its class, or pictures of small classes are drawn more often, so that every class counts alike.",
    more: "Without either, a network does well on average by knowing the large classes. With K classes, a picture of one that has n_c of n pictures weighs n/(K·n_c). Accuracy usually falls a little where balanced accuracy, the mean recall of the classes, rises: look at both.",
    picture: {
      kind: "bars",
      says: "Of 100 pictures of two classes 80 are cats and 20 dogs. Each cat weighs 0.625 and each dog 2.5, so that both classes weigh 50.",
      bars: [
        { label: "cats", share: 0.8, words: "80 pictures", tone: "one" },
        { label: "dogs", share: 0.2, words: "20 pictures", tone: "other" },
        { label: "cats, weighed", share: 0.5, words: "80 × 0.625", tone: "one" },
        { label: "dogs, weighed", share: 0.5, words: "20 × 2.5", tone: "other" },
      ],
    },
    source:
      "Buda, Maki and Mazurowski, A Systematic Study of the Class Imbalance Problem in Convolutional Neural Networks, 2018",
    see: ["batch"],
    settings: ["classWeights", "balancedSampling"],
  },
  {
    id: "label-noise",
    title: "Label noise",
    sentence:
      "Labels that are wrong: here a share of the training pictures is given another class on purpose, by the seed.",
    more: "A wrong label is any other class, always the next one, or by a matrix what people or a network mix up. Validation and test keep their true labels, so that what is measured is what the network learned despite it. A network that is trained long enough memorises the wrong labels: charts beside the others show how it answers pictures of both kinds after each epoch.",
    picture: {
      kind: "cells",
      says: "Twenty-five training pictures of one class with 20 % label noise: five of them carry another class.",
      panels: [{ title: "labels", rows: ["aaaba", "aaaaa", "baaaa", "aabab", "aaaba"] }],
    },
    source: "Lukasik, Bhojanapalli, Menon and Kumar, Does Label Smoothing Mitigate Label Noise?, 2020",
    see: ["label-smoothing", "label-suspect"],
    settings: ["labelNoise", "labelNoiseKind", "noiseMatrix"],
    metrics: ["cleanTop1", "flippedTrueTop1", "flippedGivenTop1"],
  },
  {
    id: "weight-decay",
    title: "Weight decay",
    also: ["L2 penalty", "L2 regularisation"],
    sentence: "Every step pulls kernels a little towards zero, so that only weights that earn it stay large.",
    more: "As L2 it is a part of the objective, ½·λ·Σw². Decoupled, as in AdamW, it acts beside the optimiser and is not divided by its means. It also keeps logits small, but where they stop depends on how long training goes.",
    picture: {
      kind: "curves",
      says: "A weight that no gradient holds, with λ times the learning rate of 0.001: after 1,000 steps 37 % of it is left.",
      x: linearAxis("step", 0, 3000),
      y: linearAxis("share left", 0, 1),
      lines: [{ label: "weight", tone: "one", points: curve(0, 3000, (step) => 0.999 ** step) }],
    },
    source:
      "Krogh and Hertz, A Simple Weight Decay Can Improve Generalization, 1991; Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2017",
    see: ["label-smoothing", "objective", "dropout"],
    settings: ["weightDecay", "weightDecayKind"],
  },
  {
    id: "gradient-clipping",
    title: "Gradient clipping",
    sentence: "A gradient that is longer than a bound is made as long as the bound; its direction stays.",
    more: "One odd batch then cannot throw the weights far away. The length is that of all weights' gradients together.",
    picture: {
      kind: "curves",
      says: "Length of the step's gradient against the length it had, with a bound of 2: the same up to 2, and 2 from there on.",
      x: linearAxis("length before", 0, 6),
      y: linearAxis("length after", 0, 6),
      lines: [
        { label: "as it is", tone: "quiet", points: curve(0, 6, (x) => x, 1) },
        { label: "clipped", tone: "one", points: curve(0, 6, (x) => Math.min(2, x), 60) },
      ],
    },
    source: "Pascanu, Mikolov and Bengio, On the Difficulty of Training Recurrent Neural Networks, 2013",
    see: ["learning-rate"],
    settings: ["clipNorm"],
  },
  {
    id: "weight-average",
    title: "Average of weights",
    also: ["exponential moving average", "EMA"],
    sentence:
      "A running average of the weights over the last steps, which is evaluated in place of the weights themselves.",
    more: "Steps jump about a good place; their average is nearer to it. A decay of 0.999 averages over some thousand steps, so it says little in a run that is shorter.",
    picture: {
      kind: "curves",
      says: "A weight that jumps about 1 and its running average, which settles there.",
      x: linearAxis("step", 0, 200),
      y: linearAxis("weight", 0, 2.5),
      lines: [
        { label: "weight", tone: "quiet", points: curve(0, 200, jumping, 200) },
        { label: "average", tone: "one", points: averaged() },
      ],
    },
    source: "Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992",
    see: ["learning-rate"],
    settings: ["averageDecay"],
  },
  {
    id: "augmentation",
    title: "Augmentation",
    also: ["flip", "random crop"],
    sentence:
      "Training pictures are mirrored and cropped at random, other ways in each epoch, so that the network sees more than there is.",
    more: "It works against learning pictures by heart. Only what leaves the class as it is may be done: a mirrored cat is a cat, a mirrored letter is another letter. Evaluation sees pictures as they are.",
    picture: {
      kind: "cells",
      says: "A picture, the same mirrored, and a crop of it moved by one pixel with zeros at the edge.",
      panels: [
        { title: "picture", rows: ["a....", "aa...", "aaa..", "aaaa.", "aaaaa"] },
        { title: "mirrored", rows: ["....a", "...aa", "..aaa", ".aaaa", "aaaaa"] },
        { title: "cropped", rows: ["ccccc", "a...c", "aa..c", "aaa.c", "aaaac"] },
      ],
    },
    source:
      "Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 4.1",
    see: ["dropout", "split"],
    settings: ["flip", "cropPaddingPixels"],
  },
  {
    id: "input-size",
    title: "Input size and picture fit",
    also: ["crop", "resize"],
    sentence:
      "Networks take squares of one size: each picture is cropped, padded or squashed to a square and then resized.",
    more: "Cropping loses edges, padding spends pixels on nothing, squashing bends shapes. Whatever is chosen holds for training, validation, test and later use alike, and is exported with the weights.",
    picture: {
      kind: "cells",
      says: "A wide picture cropped to its middle, padded above and below, and squashed.",
      panels: [
        { title: "picture", rows: [".......", "aaabbbc", "aaabbbc", "aaabbbc", "......."] },
        { title: "cropped", rows: ["abbb", "abbb", "abbb", "abbb"] },
        { title: "padded", rows: ["....", "aabb", "aabb", "...."] },
        { title: "squashed", rows: ["aabb", "aabb", "aabb", "aabb"] },
      ],
    },
    source: "Strata's document on pictures; the choice is recorded with every run",
    see: ["receptive-field", "augmentation"],
    settings: ["inputPixels", "pictureFit", "resizeFilter"],
  },
  {
    id: "precision",
    title: "float32, TF32, bfloat16 and float16",
    also: ["mixed precision", "loss scaling"],
    sentence:
      "Number formats: bfloat16 keeps float32's range in half the bits, with two to three digits in place of seven. float16 has three to four digits and a small range. TF32 is what a GPU rounds float32 to before it multiplies.",
    more: "Products and convolutions become faster where a processor or GPU has instructions for it. Weights and sums stay in float32. In float16 small gradients would be zero, so the loss is multiplied by a scale; a step in which one overflows is skipped and the scale halved. A run's precision is recorded, since results differ in the last digits.",
    picture: {
      kind: "cells",
      says: "Bits of each: one for the sign, eight for the exponent, five in float16, and 23, 10, 7 or 10 for the digits.",
      panels: [
        { title: "float32", rows: ["caaaaaaa", "abbbbbbb", "bbbbbbbb", "bbbbbbbb"] },
        { title: "TF32", rows: ["caaaaaaa", "abbbbbbb", "bbb....."] },
        { title: "bfloat16", rows: ["caaaaaaa", "abbbbbbb"] },
        { title: "float16", rows: ["caaaaabb", "bbbbbbbb"] },
      ],
    },
    source:
      "Kalamkar et al., A Study of BFLOAT16 for Deep Learning Training, 2019; Micikevicius et al., Mixed Precision Training, 2018",
    see: ["multiply-adds"],
    settings: ["precision", "tf32"],
  },
];
