/** Words for going through label suspects. */

import type { SplitName } from "../../../../src-main/contract/dataset.ts";
import type { DatasetVersionView } from "../../../../src-main/contract/dataset-version.ts";
import type { AskedRun, LabelSuspect, LabelSuspects } from "../../../../src-main/contract/label-suspects.ts";
import { versionInWords } from "../../../../src-main/domain/versions/words.ts";
import type { RunPair } from "../../../entities/run/pair-of-run.ts";
import { splitTexts } from "../../../entities/run/run-texts.ts";
import { count, counted, percent } from "../../../lib/format.ts";
import { isolated } from "../../../lib/names.ts";
import type { Decision } from "./suspects.svelte.ts";

export const suspectsTexts = {
  open: "Label suspects…",
  about: "Pictures whose labels are likely wrong, by what was answered to pictures that were held out",
  title: "Label suspects",
  description:
    "Decide picture by picture, the least likely label first. Files stay as they are: what you decide is saved as a version of the data set.",
  loading: "Looking for labels that are likely wrong",
  none: "No picture that was held out looks like another class than its label says.",
  keys: "A accepts the suggested class, K keeps the label, X excludes the picture, a number picks a class, U or Ctrl+Z undoes.",
  suspect: "Suspect",
  labelled: "Labelled",
  resembles: "looks like",
  answers: "What each run answered",
  run: "Run",
  answer: "Answer",
  probability: "Probability",
  ofLabel: "Of the label",
  accept: (name: string) => `It is ${isolated(name)}`,
  keep: (name: string) => `Keep ${isolated(name)}`,
  exclude: "Exclude",
  another: "Another class",
  choose: "Another class…",
  undo: "Undo",
  progress: "Suspects decided on",
  allDone: "You have been through all of them.",
  note: "Note",
  noteFor: (runIds: readonly number[]) => `label suspects of ${askedRunsText(runIds)}`,
  save: "Save as a new version",
  undecided: "You can save at any time: what you have not decided on keeps its label.",
  retrain: "Retrain with the mended labels",
  retrainAbout: (pair: RunPair | null, runId: number) =>
    `Fills the Train page as ${pair === null ? `run ${runId}` : `the pair of run ${runId}`} was set up, with this version of the pictures. Nothing starts by itself. Compare then says what it gained, on the test pictures that both versions have unchanged.`,
} as const;

/** As in `runs 3 to 7`, `runs 3 and 5`. */
export function askedRunsText(runIds: readonly number[]): string {
  const [first = 0, ...others] = [...runIds].sort((a, b) => a - b);
  const last = others.at(-1);
  if (last === undefined) return `run ${first}`;
  if (others.length > 1 && last - first === others.length) return `runs ${first} to ${last}`;
  return `runs ${[first, ...others.slice(0, -1)].join(", ")} and ${last}`;
}

/** Where the probabilities come from. */
export function answersText({ asked, pictures, count: suspects, first }: LabelSuspects): string {
  const [whole, folds] = [asked.filter(({ fold }) => fold === null), asked.filter(({ fold }) => fold !== null)];
  const of = [
    ...(whole[0]
      ? [
          `${listedOf(whole)}, about the ${splitTexts[whole[0].split]} pictures, which ${one(whole, "it", "they")} did not learn from`,
        ]
      : []),
    ...(folds[0]?.fold
      ? [
          `${listedOf(folds)}, ${one(folds, "about the fold that it", "each about the fold that it")} held out${missingFolds(folds.length, folds[0].fold.count)}`,
        ]
      : []),
  ];
  const shown = suspects > first.length ? ` The surest ${count(first.length)} are shown.` : "";
  return `${count(suspects)} of ${counted(pictures, "picture")} that were held out look like another class than their label says. Probabilities are those of ${of.join("; of ")}.${shown}`;
}

const listedOf = (asked: readonly AskedRun[]): string => askedRunsText(asked.map(({ runId }) => runId));
const one = (asked: readonly AskedRun[], single: string, several: string): string =>
  asked.length === 1 ? single : several;
const missingFolds = (asked: number, all: number): string => (asked === all ? "" : ` (${asked} of ${all} folds)`);

/** As in `Run 11, fold 1 of 5`. */
export function askedRunText({ runId, fold, split }: AskedRun): string {
  return fold === null
    ? `Run ${runId}, ${splitTexts[split]} pictures`
    : `Run ${runId}, fold ${fold.index} of ${fold.count}`;
}

export function pictureText({ label, split, name }: LabelSuspect): string {
  const titles: Readonly<Record<SplitName, string>> = { train: "Training", validation: "Validation", test: "Test" };
  return isolated(`${titles[split]} picture ${name}, labelled ${label}`);
}

const decisionWords = (decision: Decision): string => {
  switch (decision.kind) {
    case "relabel":
      return `relabelled as ${isolated(decision.className)}`;
    case "exclude":
      return "excluded";
    case "keep":
      return "keeps its label";
  }
};

/** For those who do not see the next picture come. */
export function saidText(
  last: { readonly decision: Decision; readonly suspect: LabelSuspect } | null,
  current: LabelSuspect | null,
  place: { readonly number: number; readonly of: number },
): string {
  const before = last === null ? "" : `${isolated(last.suspect.name)} ${decisionWords(last.decision)}. `;
  if (current === null) return `${before}${suspectsTexts.allDone}`;
  return `${before}${placeText(place)}: labelled ${isolated(current.label)}, looks like ${isolated(current.resembles)} with ${percent(current.confidence, 0)}.`;
}

export const placeText = ({ number, of }: { readonly number: number; readonly of: number }): string =>
  `${count(number)} of ${count(of)}`;

/** As in `5 relabelled, 1 excluded, 6 kept`. */
export function decisionsText(decisions: readonly Decision[]): string {
  const many = (kind: Decision["kind"]) => decisions.filter((decision) => decision.kind === kind).length;
  return `${count(many("relabel"))} relabelled, ${count(many("exclude"))} excluded, ${count(many("keep"))} kept`;
}

export function savedText(version: DatasetVersionView, decisions: readonly Decision[]): string {
  return isolated(`Saved as ${versionInWords(version)}: ${decisionsText(decisions)}.`);
}
