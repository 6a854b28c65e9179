/**
 * An architecture is a table of rows, plain JSON-safe data. The builder, the shape calculator, the drawing in the window, the exports and
 * the tests read the same list. Nothing is implied: every row states kernel, stride and padding.
 */
import type { Preset } from "./configuration.ts";

export type Size2d = readonly [height: number, width: number];
/** `same` and `valid` are TensorFlow's; a number is that many pixels of zeros on each side. */
export type Padding = "same" | "valid" | number;
export type Activation = "relu" | "tanh" | "none";
/** What training minimises: cross-entropy of softmax, or the multi-class hinge loss of a support vector machine. */
export type Loss = "cross-entropy" | "hinge";

/** Normalises each channel over the batch while training, and by moving averages of those statistics otherwise. */
export interface BatchNorm {
  /** Added to the variance, so that a channel that never varies does not divide by zero. */
  readonly epsilon: number;
  /** Share of each batch in the moving statistics, as PyTorch counts it; TensorFlow and Keras state the rest of 1. */
  readonly momentum: number;
}

export interface ConvolutionRow {
  readonly kind: "convolution";
  readonly name: string;
  /** `classes` is filled in from the data set. */
  readonly filters: number | "classes";
  readonly kernel: Size2d;
  readonly stride: number;
  readonly padding: Padding;
  /** AlexNet's two towers: input and output channels are cut into this many parts that do not see each other. */
  readonly groups: number;
  /** With batch normalisation the convolution has no bias; its β stands for it. */
  readonly batchNorm: BatchNorm | null;
  readonly activation: Activation;
}
export interface PoolRow {
  readonly kind: "pool";
  readonly name: string;
  readonly operation: "max" | "average";
  /** `all` pools the whole grid to 1×1. */
  readonly kernel: number | "all";
  readonly stride: number;
  readonly padding: Padding;
}
/**
 * Averages that cut any grid into `cells` × `cells`, as PyTorch's adaptive pool: of a side of n, cell i is the mean of the places from ⌊i·n/cells⌋
 * to before ⌈(i + 1)·n/cells⌉, so that cells may share a row.
 */
export interface AdaptivePoolRow {
  readonly kind: "adaptive-pool";
  readonly name: string;
  readonly cells: number;
}
/** b = a / (k + α · Σ a²)^β over n neighbouring channels, as the AlexNet paper writes it; some libraries divide α by n. */
export interface LocalResponseNormRow {
  readonly kind: "local-response-norm";
  readonly name: string;
  readonly neighbours: number;
  readonly k: number;
  readonly alpha: number;
  readonly beta: number;
}
export interface DropoutRow {
  readonly kind: "dropout";
  readonly name: string;
  /** Share of activations set to zero while training. */
  readonly rate: number;
}
export interface FlattenRow {
  readonly kind: "flatten";
  readonly name: string;
}
export interface DenseRow {
  readonly kind: "dense";
  readonly name: string;
  /** `classes` is filled in from the data set. */
  readonly units: number | "classes";
  readonly batchNorm: BatchNorm | null;
  readonly activation: Activation;
}
/** Branches side by side over the same input, concatenated by channel. A branch may hold branches again. */
export interface BranchesRow {
  readonly kind: "branches";
  readonly name: string;
  /** The paper's word for the module, e.g. `Inception A` or `grid reduction`. */
  readonly module: string;
  readonly branches: readonly (readonly Row[])[];
}
/** A classifier on the side that sees this point of the trunk. Trained with, and left out of every evaluation. */
export interface AuxiliaryRow {
  readonly kind: "auxiliary";
  readonly name: string;
  readonly rows: readonly Row[];
  /** Share of its loss in the objective. */
  readonly weight: number;
}

export type Row =
  | ConvolutionRow
  | PoolRow
  | AdaptivePoolRow
  | LocalResponseNormRow
  | DropoutRow
  | FlattenRow
  | DenseRow
  | BranchesRow
  | AuxiliaryRow;

/** What a paper prints of its network at its own size, to stand beside what its table adds up to. */
export interface PublishedFigures {
  readonly parameters?: number;
  readonly multiplyAdds?: number;
  /** Where it is printed. */
  readonly source: string;
}

export interface Architecture {
  readonly id: string;
  /** Id of the network that this is a variant of; its own where it is the principal one. */
  readonly family: string;
  readonly title: string;
  readonly year: number;
  /** Authors, title, year. */
  readonly paper: string;
  /** Two or three words that tell it from the others of its family. */
  readonly variant: string;
  /** What the variant is, and what differs from the paper or from shipped code. */
  readonly about: string;
  readonly inputPixels: number;
  /** Convolutions and dense layers on the longest path, by the paper's own count. */
  readonly weightLayers: number;
  readonly loss: Loss;
  readonly published?: PublishedFigures;
  readonly rows: readonly Row[];
}

/** Of the input pixels that a row's values see, along one side of the picture. */
export interface FieldSide {
  /** Pixel at which the first value's field begins; below 0 where it reaches into the padding. */
  readonly fromPixel: number;
  readonly pixels: number;
  /** How far neighbouring values' fields are apart. */
  readonly stridePixels: number;
}

/** A row that computes something itself: neither a module nor a head. */
export type PlainRow = Exclude<Row, BranchesRow | AuxiliaryRow>;

/** What the shape calculator says of one row. Module rows hold their branches; their numbers are the sums over them. */
export interface ShapedRow {
  readonly kind: Row["kind"];
  readonly name: string;
  /** The row in words, e.g. `3×3/2 valid, 32`. */
  readonly detail: string;
  readonly output: { readonly height: number; readonly width: number; readonly channels: number };
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly activationBytes: number;
  /** Of a convolution, into how many parts its channels are cut that do not see each other; 1 for any other row. */
  readonly groups: number;
  /** The rectangle that one output value sees; null behind a flatten or a pool over all. The three figures below are of its longer side. */
  readonly receptiveField: { readonly height: FieldSide; readonly width: FieldSide } | null;
  /** Side of the square of input pixels that one output value sees; null behind a flatten or a pool over all. */
  readonly receptiveFieldPixels: number | null;
  /** How many input pixels apart neighbouring values look; null where the field is. */
  readonly receptiveFieldStridePixels: number | null;
  /**
   * Where the middle of the first value's field lies, in input pixels from the middle of the first pixel: value i looks around offset + i · stride.
   * A module takes all its branches' fields together. Null where the field is.
   */
  readonly receptiveFieldOffsetPixels: number | null;
  /** Ways from the input to here. */
  readonly paths: number;
  /** Convolutions and dense layers on the longest of them. */
  readonly weightLayers: number;
  readonly branches: readonly (readonly ShapedRow[])[] | null;
  /** The row as the table has it; missing for a module or a head, and in the list of all networks, which would be a third longer. */
  readonly plain?: PlainRow;
  /** Of an auxiliary head, the share of its loss in the objective; null for any other row. */
  readonly weight: number | null;
}

export interface ArchitectureTotals {
  /** Trainable weights of the trunk and classifier, without auxiliary heads. */
  readonly parameters: number;
  readonly auxiliaryParameters: number;
  /** Of one picture's forward pass, without auxiliary heads. */
  readonly multiplyAdds: number;
  readonly activationBytes: number;
  /** Of the last value before the grid is given up, behind which every value sees all; the side of the input where there is no grid. */
  readonly receptiveFieldPixels: number;
  /** Ways from input to output through the branches. */
  readonly paths: number;
  /** Convolutions and dense layers on the longest of them, counted in the table; `weightLayers` is the paper's own count. */
  readonly longestPathLayers: number;
}

/** One network of the model registry, at the size of its paper and 1000 classes unless asked otherwise. */
export interface ArchitectureView extends ArchitectureTotals {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly year: number;
  readonly paper: string;
  readonly variant: string;
  readonly about: string;
  readonly weightLayers: number;
  readonly loss: Loss;
  readonly inputPixels: number;
  readonly smallestInputPixels: number;
  /** Null where none is known, and at any size but the paper's. */
  readonly published: PublishedFigures | null;
  readonly width: number;
  readonly classes: number;
  readonly rows: readonly ShapedRow[];
  readonly presets: readonly Preset[];
}
