/** Too few pictures: of a class to learn it by, or of a split to measure accuracy on. */
import { wilsonInterval } from "../statistics/wilson-interval.ts";
import { type FindingKind, finding } from "./finding.ts";
import { countInWords, namesInWords, percentInWords, splitWords } from "./words.ts";

/** With fewer training pictures a class is hardly learnt, with fewer than `fewest` by heart at most. */
const fewTraining = 20;
const fewest = 5;
/** Half of the 95 % interval of an accuracy of 50 %, above which a figure says little. */
const widestHalf = 0.1;

export const smallClasses: FindingKind = ({ view }) => {
  const small = view.classes.filter(({ train }) => train < fewTraining).sort((a, b) => a.train - b.train);
  const [smallest] = small;
  if (!smallest) return [];
  const names = small.map(({ name }) => name);
  return [
    finding({
      id: "small-classes",
      severity: smallest.train < fewest ? "serious" : "warning",
      title: `Fewer than ${fewTraining} training pictures of ${countInWords(small.length, "class", "classes")}`,
      text: `${namesInWords(names)}: ${countInWords(smallest.train, "training picture")} in the smallest. A network learns so few by heart.`,
      remedy: "Add pictures, begin from weights that were trained elsewhere, or leave the class out.",
      classes: names,
    }),
  ];
};

export const smallSplits: FindingKind = ({ view }) =>
  (["validation", "test"] as const).flatMap((split) => {
    const pictures = view.counts[split];
    const interval = wilsonInterval(0.5, pictures);
    if (!interval || interval.high - 0.5 <= widestHalf) return [];
    const half = interval.high - 0.5;
    return [
      finding({
        id: `small-split-${split}`,
        severity: "warning",
        title: `Only ${countInWords(pictures, `${splitWords[split]} picture`)}`,
        text: `One picture is ${percentInWords(1 / pictures)} of the accuracy. An accuracy of 50 % may as well be ${percentInWords(0.5 - half)} or ${percentInWords(0.5 + half)} (95 % interval).`,
        remedy: `Add ${splitWords[split]} pictures, make the split anew with a larger share, or judge only large differences.`,
        split,
        splitAnew: { group: null },
      }),
    ];
  });
