/** What each run is called and drawn in when several stand together: the same everywhere that they are shown. */

import type { RunView } from "../../../src-main/contract/run.ts";
import { isOfSameBlock } from "../../../src-main/domain/experiments/blocks.ts";
import { armLetter } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { isolated } from "../../lib/names.ts";
import { differingWords } from "./differing-words.ts";
import { armNamesOf } from "./run-texts.ts";

export interface RunStyle {
  readonly run: RunView;
  /** In full, e.g. `Smoothed ε 0.1`. */
  readonly name: string;
  /** Inside a sentence or at a line's end, e.g. `smoothed`. */
  readonly short: string;
  /** Place in the fixed order of hues. */
  readonly hue: number;
  /** Its letter; null where the runs are not arms of one block. */
  readonly arm: string | null;
}

/**
 * Arms of one block are called by what differs and take the arms' hues. Any other runs are called by the title that a person gave, else by what differs, or by
 * their own titles where that tells them not apart, with their number where two titles are alike, and take the hues in the order given. A single run needs no more than its network's name at a line's end.
 */
export function styleRuns(runs: readonly RunView[]): RunStyle[] {
  const [first] = runs;
  const areArms = first !== undefined && runs.every((run) => run.experiment?.arm != null && isOfSameBlock(run, first));
  if (areArms) return runs.map(armStyle);
  if (runs.length === 1 && first)
    return [{ run: first, name: isolated(first.title), short: first.model.title, hue: 0, arm: null }];
  const words = differingWords(runs);
  return runs.map((run, index) => {
    const told = words[index] ?? null;
    // A title that a person gave says more than the settings do.
    if (told !== null && givenTitle(run) === null && words.indexOf(told) === words.lastIndexOf(told))
      return { run, name: told.charAt(0).toUpperCase() + told.slice(1), short: told, hue: index, arm: null };
    const isAlone = runs.filter((other) => other.title === run.title).length === 1;
    const title = isolated(run.title);
    const name = isAlone ? title : `${title} (run ${run.id})`;
    return { run, name, short: isAlone ? title : `run ${run.id}`, hue: index, arm: null };
  });
}

function armStyle(run: RunView): RunStyle {
  const arm = run.experiment?.arm ?? 0;
  const names = armNamesOf(run);
  const letter = armLetter(arm);
  // What a person called an arm is not cut.
  const isNamed = run.experiment?.differs.some((factor) => "arms" in factor) ?? false;
  const short = (isNamed ? names : shortNames(names))[arm] ?? letter;
  return { run, name: names[arm] ?? `Arm ${letter}`, short, hue: arm, arm: letter };
}

/** `One-hot`, `Smoothed ε 0.1` → `one-hot`, `smoothed`: the number goes where the words alone tell the arms apart. */
export function shortNames(names: readonly string[]): readonly string[] {
  const words = names.map((name) => name.split(/[\s,]/, 1)[0] ?? name);
  const areTold = new Set(words).size === names.length && !words.some((word) => /^\d/.test(word));
  return (areTold ? words : names).map(inSentence);
}

/** A name's first letter made small, unless it is an abbreviation's or a proper name's (`SGD`, `RMSProp`, `Adam`). */
function inSentence(name: string): string {
  return /^(One-hot|Smoothed|Decay|Arm)\b/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** The title that a person gave; null for the one that the engine gives, which says no more than the network and the arm. */
export function givenTitle(run: RunView): string | null {
  return run.title === run.model.title || run.title.startsWith(`${run.model.title}, `) ? null : run.title;
}

/** `one-hot against smoothed`. */
export function againstText(runStyles: readonly RunStyle[]): string {
  return runStyles.map((runStyle) => runStyle.short).join(" against ");
}
