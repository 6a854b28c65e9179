/**
 * The shallow baseline: one dense layer over the pixels, trained on the multi-class hinge loss. Inputs · K + K parameters for K classes, whatever the
 * input; 32 is as good as any. Left out: the hand-made features (SIFT, Fisher vectors) that such machines stood on in the contests of 2010 and
 * 2011; on bare pixels this is what they would be worth without.
 */
import type { Architecture } from "../../contract/architecture.ts";
import { dense, flatten } from "../rows.ts";

export const linearSvm: Architecture = {
  id: "linear-svm",
  family: "linear-svm",
  title: "Linear SVM",
  year: 1999,
  paper: "Weston, Watkins: Support Vector Machines for Multi-Class Pattern Recognition, 1999",
  variant: "On pixels",
  about:
    "A linear support vector machine on the pixels themselves: one score a class, and a loss until the true class leads every other by a margin of 1. Without the hand-made features of its time it is a lower bound, and knows nothing of where things are.",
  inputPixels: 32,
  weightLayers: 1,
  loss: "hinge",
  rows: [flatten("flatten"), dense("scores", "classes", { batchNorm: null, activation: "none" })],
};
