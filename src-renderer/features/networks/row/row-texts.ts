/** Words of what is told of a row. */
import type { Origin } from "./row-figures.ts";

export const originTexts: Readonly<Record<Origin, string>> = {
  calculated: "calculated",
  measured: "measured here",
  cited: "cited",
};

/** Which of a row’s figures have a word in the glossary. */
export const rowFigureTerms: Readonly<Record<string, string>> = {
  Parameters: "parameters",
  "Multiply-adds": "multiply-adds",
  "Receptive field": "receptive-field",
  "Layers to here": "layers",
  Paths: "paths",
};

export const rowTexts = {
  allCalculated: "Calculated from the network's rows.",
  batch: "Pictures in a batch",
  seesTitle: "What it sees",
  sees: (name: string, width: number, height: number, side: number, share: string) =>
    `The middle value of ${name} sees ${width} × ${height} px around the middle of ${side} × ${side} px: ${share} of the picture.`,
  seesAll: (name: string) => `Every value of ${name} sees the whole picture.`,
  beyond: "What lies outside of the picture is padding.",
} as const;
