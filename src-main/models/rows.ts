/** Makes the rows of an architecture table. */
import type {
  Activation,
  AdaptivePoolRow,
  AuxiliaryRow,
  BatchNorm,
  BranchesRow,
  ConvolutionRow,
  DenseRow,
  DropoutRow,
  FlattenRow,
  LocalResponseNormRow,
  Padding,
  PoolRow,
  Row,
  Size2d,
} from "../contract/architecture.ts";

/**
 * Of Inception and GoogLeNet: ε is that of Google's code (slim) and of torchvision's networks, momentum PyTorch's default. Published code of Google's takes
 * 0.0003, made for millions of steps; runs here have hundreds, and after one epoch of them such an average would still be mostly its start.
 */
export const inceptionBatchNorm: BatchNorm = { epsilon: 0.001, momentum: 0.1 };

/** A square kernel may be given as one number. */
export function convolution(
  name: string,
  filters: ConvolutionRow["filters"],
  kernel: number | Size2d,
  stride: number,
  padding: Padding,
  rest: { groups: number; batchNorm: BatchNorm | null; activation: Activation },
): ConvolutionRow {
  const size: Size2d = typeof kernel === "number" ? [kernel, kernel] : kernel;
  return { kind: "convolution", name, filters, kernel: size, stride, padding, ...rest };
}

/** With bias and ReLU and without batch normalisation: as all had it before 2015. */
export function reluConvolution(
  name: string,
  filters: ConvolutionRow["filters"],
  kernel: number | Size2d,
  stride: number,
  padding: Padding,
  groups = 1,
): ConvolutionRow {
  return convolution(name, filters, kernel, stride, padding, { groups, batchNorm: null, activation: "relu" });
}

export function pool(
  name: string,
  operation: PoolRow["operation"],
  kernel: PoolRow["kernel"],
  stride: number,
  padding: Padding,
): PoolRow {
  return { kind: "pool", name, operation, kernel, stride, padding };
}

export function adaptivePool(name: string, cells: number): AdaptivePoolRow {
  return { kind: "adaptive-pool", name, cells };
}

export function localResponseNorm(
  name: string,
  rest: { neighbours: number; k: number; alpha: number; beta: number },
): LocalResponseNormRow {
  return { kind: "local-response-norm", name, ...rest };
}

export function dropout(name: string, rate: number): DropoutRow {
  return { kind: "dropout", name, rate };
}

export function flatten(name: string): FlattenRow {
  return { kind: "flatten", name };
}

export function dense(
  name: string,
  units: DenseRow["units"],
  rest: { batchNorm: BatchNorm | null; activation: Activation },
): DenseRow {
  return { kind: "dense", name, units, ...rest };
}

/** AlexNet's three dense layers, by the names that Caffe gave them, as the networks after it took them over. */
export function denseClassifier(units: number, dropoutRate: number): Row[] {
  const relu = { batchNorm: null, activation: "relu" } as const;
  return [
    flatten("flatten"),
    dense("fc6", units, relu),
    dropout("drop6", dropoutRate),
    dense("fc7", units, relu),
    dropout("drop7", dropoutRate),
    dense("fc8", "classes", { batchNorm: null, activation: "none" }),
  ];
}

export function branches(name: string, module: string, ...list: readonly (readonly Row[])[]): BranchesRow {
  return { kind: "branches", name, module, branches: list };
}

export function auxiliary(name: string, weight: number, rows: readonly Row[]): AuxiliaryRow {
  return { kind: "auxiliary", name, weight, rows };
}
