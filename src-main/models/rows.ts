/** Makes the rows of an architecture table. Nothing is implied: every call states all that its row holds. */
import type {
  Activation,
  AuxiliaryRow,
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

/** A square kernel may be given as one number. */
export function convolution(
  name: string,
  filters: number,
  kernel: number | Size2d,
  stride: number,
  padding: Padding,
  rest: { groups: number; batchNorm: boolean; activation: Activation },
): ConvolutionRow {
  const size: Size2d = typeof kernel === "number" ? [kernel, kernel] : kernel;
  return { kind: "convolution", name, filters, kernel: size, stride, padding, ...rest };
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
  rest: { batchNorm: boolean; activation: Activation },
): DenseRow {
  return { kind: "dense", name, units, ...rest };
}

export function branches(name: string, module: string, ...list: readonly (readonly Row[])[]): BranchesRow {
  return { kind: "branches", name, module, branches: list };
}

export function auxiliary(name: string, weight: number, rows: readonly Row[]): AuxiliaryRow {
  return { kind: "auxiliary", name, weight, rows };
}
