/** Words for networks and what they cost. */
import type { ArchitectureTotals, ArchitectureView, ShapedRow } from "../../../src-main/contract/architecture.ts";
import type { Preset } from "../../../src-main/contract/configuration.ts";
import { count, counted, magnitude, pixels, plain } from "../../lib/format.ts";

/** `2015 · 42 layers`. */
export function networkLine({ year, weightLayers }: ArchitectureView): string {
  return `${year} · ${counted(weightLayers, "layer")}`;
}

/** What is wrong with an input of fewer pixels than the network's strides leave something of. */
export function inputTooSmall({
  title,
  smallestInputPixels,
}: Pick<ArchitectureView, "title" | "smallestInputPixels">): string {
  return `${title} needs ${smallestInputPixels} px or more.`;
}

/** `32 px, width 0.25`; a width of 1 goes without saying. */
export function sizeText({ inputPixels, width }: { readonly inputPixels: number; readonly width: number }): string {
  return width === 1 ? pixels(inputPixels) : `${pixels(inputPixels)}, width ${plain(width)}`;
}

/** What a chip says of a preset. */
export function presetText(preset: Preset): string {
  return `${preset.title}, ${sizeText(preset.model)}`;
}

/** `32×32×64`; behind the last grid only the channels. */
export function shapeText({ height, width, channels }: ShapedRow["output"]): string {
  return height === 1 && width === 1 ? String(channels) : `${height}×${width}×${channels}`;
}

/** `, sees 195 px, neighbours 32 px apart`; nothing behind the last grid, where all is seen. */
export function fieldText(row: ShapedRow): string {
  const { receptiveFieldPixels, receptiveFieldStridePixels } = row;
  if (receptiveFieldPixels === null || receptiveFieldStridePixels === null) return "";
  return `, sees ${pixels(receptiveFieldPixels)}, neighbours ${pixels(receptiveFieldStridePixels)} apart`;
}

export interface NetworkFigure {
  readonly name: string;
  readonly value: string;
  /** What the paper prints of it, with the place; null where nothing is known or the size is another. */
  readonly printed: string | null;
  /** What the figure counts. */
  readonly about: string;
  /** Its word in the glossary. */
  readonly term: string;
}

/** The figures under a network, each with its unit. */
export function networkFigures(
  totals: ArchitectureTotals & Pick<ArchitectureView, "published">,
): readonly NetworkFigure[] {
  const side = totals.auxiliaryParameters;
  const { published } = totals;
  const printed = (figure: number | undefined) =>
    published && figure !== undefined ? `paper: ${magnitude(figure)}, ${published.source}` : null;
  const inSide: NetworkFigure = {
    name: "in auxiliary heads",
    term: "auxiliary-head",
    value: magnitude(side),
    printed: null,
    about: "Weights of classifiers beside the trunk. They help training and are left out of every evaluation.",
  };
  return [
    {
      name: "Parameters",
      term: "parameters",
      value: magnitude(totals.parameters),
      printed: printed(published?.parameters),
      about: "Trainable weights of the network, without auxiliary heads.",
    },
    ...(side > 0 ? [inSide] : []),
    {
      name: "Multiply-adds a picture",
      term: "multiply-adds",
      value: magnitude(totals.multiplyAdds),
      printed: printed(published?.multiplyAdds),
      about: "Products that are added up in one forward pass. A training step costs about three times as many.",
    },
    {
      name: "Receptive field",
      term: "receptive-field",
      value: pixels(totals.receptiveFieldPixels),
      printed: null,
      about: "Side of the square of input that one value of the last grid sees. It may be larger than the picture.",
    },
    {
      name: "Longest path",
      term: "layers",
      value: counted(totals.longestPathLayers, "layer"),
      printed: null,
      about:
        "Convolutions and dense layers one behind the other, counted in the table. Papers count in their own ways.",
    },
    {
      name: "Paths",
      term: "paths",
      value: totals.paths < 10_000 ? count(totals.paths) : magnitude(totals.paths),
      printed: null,
      about: "Paths from input to output: branches add, modules behind each other multiply.",
    },
  ];
}

export const toneTexts = {
  convolution: "Convolution",
  module: "Module",
  reduction: "Grid reduction",
  pool: "Pool",
  dense: "Dense",
  auxiliary: "Auxiliary head",
  thin: "Dropout, norm, flatten",
} as const;

export const rowKindTexts: Readonly<Record<ShapedRow["kind"], string>> = {
  convolution: "convolution",
  pool: "pool",
  "adaptive-pool": "adaptive pool",
  "local-response-norm": "local response norm",
  dropout: "dropout",
  flatten: "flatten",
  dense: "dense",
  branches: "module",
  auxiliary: "auxiliary head",
};
