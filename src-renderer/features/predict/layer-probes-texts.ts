/** Words of how much of the class can be read at each depth. */
import type { LayerProbe, LayerProbes } from "../../../src-main/contract/inference.ts";
import { roundedPercent } from "../../../src-main/domain/rounding.ts";
import { count, counted, noBreakSpace, percent } from "../../lib/format.ts";

export const probesTexts = {
  title: "How much of the class can be read at each depth",
  about:
    "A linear classifier (logistic regression) is trained on what each layer gives, averaged over its grid, and asked about pictures that neither it nor the network was trained on. The same classifier on the pixels themselves is the shallow baseline.",
  probe: "Read the layers",
  probing: "Training the classifiers",
  pixels: "pixels",
  axis: "Validation accuracy",
  chart: (names: readonly string[]): string =>
    `Validation accuracy of a linear classifier on each layer of ${names.join(" and ")}, from the pixels on`,
  found: (name: string, { layers }: LayerProbes, pixels: LayerProbe | null): string => {
    const best = layers.reduce((most, own) => (own.share > most.share ? own : most));
    const from = pixels === null ? "" : `, against ${percent(pixels.share)} from the pixels`;
    return `${name}: most at ${best.row}, ${shareText(best)}${from}.`;
  },
  from: ({ train, validation }: LayerProbes, side: number | null): string =>
    `Learned from ${ofAll(train, "training")}, a fifth of them first held out to choose how strongly weights are held back (L2); asked about ${ofAll(validation, "validation")}. Intervals are Wilson’s, 95 %, over pictures.${side === null ? "" : ` Pixels are those of squares of ${side}${noBreakSpace}×${noBreakSpace}${side}.`}`,
  caveat:
    "The network was trained on the pictures that the classifiers learn from. A probe says what a straight cut through a layer’s means can tell, not what the network makes use of. A layer with more channels gives the classifier more to go by.",
  table: "The accuracies as a table",
  layer: "Layer",
  share: (own: LayerProbe | null): string => (own === null ? "–" : shareText(own)),
};

function ofAll({ pictures, all }: LayerProbes["train"], split: string): string {
  return pictures === all
    ? `all ${counted(all, `${split} picture`)}`
    : `${count(pictures)} of ${counted(all, `${split} picture`)}`;
}

function shareText({ share, interval, channels }: LayerProbe): string {
  const range = interval === null ? "" : ` (${roundedPercent(interval.low)} to ${percent(interval.high)})`;
  return `${percent(share)}${range}, ${counted(channels, "value")}`;
}
