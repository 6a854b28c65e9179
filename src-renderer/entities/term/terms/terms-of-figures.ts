/** Words for what is measured of a network. */
import { gapAtOptimum, lossAt, smoothedTarget } from "../../../../src-main/domain/lessons/smoothed-target.ts";
import { ece } from "../../../../src-main/domain/metrics/ece.ts";
import { hardLoss } from "../../../../src-main/domain/metrics/hard-loss.ts";
import { largestLogit } from "../../../../src-main/domain/metrics/largest-logit.ts";
import { objective } from "../../../../src-main/domain/metrics/objective.ts";
import { objectiveFloor } from "../../../../src-main/domain/metrics/objective-floor.ts";
import { top1 } from "../../../../src-main/domain/metrics/top-1.ts";
import { top5 } from "../../../../src-main/domain/metrics/top-5.ts";
import { wilsonInterval } from "../../../../src-main/domain/statistics/wilson-interval.ts";
import { percent } from "../../../lib/format.ts";
import { curve, linearAxis } from "../curve.ts";
import type { Term } from "../term.ts";

const probability = "probability of the true class";
const bar = (label: string, share: number, tone: "one" | "other" | "quiet" = "one") => ({
  ...{ label, share, tone },
  words: percent(share),
});
const onSmoothed = (confidence: number) => lossAt(smoothedTarget(10, 0.1), 10, confidence);

export const termsOfFigures: readonly Term[] = [
  {
    id: "logit",
    title: "Logit",
    sentence: "What the last layer puts out for a class, before softmax makes probabilities of all of them.",
    more: "A logit can be any number, and only differences of logits count: adding the same to all of them changes no probability. Softmax raises e to each logit and divides by the sum, so that a class whose logit is larger by 1 is 2.7 times as likely.",
    picture: {
      kind: "curves",
      says: "Of two classes: the probability of the first one against how far its logit lies above the other's. At 0 it is a half, at 5 over 99 %, and it never reaches 1.",
      x: linearAxis("first logit less the second", -6, 6),
      y: linearAxis("probability of the first class", 0, 1),
      lines: [{ label: "softmax", tone: "one", points: curve(-6, 6, (gap) => 1 / (1 + Math.exp(-gap))) }],
    },
    source: "Goodfellow, Bengio and Courville, Deep Learning, MIT Press 2016, section 6.2.2",
    see: ["hard-loss", "logit-gap", "one-hot-target"],
  },
  {
    id: "hard-loss",
    title: hardLoss.title,
    also: ["cross-entropy", "negative log-likelihood"],
    sentence: hardLoss.about,
    more: "The mean over pictures of −ln p, where p is the probability that the network gives the true class. Sure and right costs nothing; sure and wrong costs without limit. It means the same whatever targets an arm was trained on, and so arms are compared by it and not by their objectives.",
    picture: {
      kind: "curves",
      says: "The loss of one picture against the probability of its true class: 0 at a probability of 1, 0.69 at a half, 2.3 at a tenth, and rising without limit towards 0.",
      x: linearAxis(probability, 0, 1),
      y: linearAxis("nats", 0, 5),
      lines: [{ label: "−ln p", tone: "one", points: curve(0.01, 1, (p) => Math.min(5, -Math.log(p)), 200) }],
    },
    source: "Goodfellow, Bengio and Courville, Deep Learning, MIT Press 2016, section 6.2.2",
    see: ["objective", "floor", "label-smoothing"],
    metrics: ["hardLoss"],
  },
  {
    id: "objective",
    title: objective.title,
    also: ["training loss"],
    sentence: objective.about,
    more: "Two arms with different targets minimise different objectives, so the smaller one is not the better network. While training it holds more than in validation: auxiliary heads count in the first alone, and so the two curves of one run lie apart for a reason that is no overfitting.",
    picture: {
      kind: "curves",
      says: "One picture's loss against a one-hot target and against one smoothed with ε = 0.1 over 10 classes: the first falls to 0, the second is least at 0.91 and rises again.",
      x: linearAxis(probability, 0, 1),
      y: linearAxis("nats", 0, 4),
      lines: [
        { label: "one-hot", tone: "one", points: curve(0.02, 0.999, (p) => -Math.log(p), 200) },
        { label: "smoothed", tone: "other", points: curve(0.02, 0.999, onSmoothed, 200) },
      ],
    },
    source: "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015, section 7",
    see: ["hard-loss", "floor", "auxiliary-head", "weight-decay"],
    metrics: ["objective"],
  },
  {
    id: "floor",
    title: "Floor",
    also: ["entropy of the targets"],
    sentence: objectiveFloor.about,
    more: "Against one-hot targets the floor is 0. Against smoothed ones it is the entropy of the target, 0.50 nats for ε = 0.1 and ten classes: an arm that stands there cannot do better, though its curve never comes near 0.",
    picture: {
      kind: "curves",
      says: "The loss against a target smoothed with ε = 0.1 over 10 classes, and the floor of 0.50 nats that it touches at a probability of 0.91.",
      x: linearAxis(probability, 0, 1),
      y: linearAxis("nats", 0, 4),
      lines: [
        { label: "smoothed", tone: "other", points: curve(0.02, 0.999, onSmoothed, 200) },
        { label: "floor", tone: "quiet", points: [0, 1].map((p) => [p, onSmoothed(smoothedTarget(10, 0.1).right)]) },
      ],
    },
    source: "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015, section 7",
    see: ["objective", "label-smoothing"],
    metrics: ["objectiveFloor"],
  },
  {
    id: "top-1",
    title: "Top-1 and top-5",
    also: ["accuracy", "error rate"],
    sentence: `Top-1: ${top1.about} Top-5: ${top5.about}`,
    more: "With a thousand classes of which many are alike, a network that has the true one among its first five has understood the picture. With ten classes top-5 says little, and is read beside the chance of a half. The error that papers print is 100 % less this.",
    picture: {
      kind: "bars",
      says: "What a network says of a picture of a cat: dog 41 %, cat 35 %, fox 12 %, and less for the rest. Top-1 counts it as wrong, top-5 as right.",
      bars: [
        bar("dog", 0.41, "quiet"),
        bar("cat, the true class", 0.35),
        bar("fox", 0.12, "quiet"),
        bar("deer", 0.05, "quiet"),
        bar("horse", 0.04, "quiet"),
        bar("truck", 0.03, "quiet"),
      ],
    },
    source: "Russakovsky et al., ImageNet Large Scale Visual Recognition Challenge, 2015",
    see: ["hard-loss", "interval"],
    metrics: ["top1", "top5"],
  },
  {
    id: "ece",
    title: ece.title,
    also: ["expected calibration error", "calibration"],
    sentence: ece.about,
    more: "Of the pictures that a network is 80 % sure of, 80 % should be right. Pictures are put into 15 bins of confidence; each bin's distance of accuracy and confidence counts by its number of pictures. On few pictures it comes out too large, since bins of few pictures are off by luck alone.",
    picture: {
      kind: "curves",
      says: "Accuracy against confidence: on the diagonal a network is calibrated; one below the diagonal is surer than it is right. ECE is the mean distance from the diagonal.",
      x: linearAxis("confidence", 0, 1),
      y: linearAxis("accuracy", 0, 1),
      lines: [
        { label: "calibrated", tone: "quiet", points: curve(0, 1, (x) => x, 1) },
        { label: "too sure", tone: "one", points: curve(0, 1, (x) => x ** 1.8) },
      ],
    },
    source:
      "Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks, 2017, section 2; Naeini, Cooper and Hauskrecht, 2015",
    see: ["label-smoothing", "hard-loss"],
    metrics: ["ece"],
  },
  {
    id: "logit-gap",
    title: largestLogit.title,
    sentence: largestLogit.about,
    more: "Against one-hot targets the loss falls for as long as the gap grows, so training never stops to widen it. Against smoothed targets the loss is least at a finite gap: ln((1 − ε)·K/ε + 1) from each other class to the true one, for K classes; to the mean of all logits it is (K − 1)/K of that.",
    picture: {
      kind: "curves",
      says: "The gap at which the loss is least, against ε, for 10 and for 1,000 classes: it falls from infinity at ε = 0 to 4.5 and 9.1 at ε = 0.1.",
      x: linearAxis("ε", 0, 0.5),
      y: linearAxis("gap between true class and others", 0, 14),
      lines: [
        { label: "K = 10", tone: "one", points: curve(0.005, 0.5, (epsilon) => gapAtOptimum(10, epsilon), 120) },
        { label: "K = 1,000", tone: "other", points: curve(0.005, 0.5, (epsilon) => gapAtOptimum(1000, epsilon), 120) },
      ],
    },
    source: "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015, section 7",
    see: ["logit", "label-smoothing", "weight-decay"],
    metrics: ["largestLogit"],
  },
  {
    id: "interval",
    title: "95 % interval",
    also: ["confidence interval", "error bar"],
    sentence:
      "A range that is made so that in 95 of 100 repetitions of the whole experiment it holds the true value. A difference whose interval holds 0 may be luck.",
    more: "The fewer pictures or seeds, the wider. For a share of pictures it is Wilson's; for a mean over seeds Student's t; for the difference of two runs on the same pictures it counts only pictures on which they differ. Strata names a better run only where the interval of the difference leaves zero out.",
    picture: {
      kind: "curves",
      says: "The interval of an accuracy of 80 %, against the number of pictures: from 61 to 91 % on 25 pictures to 79 to 81 % on 5,000.",
      x: { label: "pictures", base: 10, min: 20, max: 5000, format: (value) => value.toLocaleString("en") },
      y: linearAxis("accuracy", 0.5, 1),
      lines: (
        [
          ["highest", "one"],
          ["lowest", "other"],
        ] as const
      ).map(([label, tone]) => ({
        ...{ label, tone },
        points: curve(Math.log10(20), Math.log10(5000), (x) => x).map(([x]) => {
          const pictures = 10 ** x;
          const interval = wilsonInterval(0.8, pictures);
          return [pictures, (tone === "one" ? interval?.high : interval?.low) ?? 0.8] as const;
        }),
      })),
    },
    source: "Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927; Student, 1908",
    see: ["seed", "split"],
  },
];
