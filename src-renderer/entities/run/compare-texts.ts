/** Words of the Compare page. */
import type { SplitName } from "../../../src-main/contract/dataset.ts";
import { count, counted, percent } from "../../lib/format.ts";
import { splitTexts } from "./run-texts.ts";

export const compareTexts = {
  page: "What differed?",
  over: (experimentId: number | null) => (experimentId === null ? "Compare" : `Compare · experiment ${experimentId}`),
  seed: (seed: number) => `seed ${seed}`,
  loading: "Loading the comparison",
  noneTitle: "Nothing to compare yet",
  noneText: "Train a pair, or any two runs on the same pictures, and what differs between them stands here.",
  train: "Set up a pair",
  chooseTitle: "Choose two runs",
  chooseText: "Runs on the same pictures, or on versions of them, can be compared.",
  choose: "Compare other runs",
  calibration: "Calibration",
  classes: "Classes",
  allInCell: "All its pictures",
  chooseRun: (name: string) => `Choose ${name}`,
  singleText: "This run stands alone. Choose one to set beside it.",
  listedOf: (listed: number, all: number) => `${count(listed)} of ${count(all)}`,
  selectTwo: "Select two to compare.",
  otherPictures: (id: number, than: number) => `Run ${id} was trained on other pictures than run ${than}.`,
  onOtherPictures: "trained on other pictures",
  tooMany: (most: number) => `At most ${most} can be compared.`,
  noMate: "No other run on the same pictures has finished.",
  allRuns: "All runs",
  retry: "Try again",
  figures: "Final figures",
  validationFigures: (pictures: number) =>
    `validation, ${counted(pictures, "picture")}, as the curves below: choose by these`,
  objectiveNote: "The objective of these pictures leaves auxiliary heads out, which the curve of training has in it.",
  differences: "What was set differently",
  setting: "Setting",
  run: "Run",
  settingsTable: "Settings, a run a row",
  curves: "A plot for each run, with the same axes",
  curvesOf: "Curves of",
  noDifferences: (runs: number) => `Every setting is the same in ${runs === 2 ? "both" : "all"}.`,
  sharedReach: (pictures: string, runs: number) =>
    `the ${pictures} that ${runs === 2 ? "both versions" : "all versions"} have unchanged`,
  leftOut: (names: readonly string[], leftOut: readonly number[]) =>
    `Left out, because a version lacks them or has another label or split for them: ${names
      .map((name, index) => `${count(leftOut[index] ?? 0)} of ${name}`)
      .join(", ")}. Curves are of each run’s own pictures.`,
  samePair: "All else was the same: pictures, split, first weights, batch order.",
  sameWeights: "The pictures, their split and the first weights were the same.",
  sameWeightsOnVersions: "The first weights were the same.",
  confusionTitle: "Confusion",
  confusion: (name: string) => `Confusion, ${name}`,
  confusionHint: "rows true, columns predicted",
  noConfusion: "No matrix was recorded for this run.",
  cell: (truth: string, said: string, count: number, ofTruth: number) =>
    truth === said
      ? `${truth} predicted correctly: ${count} of ${ofTruth}`
      : `${truth} predicted as ${said}: ${count} of ${ofTruth}`,
  keys: "Arrow keys move from cell to cell; Enter shows the pictures of one.",
  mistakes: "Most confident mistakes",
  mistakesAside: (split: SplitName | null) =>
    `Of the ${split === null ? "" : `${splitTexts[split]} `}pictures: each one’s class, then what each run said and how sure it was.`,
  noMistakes: "No mistake on any of these pictures.",
  mistakesNotYet: "Answers to single pictures are recorded when a run is trained to its end.",
  knownAs: (truth: string) => `${truth}, predicted correctly`,
  mistakesOf: (truth: string, said: string) => `${truth} predicted as ${said}`,
  shownOf: (shown: number, all: number) =>
    shown === 0
      ? `None of these ${counted(all, "picture")} is among the most confident mistakes.`
      : `${shown} of ${counted(all, "picture")}, the most confident`,
  allMistakes: "Show all mistakes",
  right: "right",
  answer: (name: string, confidence: number) => `${name} ${percent(confidence, 0)}`,
  picture: (name: string) => `A picture of class ${name}`,
  sure: (confidence: number) => `(${percent(confidence, 0)})`,
  more: "Show more",
  pick: "Choose",
  top1: (percent: string, split: SplitName, pictures: number) =>
    `top-1 ${percent} on ${counted(pictures, `${splitTexts[split]} picture`)}`,
  truth: "True class",
  said: "Said",
  pictures: "Pictures",
  listCaption: "The classes most often mixed up",
  showList: (name: string) => `Confusion of ${name} as a list`,
  showMatrix: (name: string) => `Confusion of ${name} as a matrix`,
  matrixLabel: (name: string, worst: string) => `Confusion matrix of ${name}. Most often mixed up: ${worst}`,
} as const;
