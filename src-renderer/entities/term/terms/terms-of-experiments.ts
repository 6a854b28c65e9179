/** Words for how runs are compared. */
import { percent } from "../../../lib/format.ts";
import { curve, linearAxis } from "../curve.ts";
import type { Term } from "../term.ts";

export const termsOfExperiments: readonly Term[] = [
  {
    id: "split",
    title: "Training, validation and test",
    also: ["split", "held-out pictures"],
    sentence:
      "A network learns from training pictures, choices are made by validation pictures, and test pictures are looked at in the end.",
    more: "A figure on training pictures says what was learned by heart. One on validation pictures is too good once it has chosen the best of many runs. So Strata ranks by validation and shows test apart.",
    picture: {
      kind: "bars",
      says: "A usual split: 80 % training, 10 % validation, 10 % test.",
      bars: (
        [
          ["training", 0.8, "one"],
          ["validation", 0.1, "other"],
          ["test", 0.1, "quiet"],
        ] as const
      ).map(([label, share, tone]) => ({ label, share, tone, words: percent(share) })),
    },
    source: "Goodfellow, Bengio and Courville, Deep Learning, MIT Press 2016, section 5.3",
    see: ["early-stopping", "near-duplicate", "folds"],
    settings: ["splits", "validationShare", "testShare", "splitSeed", "splitGroup", "stratify"],
  },
  {
    id: "folds",
    title: "Folds",
    also: ["cross-validation"],
    sentence: "Training pictures are parted into as many folds; each run leaves out another one and is tested on it.",
    more: "With a run a fold, every picture is held out once, by a network that has not seen it. So more can be said on few pictures, and labels that are likely wrong come to light.",
    picture: {
      kind: "cells",
      says: "Five folds: each of five runs, one a line, is tested on another fifth of the pictures.",
      panels: [{ title: "run by run", rows: ["baaaa", "abaaa", "aabaa", "aaaba", "aaaab"] }],
    },
    source: "Stone, Cross-Validatory Choice and Assessment of Statistical Predictions, 1974",
    see: ["split", "label-suspect"],
    settings: ["fold", "folds"],
  },
  {
    id: "seed",
    title: "Seed",
    sentence:
      "The number from which everything random of a run follows: initial weights, batch order, augmentation and label noise.",
    more: "The same seed gives the same run to the last bit on one machine. Another seed gives another result, often by a point or more of accuracy: a difference between two runs of one seed each can be that alone. Three to five seeds show how much.",
    picture: {
      kind: "bars",
      says: "An example with numbers made up: one network with five seeds, from 50.8 to 53.0 %. One run of another network at 52 % would say nothing.",
      bars: [0.515, 0.53, 0.508, 0.522, 0.519].map((share, index) => ({
        ...{ label: `seed ${index + 1}`, share, tone: "one" as const },
        words: percent(share),
      })),
    },
    source: "Bouthillier et al., Accounting for Variance in Machine Learning Benchmarks, 2021",
    see: ["interval", "block"],
    settings: ["seed"],
  },
  {
    id: "block",
    title: "Block and arm",
    also: ["pair", "paired comparison"],
    sentence:
      "Runs of one block share pictures, initial weights, batches and random draws, and differ in what is compared alone; each is an arm.",
    more: "What luck does to one arm it does to the others, so a difference between arms is seen through less noise than one between runs that were started apart.",
    picture: {
      kind: "boxes",
      says: "One seed gives the same weights and batches to arm A and arm B; what differs is the targets.",
      boxes: [
        { label: "seed 1", column: 0, row: 0.5, tone: "quiet" },
        { label: "batches", column: 1, row: 0.5, tone: "quiet" },
        { label: "arm A", column: 2, row: 0, tone: "one" },
        { label: "arm B", column: 2, row: 1, tone: "other" },
      ],
      arrows: [
        [0, 1],
        [1, 2],
        [1, 3],
      ],
    },
    source: "Fisher, The Design of Experiments, 1935",
    see: ["seed", "interval"],
  },
  {
    id: "random-search",
    title: "Random search",
    sentence: "Combinations of settings are drawn from ranges in place of trying every combination of a few values.",
    more: "Usually few settings matter. A grid of 3 × 3 tries three values of the one that does; nine draws try nine.",
    picture: {
      kind: "cells",
      says: "Nine runs over two settings: a grid has three values of each, nine draws have nine.",
      panels: [
        {
          title: "grid",
          rows: [
            ".........",
            ".a..a..a.",
            ".........",
            ".........",
            ".a..a..a.",
            ".........",
            ".........",
            ".a..a..a.",
            ".........",
          ],
        },
        {
          title: "random",
          rows: [
            "...a.....",
            ".......a.",
            "a........",
            ".....a...",
            "........a",
            ".a.......",
            "......a..",
            "..a......",
            "....a....",
          ],
        },
      ],
    },
    source: "Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, 2012",
    see: ["successive-halving", "learning-rate"],
  },
  {
    id: "successive-halving",
    title: "Successive halving",
    also: ["ASHA", "rung"],
    sentence:
      "After few epochs only the best runs go on, fewer at each rung, so that time goes to those that promise most.",
    more: "With η = 3 a third goes on at each rung, for three times as many epochs. A network that learns slowly at first can be stopped wrongly: each decision is recorded with its reason, and a stopped run can be resumed.",
    picture: {
      kind: "bars",
      says: "Twenty-seven runs begin; nine go on after one epoch, three after three epochs, one after nine.",
      bars: [
        { label: "1 epoch", share: 1, words: "27 runs", tone: "one" },
        { label: "3 epochs", share: 9 / 27, words: "9 runs", tone: "one" },
        { label: "9 epochs", share: 3 / 27, words: "3 runs", tone: "one" },
        { label: "27 epochs", share: 1 / 27, words: "1 run", tone: "one" },
      ],
    },
    source: "Li et al., A System for Massively Parallel Hyperparameter Tuning, 2018; Jamieson and Talwalkar, 2016",
    see: ["random-search", "early-stopping"],
  },
  {
    id: "early-stopping",
    title: "Early stopping",
    sentence:
      "Training ends once the monitored metric has not improved for so many epochs, and the best epoch's weights are kept.",
    more: "Training loss falls on while validation loss rises again: from there on the network learns its pictures by heart. The best epoch is chosen by validation, so its validation figure is a little too good.",
    picture: {
      kind: "curves",
      says: "Drawn, not measured: training loss falls all the time, validation loss is least half-way and rises again.",
      x: linearAxis("epoch", 0, 20),
      y: linearAxis("loss", 0, 2.5),
      lines: [
        { label: "training", tone: "quiet", points: curve(0, 20, (epoch) => 0.15 + 2.1 * Math.exp(-epoch / 6)) },
        {
          label: "validation",
          tone: "one",
          points: curve(0, 20, (epoch) => 0.7 + 1.5 * Math.exp(-epoch / 4) + 0.0016 * epoch ** 2),
        },
      ],
    },
    source: "Prechelt, Early Stopping – But When?, 1998",
    see: ["split", "hard-loss"],
    settings: ["earlyStopping", "minDelta", "monitor", "monitorSplit"],
  },
  {
    id: "label-suspect",
    title: "Label suspect",
    sentence:
      "A held-out picture that networks which were not trained on it take for another class with confidence: its label is likely wrong.",
    more: "It is a suspicion. A hard picture is one as well, so each is looked at by a person before it is mended.",
    picture: {
      kind: "bars",
      says: "A picture that is labelled dog, and what two networks that have not seen it say: cat with 93 and 88 %.",
      bars: [
        { label: "label: dog", share: 0.04, words: "4 %", tone: "quiet" },
        { label: "first says cat", share: 0.93, words: "93 %", tone: "one" },
        { label: "second says cat", share: 0.88, words: "88 %", tone: "one" },
      ],
    },
    source: "Northcutt, Jiang and Chuang, Confident Learning: Estimating Uncertainty in Dataset Labels, 2021",
    see: ["label-noise", "folds"],
  },
  {
    id: "near-duplicate",
    title: "Near-duplicate",
    sentence:
      "Two pictures that are the same but for size, compression or a small change; across splits they make figures too good.",
    more: "A test picture that the network was trained on asks for memory and not for understanding. They are found by a hash of the picture's coarse form, and shown before anything is trained.",
    picture: {
      kind: "cells",
      says: "The coarse form of a picture and that of a brighter copy: one cell of 25 differs.",
      panels: [
        { title: "training", rows: ["aa...", "aaa..", ".aaa.", "..aa.", "..a.."] },
        { title: "test", rows: ["aa...", "aaa..", ".aaa.", "..aab", "..a.."] },
      ],
    },
    source: "Barz and Denzler, Do We Train on Test Data? Purging CIFAR of Near-Duplicates, 2020",
    see: ["split"],
  },
];
