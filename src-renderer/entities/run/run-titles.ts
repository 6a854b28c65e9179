/** What an experiment is called, and where it stands in the record. */

import type { RunView } from "../../../src-main/contract/run.ts";
import { counted } from "../../lib/format.ts";
import { isolated } from "../../lib/names.ts";
import { liveTexts } from "./live-texts.ts";
import { againstText, type RunStyle } from "./run-styles.ts";

/** More are counted. */
const mostInTitle = 4;

/**
 * `Inception-v3 on cifar10-mini: one-hot against smoothed` for a pair; a single run goes by its own title, and runs of no pair by theirs, said
 * once where they are alike: `Inception-v3 on cifar10-mini: run 3 against run 7`.
 */
export function experimentTitle(runStyles: readonly RunStyle[]): string {
  const [first] = runStyles;
  if (!first) return "";
  if (runStyles.length === 1) return singleTitle(first.run);
  if (first.arm !== null)
    return `${first.run.model.title} on ${isolated(first.run.dataset.name)}: ${againstText(runStyles)}`;
  if (runStyles.length > mostInTitle)
    return `${counted(runStyles.length, "run")} on ${isolated(first.run.dataset.name)}`;
  const titles = new Set(runStyles.map((runStyle) => isolated(runStyle.run.title)));
  const against = againstText(runStyles);
  return titles.size === 1
    ? `${singleTitle(first.run)}: ${against}`
    : against.charAt(0).toUpperCase() + against.slice(1);
}

/** A run's own title; where that is its network's name alone, with the pictures. */
export function singleTitle(run: RunView): string {
  return run.title === run.model.title ? `${run.title} on ${isolated(run.dataset.name)}` : isolated(run.title);
}

/** `Experiment 14 · pair · seed 1`, or `Run 3 · seed 1`. */
export function whereText(runs: readonly RunView[]): string {
  const [first] = runs;
  if (!first) return "";
  const parts =
    first.experiment === null
      ? [liveTexts.run(first.id)]
      : [
          liveTexts.experiment(first.experiment.id),
          ...(first.experiment.arm === null ? [liveTexts.run(first.id)] : runs.length === 2 ? [liveTexts.pair] : []),
        ];
  return liveTexts.over([...parts, liveTexts.seed(first.configuration.seed)]);
}
