/**
 * Every setting of a run, one row each, in the order in which they are shown. Flags and their help, the Train page's fields and the way back,
 * columns, conditions, sweeps and lists of differences are made of these rows; a new one needs its place in the schema, its row, and the code
 * that uses it. One table, and so longer than other files.
 */
import type { ClassWeighting, LabelNoiseKind, Precision, TrainingSettings } from "../../contract/configuration.ts";
import { type PictureFit, type ResizeFilter, usualResize } from "../../contract/resize.ts";
import { gpuSettings } from "./gpu-settings.ts";
import { monitorSettings } from "./monitor-settings.ts";
import { optimizerSettings } from "./optimizer-settings.ts";
import type { Setting } from "./setting.ts";
import { splitSettings } from "./split-settings.ts";

const ofTheNetwork = "network’s own";

export const settings = [
  {
    id: "dataset",
    path: "dataset",
    title: "Pictures",
    about: "A folder of pictures, or drawn[:pictures=6000,pixels=32,difficulty=0.3]",
    value: { kind: "own" },
    flag: "data",
    placeholder: "<source>",
    also: ["dataset", "folder"],
  },
  ...splitSettings,
  {
    id: "model",
    path: "model.id",
    title: "Network",
    about: "A network of strata models",
    value: { kind: "own" },
    flag: "model",
    placeholder: "<id>",
    also: ["architecture"],
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "inputPixels",
    path: "model.inputPixels",
    title: "Input size",
    about: "Side of the square that pictures are brought to",
    value: { kind: "number", isWhole: true, scale: "linear", unit: "px" },
    flag: "input",
    placeholder: "<pixels>",
    place: "size",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "pictureFit",
    path: "resize.fit",
    title: "Picture fit",
    about: "How a picture that is not square is brought to a square",
    value: {
      kind: "option",
      options: {
        crop: "Crop to the middle",
        "crop-top": "Crop, keep the top",
        "crop-bottom": "Crop, keep the bottom",
        "crop-left": "Crop, keep the left",
        "crop-right": "Crop, keep the right",
        pad: "Fit and pad",
        squash: "Squash",
      } satisfies Record<PictureFit, string>,
    },
    flag: "fit",
    placeholder: "<way>",
    also: ["crop", "resize"],
    place: "size",
    initial: usualResize.fit,
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "resizeFilter",
    path: "resize.filter",
    title: "Resize filter",
    about: "What a pixel of the square is computed with from those of the picture",
    value: {
      kind: "option",
      options: {
        lanczos3: "Lanczos",
        bicubic: "bicubic",
        bilinear: "bilinear",
        nearest: "nearest pixel",
      } satisfies Record<ResizeFilter, string>,
    },
    flag: "resize-filter",
    placeholder: "<filter>",
    also: ["interpolation"],
    place: "size",
    initial: usualResize.filter,
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "width",
    path: "model.width",
    title: "Width",
    about: "Multiplies every layer’s channels",
    value: { kind: "number", scale: "linear" },
    flag: "width",
    placeholder: "<factor>",
    place: "size",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "smoothing",
    path: "training.smoothing",
    title: "Label smoothing",
    about: "Share of each target that is spread evenly over all classes",
    value: { kind: "number", scale: "linear", sign: "ε" },
    flag: "smoothing",
    placeholder: "<epsilon>",
    also: ["smoothing ε"],
    place: "main",
    canVary: true,
    pair: [0, 0.1],
  },
  {
    id: "labelNoise",
    path: "training.labelNoise",
    title: "Label noise",
    about: "Share of training pictures that are given a wrong label",
    value: { kind: "number", scale: "percent" },
    flag: "label-noise",
    placeholder: "<share>",
    also: ["wrong labels"],
    place: "main",
    canVary: true,
    pair: [0, 0.2],
  },
  {
    id: "labelNoiseKind",
    path: "training.labelNoiseKind",
    title: "Kind of label noise",
    about:
      "What a wrong label is: any other class, always the next one, as where people mistake one class for another, or what a matrix says",
    value: {
      kind: "option",
      options: {
        symmetric: "Any other class",
        pair: "The next class",
        matrix: "By a matrix",
      } satisfies Record<LabelNoiseKind, string>,
    },
    flag: "label-noise-kind",
    placeholder: "<kind>",
    also: ["symmetric noise", "pair flipping"],
    place: "more",
    canVary: true,
  },
  {
    id: "noiseMatrix",
    path: "training.noiseMatrix",
    title: "Noise matrix",
    about: "Which share of a class becomes which other; label noise says how much of it, 100 % as it stands",
    value: { kind: "text", empty: "none" },
    of: { id: "labelNoiseKind", kinds: ["matrix"] },
    flag: "noise-matrix",
    placeholder: "<file>",
    also: ["confusion noise", "transition matrix"],
    place: "more",
  },
  {
    id: "classWeights",
    path: "training.classWeights",
    title: "Class weights",
    about:
      "What pictures count in the objective: alike, or the more the fewer their class has, so that every class counts alike",
    value: { kind: "option", options: { none: "none", balanced: "balanced" } satisfies Record<ClassWeighting, string> },
    flag: "class-weights",
    placeholder: "<way>",
    also: ["loss weights"],
    place: "more",
    canVary: true,
  },
  {
    id: "balancedSampling",
    path: "training.balancedSampling",
    title: "Balanced sampling",
    about: "Draws as many pictures of each class in every epoch: of small classes more than once, of large ones a part",
    value: { kind: "yes-or-no" },
    flag: "balanced-sampling",
    place: "more",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "epochs",
    path: "training.epochs",
    title: "Epochs",
    about: "Times that every training picture is seen",
    value: { kind: "number", isWhole: true, scale: "linear" },
    flag: "epochs",
    placeholder: "<count>",
    place: "main",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "batchSize",
    path: "training.batchSize",
    title: "Batch size",
    about: "Pictures a step",
    value: { kind: "number", isWhole: true, scale: "linear" },
    flag: "batch",
    placeholder: "<pictures>",
    also: ["bs"],
    place: "main",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "dropLast",
    path: "training.dropLast",
    title: "Drop the last incomplete batch",
    about: "Leaves out the pictures of each epoch that fill no whole batch, others each time",
    value: { kind: "yes-or-no" },
    flag: "drop-last",
    place: "more",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "fold",
    path: "training.fold",
    valueKey: "index",
    title: "Fold held out",
    about: "Leaves out this fold of the training pictures and tests on it, in place of the test pictures",
    value: { kind: "number", isWhole: true, scale: "linear", empty: "none" },
    flag: "fold",
    placeholder: "<number>",
    also: ["cross-validation"],
    place: "more",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "folds",
    path: "training.fold.count",
    title: "Folds",
    about: "Parts of the training pictures, by their bytes: the same on every machine",
    value: { kind: "number", isWhole: true, scale: "linear" },
    of: { id: "fold" },
    flag: "folds",
    placeholder: "<count>",
    place: "more",
    initial: 5,
  },
  ...optimizerSettings,
  ...monitorSettings,
  {
    id: "weightDecay",
    path: "training.weightDecay",
    title: "Weight decay",
    about: "Pulls kernels towards zero in each step",
    value: { kind: "number", scale: "log", sign: "λ" },
    flag: "weight-decay",
    placeholder: "<factor>",
    also: ["wd"],
    place: "more",
    canVary: true,
    pair: [0, 5e-4],
  },
  {
    id: "weightDecayKind",
    path: "training.weightDecayKind",
    title: "Weight decay acts",
    about: "L2 joins the objective; decoupled acts beside the optimiser, as in AdamW",
    value: {
      kind: "option",
      options: {
        l2: "in the objective",
        decoupled: "beside the optimiser",
      } satisfies Record<TrainingSettings["weightDecayKind"], string>,
    },
    flag: "weight-decay-kind",
    placeholder: "<kind>",
    place: "more",
    canVary: true,
  },
  {
    id: "averageDecay",
    path: "training.averageDecay",
    title: "Weight average decay",
    about: "Share of itself that a running average of the weights keeps in each step; it is what is evaluated",
    value: { kind: "number", scale: "linear", empty: "no average" },
    flag: "average-decay",
    placeholder: "<decay>",
    also: ["average of weights"],
    place: "more",
    canVary: true,
  },
  {
    id: "precision",
    path: "training.precision",
    title: "Precision",
    about:
      "Of products and convolutions; the time estimate shows what this machine gains by 16 bits. float16 is for GPUs",
    value: {
      kind: "option",
      options: { float32: "float32", bfloat16: "bfloat16", float16: "float16" } satisfies Record<Precision, string>,
    },
    flag: "precision",
    placeholder: "<type>",
    place: "more",
    isExplained: true,
    canVary: true,
  },
  ...gpuSettings,
  {
    id: "clipNorm",
    path: "training.clipNorm",
    title: "Gradient clipping",
    about: "Largest norm of the gradient",
    value: { kind: "number", scale: "log", empty: "not clipped" },
    flag: "clip-norm",
    placeholder: "<norm>",
    place: "more",
    canVary: true,
  },
  {
    id: "dropout",
    path: "training.dropout",
    title: "Dropout",
    about: "Replaces every dropout row’s rate",
    value: { kind: "number", scale: "linear", empty: ofTheNetwork },
    flag: "dropout",
    placeholder: "<rate>",
    place: "more",
    canVary: true,
  },
  {
    id: "auxiliaryWeight",
    path: "training.auxiliaryWeight",
    title: "Auxiliary loss weight",
    about: "Replaces every auxiliary head’s weight",
    value: { kind: "number", scale: "linear", empty: ofTheNetwork },
    flag: "auxiliary-weight",
    placeholder: "<factor>",
    also: ["auxiliary loss"],
    place: "more",
    canVary: true,
  },
  {
    id: "augmentation",
    path: "training.augmentation",
    title: "Augmentation",
    about: "Mirrors and crops pictures as the preset does",
    value: { kind: "own" },
    flag: "augment",
  },
  {
    id: "flip",
    path: "training.augmentation.flip",
    title: "Horizontal flips",
    about: "Mirrors pictures at random",
    value: { kind: "yes-or-no" },
    flag: "flip",
    place: "more",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "cropPaddingPixels",
    path: "training.augmentation.cropPaddingPixels",
    title: "Crop padding",
    about: "Zero pixels around the picture before a crop of the input size is drawn from it",
    value: { kind: "number", isWhole: true, scale: "linear", unit: "px" },
    flag: "crop-padding",
    placeholder: "<pixels>",
    also: ["crop padding px"],
    place: "more",
    canVary: true,
    isSharedInBlock: true,
  },
  {
    id: "seed",
    path: "seed",
    title: "Seed",
    about: "Of initial weights, batch order, augmentation and label noise",
    value: { kind: "number", isWhole: true, scale: "linear" },
    flag: "seed",
    placeholder: "<number>",
    place: "seeds",
    initial: 1,
  },
  {
    id: "initialWeights",
    path: "initialWeights",
    valueKey: "path",
    title: "Initial weights",
    about: "A file of strata models import or strata export to begin from",
    value: { kind: "own" },
    flag: "initial-weights",
    placeholder: "<file>",
    also: ["begins from"],
  },
] as const satisfies readonly Setting[];

export type SettingId = (typeof settings)[number]["id"];

/** The row of this id; undefined for none. */
export function settingOf(id: string, all: readonly Setting[] = settings): Setting | undefined {
  return all.find((setting) => setting.id === id);
}

/** A setting's title on the page; one that this version does not know goes by its id. */
export function settingTitle(id: string, all: readonly Setting[] = settings): string {
  return settingOf(id, all)?.title ?? id;
}

/** Settings that no other one is made of: the optimiser, and not its momentum. */
export function wholeSettings(all: readonly Setting[] = settings): readonly Setting[] {
  return all.filter(({ path }) => !all.some((other) => path.startsWith(`${other.path}.`)));
}

/** What a setting is made of: an optimiser's numbers, or those that a kind of it has. */
export function partsOf(id: string, kind?: string, all: readonly Setting[] = settings): readonly Setting[] {
  return all.filter(({ of }) => of?.id === id && (kind === undefined || (of.kinds?.includes(kind) ?? true)));
}

/** What one of a setting's choices is called; one that it does not have goes by its own name. */
export function optionTitle(id: SettingId, option: string): string {
  const value = settingOf(id)?.value;
  return (value?.kind === "option" ? value.options[option] : undefined) ?? option;
}

/** What a factor can be over. */
export function variedSettings(all: readonly Setting[] = settings): readonly Setting[] {
  return all.filter(({ canVary }) => canVary);
}

/** What the arms of a pair can differ in. */
export function pairedSettings(all: readonly Setting[] = settings): readonly Setting[] {
  return all.filter(({ pair }) => pair !== undefined);
}
