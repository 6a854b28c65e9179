/**
 * Ways to do the work of a convolution by cheaper ones (Szegedy et al. 2015, Rethinking the Inception Architecture, sections 3 and 5; Lin et al. 2013 for the
 * 1×1 convolution; Sifre 2014 for the depthwise separable one, which stands here for contrast). Costs are those of the calculator that counts whole networks.
 */
import type { ConvolutionRow, PoolRow, Row, ShapedRow, Size2d } from "../../contract/architecture.ts";
import { StrataError } from "../../contract/errors.ts";
import type { WalkedTable } from "../networks/row-walk.ts";
import { shapeRows } from "../networks/shapes.ts";

export interface KernelPlace {
  /** Side of the grid that comes in. */
  readonly grid: number;
  /** That come in, and go out unless the way says otherwise. */
  readonly channels: number;
  /** Side of the kernel, where it is free. */
  readonly kernel: number;
}

interface Way {
  readonly title: string;
  readonly rows: (place: KernelPlace) => readonly Row[];
}

/** The first way is what the others are set against. */
export interface Factorisation {
  readonly id: string;
  readonly title: string;
  readonly ways: readonly [Way, ...Way[]];
  /** Whether the side of the kernel is a person's choice. */
  readonly isKernelFree?: boolean;
}

/** Of one picture's forward pass. */
export interface WayCost {
  readonly title: string;
  /** Its layers in words, in order; those side by side behind a `|`. */
  readonly layers: readonly string[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly activationBytes: number;
  /** Of one value of what goes out, in values of what comes in; null where a pool took all. */
  readonly field: { readonly height: number; readonly width: number } | null;
  readonly output: ShapedRow["output"];
}

const convolved = (kernel: number | Size2d, filters: number, { stride = 1, groups = 1 } = {}): ConvolutionRow => ({
  kind: "convolution",
  name: "convolution",
  filters,
  kernel: typeof kernel === "number" ? [kernel, kernel] : kernel,
  ...{ stride, padding: "same", groups, batchNorm: null, activation: "relu" },
});
const halvingPool: PoolRow = { kind: "pool", name: "pool", operation: "max", kernel: 3, stride: 2, padding: "same" };

function cascade(kernel: number): Factorisation {
  const layers = (kernel - 1) / 2;
  return {
    id: `cascade-${kernel}`,
    title: `${kernel}×${kernel} → ${layers === 2 ? "two" : "three"} 3×3`,
    ways: [
      { title: `One ${kernel}×${kernel}`, rows: ({ channels }) => [convolved(kernel, channels)] },
      {
        title: `${layers === 2 ? "Two" : "Three"} 3×3`,
        rows: ({ channels }) => Array.from({ length: layers }, () => convolved(3, channels)),
      },
    ],
  };
}

export const factorisations: readonly Factorisation[] = [
  cascade(5),
  cascade(7),
  {
    id: "flattened",
    title: "n×n → 1×n and n×1",
    isKernelFree: true,
    ways: [
      { title: "One n×n", rows: ({ channels, kernel }) => [convolved(kernel, channels)] },
      {
        title: "1×n, then n×1",
        rows: ({ channels, kernel }) => [convolved([1, kernel], channels), convolved([kernel, 1], channels)],
      },
    ],
  },
  {
    id: "reduction",
    title: "Halving the grid",
    ways: [
      { title: "Convolve, then pool", rows: ({ channels }) => [convolved(3, 2 * channels), halvingPool] },
      { title: "Pool, then convolve", rows: ({ channels }) => [halvingPool, convolved(3, 2 * channels)] },
      {
        title: "Side by side",
        rows: ({ channels }) => [
          {
            ...{ kind: "branches", name: "module", module: "grid reduction" },
            branches: [[convolved(3, channels, { stride: 2 })], [halvingPool]],
          },
        ],
      },
    ],
  },
  {
    id: "bottleneck",
    title: "1×1 bottleneck",
    ways: [
      { title: "One 3×3", rows: ({ channels }) => [convolved(3, channels)] },
      {
        title: "Through a quarter of the channels",
        rows: ({ channels }) => {
          const few = Math.max(1, Math.round(channels / 4));
          return [convolved(1, few), convolved(3, few), convolved(1, channels)];
        },
      },
    ],
  },
  {
    id: "separable",
    title: "Depthwise separable",
    ways: [
      { title: "One 3×3", rows: ({ channels }) => [convolved(3, channels)] },
      {
        title: "Each channel by itself, then 1×1",
        rows: ({ channels }) => [convolved(3, channels, { groups: channels }), convolved(1, channels)],
      },
    ],
  },
];

/** Each way as a table of rows over a grid of its own, in their order. */
export function tablesOfWays(
  { ways }: Factorisation,
  place: KernelPlace,
): readonly (WalkedTable & { readonly title: string })[] {
  return ways.map(({ title, rows }) => ({
    ...{ title, rows: named(rows(place)), inputPixels: place.grid, inputChannels: place.channels },
  }));
}

/** What each way costs there, in their order. */
export function costsOfWays(factorisation: Factorisation, place: KernelPlace): readonly WayCost[] {
  return tablesOfWays(factorisation, place).map((table) => {
    const { rows: shaped, totals } = shapeRows(table, 1);
    const last = shaped.at(-1)!;
    const { receptiveField: field, output } = last;
    return {
      title: table.title,
      layers: shaped.map(wordsOf),
      ...{ parameters: totals.parameters, multiplyAdds: totals.multiplyAdds, output },
      ...{ activationBytes: totals.activationBytes },
      field: field && { height: field.height.pixels, width: field.width.pixels },
    };
  });
}

/** Throws `timing.unknown` where there is no such factorisation. */
export function findFactorisation(id: string): Factorisation {
  const found = factorisations.find((one) => one.id === id);
  if (found) return found;
  throw new StrataError("timing.unknown", { id, known: factorisations.map((one) => one.id).join(", ") });
}

/** Rows of a table have names of their own. */
function named(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, index) => ({ ...row, name: `${row.name} ${index + 1}` }));
}

function wordsOf({ branches, detail }: ShapedRow): string {
  return branches === null ? detail : branches.map((branch) => branch.map(wordsOf).join(", ")).join(" | ");
}
