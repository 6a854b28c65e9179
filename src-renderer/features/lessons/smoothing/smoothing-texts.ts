/** Words of the lesson on label smoothing. */
import { counted, decimal, percent, plain } from "../../../lib/format.ts";

export const smoothingTexts = {
  target: "The target",
  epsilon: "ε, the share that is spread",
  classes: "K, the number of classes",
  confidence: "p, for the true class",
  asked: "Target",
  said: "Network",
  right: "True class",
  wrong: (others: number) => (others === 1 ? "The other class" : `Each of ${others} others`),
  table: "Target, prediction and gradient",
  class: "Class",
  gradient: "Gradient on the logit",
  figures: {
    floor: "Least loss",
    floorFrom: "the entropy of the target",
    loss: "Loss now",
    lossFrom: "cross-entropy of the network’s answer against the target",
    gap: "Logit gap now",
    gapFrom: "ln(p·(K\u00a0−\u00a01)/(1\u00a0−\u00a0p))",
    optimum: "Logit gap at the optimum",
    optimumFrom: "ln((1\u00a0−\u00a0ε)·K/ε\u00a0+\u00a01)",
    none: "none: it grows for ever",
  },
  nats: (value: number) => `${decimal(value, 3)} nats`,
  gradientSays: (gradient: number) =>
    Math.abs(gradient) < 5e-4
      ? "The network answers as the target asks: nothing pulls on its logits."
      : gradient < 0
        ? `The true class’ logit is pulled up, by ${decimal(-gradient, 3)}.`
        : `The true class’ logit is pushed down, by ${decimal(gradient, 3)}: the network is surer than the target asks.`,
  toy: "Trained here: one picture, and how far its logits part",
  toyAbout:
    "The gap between the true class’ logit and the others is here a product of weights, one a layer. Plain gradient descent, learning rate 0.5, 10,000 steps.",
  decay: "λ, weight decay",
  layers: "Weights in a row",
  gapChart: "Logit gap of one picture, trained",
  gapAbout: (classes: number, epsilon: number, weightDecay: number, layers: number) =>
    `K = ${classes}, ε = ${plain(epsilon)}, λ = ${plain(weightDecay)}, ${counted(layers, "weight")} in a row; calculated, of no recorded run`,
  stepAxis: "step",
  gapAxis: "logit gap",
  oneHot: "One-hot",
  decayed: "One-hot, decay",
  smoothed: "Smoothed",
  optimum: "optimum",
  verdict: (oneHot: number, decayed: number, smoothed: number, optimum: number) =>
    Number.isFinite(optimum)
      ? `After 10,000 steps the gap is ${decimal(oneHot)} one-hot, ${decimal(decayed)} with weight decay and ${decimal(smoothed)} smoothed, whose optimum is ${decimal(optimum)}. Where weight decay stops it depends on λ, on the number of layers and on how long training goes; smoothing’s optimum on ε and K alone.`
      : `After 10,000 steps the gap is ${decimal(oneHot)} one-hot and ${decimal(decayed)} with weight decay. With ε = 0 nothing in the target stops it.`,
  noise: "With wrong labels, on your pictures",
  noiseAbout:
    "A network that trains long enough memorises wrong labels. Does smoothing keep it from that, or weight decay, or both? Charts show how it answers pictures with a wrong label, epoch by epoch.",
  noiseTry: "Prepare the experiment…",
  noiseDialog:
    "Nothing starts before you say so. Wrong labels are made up for the run alone: your files stay as they are.",
  noiseArms: (epochs: number) =>
    `LeNet-5, ${epochs} epochs of pictures as they are, neither mirrored nor shifted, so that labels can be memorised: with none, 20 % and 40 % of the training labels wrong, for three seeds: one-hot targets, label smoothing with ε = 0.1, weight decay of 0.0005, and both.`,
  percent: (share: number) => percent(share),
} as const;
