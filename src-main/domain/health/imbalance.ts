/** Classes of very different size, where accuracy flatters a network that always says the largest. */
import { type FindingKind, finding } from "./finding.ts";
import { countInWords, percentInWords, quoted, splitWords } from "./words.ts";

/** The largest class over the smallest. */
const uneven = 2;
const veryUneven = 10;

export const imbalance: FindingKind = ({ view }) => {
  const bySize = [...view.classes].sort((a, b) => b.train - a.train);
  const [largest, smallest] = [bySize[0], bySize.at(-1)];
  if (!largest || !smallest || largest.train < uneven * smallest.train) return [];
  const guessed = (["validation", "test"] as const)
    .filter((split) => view.counts[split] > 0)
    .map((split) => `${percentInWords(largest[split] / view.counts[split])} on the ${splitWords[split]} pictures`);
  return [
    finding({
      id: "imbalance",
      severity: largest.train >= veryUneven * smallest.train ? "serious" : "warning",
      title: "Classes of very different size",
      text:
        `${quoted(largest.name)} has ${countInWords(largest.train, "training picture")}, ${quoted(smallest.name)} ${countInWords(smallest.train, "picture")}. ` +
        `Always answering ${quoted(largest.name)} is an accuracy of ${guessed.join(" and ")}.`,
      remedy:
        "Compare accuracy with that figure, look at balanced accuracy and at each class, and train on them as equals by Class weights or Balanced sampling; or exclude pictures of the largest, by Mend pictures or data exclude.",
      classes: [largest.name, smallest.name],
    }),
  ];
};
