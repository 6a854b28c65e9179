/** What a layer's row says of itself, field by field, in words: what two layers are compared by. */
import type { PlainRow, ShapedRow } from "../../contract/architecture.ts";

export const rowFields = [
  "kernel",
  "stride",
  "padding",
  "input channels",
  "channels",
  "groups",
  "normalisation",
  "activation",
  "operation",
  "rate",
] as const;
export type RowField = (typeof rowFields)[number];

export interface FieldChange {
  readonly field: RowField | "branches" | "weight";
  readonly first: string;
  readonly second: string;
}

/** Those fields of which both have something else. */
export function changedFields(first: ShapedRow, second: ShapedRow): readonly FieldChange[] {
  const [a, b] = [fieldsOf(first), fieldsOf(second)];
  return rowFields.flatMap((field) => {
    const [one, other] = [a[field], b[field]];
    return one === undefined || other === undefined || one === other ? [] : [{ field, first: one, second: other }];
  });
}

function fieldsOf(shaped: ShapedRow): Partial<Record<RowField, string>> {
  const { plain, output } = shaped;
  if (plain === undefined) return {};
  switch (plain.kind) {
    case "convolution":
      return {
        kernel: `${plain.kernel[0]}×${plain.kernel[1]}`,
        ...sliding(plain),
        groups: String(plain.groups),
        ...weighted(plain, shaped),
      };
    case "dense":
      return weighted(plain, shaped);
    case "pool":
      return {
        operation: plain.operation,
        kernel: plain.kernel === "all" ? "all" : `${plain.kernel}×${plain.kernel}`,
        ...sliding(plain),
      };
    case "adaptive-pool":
      return { kernel: `${plain.cells}×${plain.cells} cells` };
    case "local-response-norm":
      return { normalisation: `n ${plain.neighbours}, k ${plain.k}, α ${plain.alpha}, β ${plain.beta}` };
    case "dropout":
      return { rate: String(plain.rate) };
    case "flatten":
      return { channels: String(output.channels) };
  }
}

function sliding({ stride, padding }: { readonly stride: number; readonly padding: number | string }) {
  return { stride: String(stride), padding: String(padding) };
}

function weighted(plain: Extract<PlainRow, { readonly batchNorm: unknown }>, shaped: ShapedRow) {
  return {
    "input channels": String(channelsIn(plain, shaped)),
    channels: String(shaped.output.channels),
    normalisation: plain.batchNorm === null ? "none" : "batch norm",
    activation: plain.activation,
  };
}

/** From the count of weights, which are a kernel for each channel in and out, and a bias, or γ and β, for each channel out. */
function channelsIn(
  plain: Extract<PlainRow, { readonly batchNorm: unknown }>,
  { parameters, output }: ShapedRow,
): number {
  const offsets = (plain.batchNorm === null ? 1 : 2) * output.channels;
  const [height, width] = plain.kind === "convolution" ? plain.kernel : [1, 1];
  const groups = plain.kind === "convolution" ? plain.groups : 1;
  return ((parameters - offsets) / (height * width * output.channels)) * groups;
}
