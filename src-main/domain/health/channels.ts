/** Mean and spread of red, green and blue, as papers give them for preprocessing. */
import { roundedDecimal } from "../rounding.ts";
import { type FindingKind, finding } from "./finding.ts";

export const channelStatistics: FindingKind = ({ scan }) => {
  if (!scan) return [];
  const inWords = (values: readonly number[]) => values.map((value) => roundedDecimal(value, 3)).join(", ");
  return [
    finding({
      id: "channels",
      severity: "note",
      title: "Mean and spread of the training pictures’ colours",
      text: `Red, green and blue have means of ${inWords(scan.channels.mean)} and standard deviations of ${inWords(scan.channels.spread)}, where black is 0 and white is 1.`,
      split: "train",
      remedy:
        "Nothing needs to be done. Compare them with those of the pictures that imported weights were trained on.",
    }),
  ];
};
