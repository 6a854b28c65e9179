/** What each setting is called: by its path in the configuration, on the page, and as a flag of the command line. */

export interface SettingName {
  /** Of its value, or of what it is made of. */
  readonly path: string;
  /** On the page. */
  readonly title: string;
  /** Of `strata train`, without its dashes. */
  readonly flag: string;
  /** Other words that people have for it. */
  readonly also?: readonly string[];
}

export const settingNames = [
  { path: "dataset", title: "Pictures", flag: "data", also: ["dataset", "folder"] },
  { path: "model.id", title: "Network", flag: "model", also: ["architecture"] },
  { path: "model.inputPixels", title: "Input", flag: "input" },
  { path: "model.width", title: "Width", flag: "width" },
  { path: "training.smoothing", title: "Smoothing ε", flag: "smoothing", also: ["label-smoothing"] },
  { path: "training.labelNoise", title: "Label noise", flag: "label-noise", also: ["wrong labels"] },
  { path: "training.epochs", title: "Epochs", flag: "epochs" },
  { path: "training.batchSize", title: "Batch", flag: "batch", also: ["bs"] },
  { path: "training.optimizer", title: "Optimiser", flag: "optimizer" },
  { path: "training.optimizer.momentum", title: "Momentum", flag: "momentum" },
  {
    ...{ path: "training.optimizer.isNesterov", title: "Nesterov momentum", flag: "nesterov" },
    also: ["optimizer nesterov"],
  },
  { path: "training.optimizer.decay", title: "Decay of squares", flag: "square-decay", also: ["optimizer decay"] },
  { path: "training.optimizer.beta1", title: "β₁", flag: "beta1" },
  { path: "training.optimizer.beta2", title: "β₂", flag: "beta2" },
  { path: "training.optimizer.epsilon", title: "Optimiser’s ε", flag: "epsilon" },
  {
    ...{ path: "training.optimizer.initialMeanSquare", title: "Mean square begins at" },
    flag: "initial-mean-square",
  },
  { path: "training.learningRate", title: "Learning rate", flag: "learning-rate", also: ["lr"] },
  { path: "training.schedule", title: "Schedule", flag: "schedule" },
  { path: "training.earlyStopping", title: "Stops early", flag: "early-stopping", also: ["patience"] },
  { path: "training.earlyStopping.leastGain", title: "Least gain", flag: "least-gain" },
  { path: "training.weightDecay", title: "Weight decay", flag: "weight-decay", also: ["wd"] },
  { path: "training.weightDecayKind", title: "Weight decay acts", flag: "weight-decay-kind" },
  { path: "training.averageDecay", title: "Average of weights", flag: "average-decay" },
  { path: "training.precision", title: "Precision", flag: "precision" },
  { path: "training.clipNorm", title: "Gradient clipped at", flag: "clip-norm" },
  { path: "training.dropout", title: "Dropout", flag: "dropout" },
  { path: "training.auxiliaryWeight", title: "Auxiliary loss", flag: "auxiliary-weight" },
  { path: "training.augmentation", title: "Augmentation", flag: "augment" },
  {
    ...{ path: "training.augmentation.cropPaddingPixels", title: "Crop padding", flag: "crop-padding" },
    also: ["crop padding px"],
  },
  { path: "seed", title: "Seed", flag: "seed" },
  { path: "initialWeights", title: "Begins from", flag: "initial-weights" },
] as const satisfies readonly SettingName[];

export type NamedSetting = (typeof settingNames)[number]["path"];

/** A setting's name on the page. */
export function settingTitle(path: NamedSetting): string {
  return settingNames.find((setting) => setting.path === path)!.title;
}
