/** Words of what a network makes of three classes in front of its last layer. */
import type { ClassPlane, PlaneSplit } from "../../../src-main/contract/inference.ts";
import { roundedDecimal } from "../../../src-main/domain/rounding.ts";
import { counted } from "../../lib/format.ts";

const splitNames = { train: "Training pictures", validation: "Validation pictures", test: "Test pictures" } as const;

export const classPlanesTexts = {
  title: "Three classes in front of the last layer",
  about:
    "Each mark is a picture: what the network has made of it before its last layer, seen on the plane through the three classes’ templates (the last layer’s weights for each class). Two classes whose templates are most alike are suggested, and one that is like neither.",
  class: (place: number): string => ["First class", "Second class", "Third class"][place]!,
  suggest: "Suggest three",
  look: "Look at three classes",
  looking: "Asking the network",
  plot: (name: string, split: PlaneSplit["split"]): string => `${name}: ${splitNames[split].toLowerCase()}`,
  pictures: ({ pictures, all, split }: PlaneSplit): string =>
    `${pictures === all ? `All ${counted(all, "picture")}` : `${pictures} of ${counted(all, "picture")}`} of the three classes in the ${split} split.`,
  tightness: ({ tightness: found }: PlaneSplit): string =>
    found === null
      ? "Spread: a class has too few pictures for a figure."
      : `Spread ${figure(found.ratio)} (95 % interval over pictures ${figure(found.low)} to ${figure(found.high)})`,
  spreadAbout: ({ row, channels }: ClassPlane): string =>
    `Spread is our own measure, over all ${channels} channels of ${row} and not on the plane: the mean squared distance of a class’s pictures from the class’s mean, divided by the mean squared distance between the classes’ means, both corrected for how few the pictures are. 0 where each class is one point.`,
  published:
    "Published for label smoothing (Müller, Kornblith and Hinton 2019): pictures of a class gather in tighter clusters, as far from one of the other classes as from the next; without smoothing they spread more broadly, and like classes lie near each other.",
  /** Of two networks, what the intervals bear out and no more. */
  compared: (
    split: PlaneSplit["split"],
    arms: readonly { readonly name: string; readonly own: PlaneSplit }[],
  ): string | null => {
    const [one, other] = arms;
    if (!one?.own.tightness || !other?.own.tightness) return null;
    const where = `On ${splitNames[split].toLowerCase()}`;
    const [tighter, wider] = one.own.tightness.ratio <= other.own.tightness.ratio ? [one, other] : [other, one];
    return tighter.own.tightness!.high < wider.own.tightness!.low
      ? `${where} the clusters of ${tighter.name} are tighter than those of ${wider.name}: the intervals are apart.`
      : `${where} the two intervals overlap: they do not tell the networks apart.`;
  },
  caveat: "The intervals are over pictures. Another seed may give other networks: these are one of each.",
  table: "The figures as a table",
  tableOf: {
    network: "Network",
    split: "Split",
    class: "Class",
    pictures: "Pictures",
    across: "Centre across",
    up: "Centre up",
    from: "Mean distance from it",
  },
  split: (split: PlaneSplit["split"]): string => splitNames[split],
  sentence: (name: string, own: PlaneSplit, classes: readonly string[]): string =>
    `${classPlanesTexts.plot(name, own.split)}. ${counted(own.points.length, "picture")} of ${classes.join(", ")} on the plane of their templates. ${classPlanesTexts.tightness(own)}.`,
};

function figure(value: number): string {
  return roundedDecimal(value, 2);
}
