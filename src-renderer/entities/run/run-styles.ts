/** What each run is called and drawn in when several stand together: the same everywhere that they are shown. */

import type { RunView } from "../../../src-main/contract/run.ts";
import { isolated } from "../../lib/names.ts";
import { armNames } from "./run-texts.ts";

export interface RunStyle {
  readonly run: RunView;
  /** In full, e.g. `Smoothed ε 0.1`. */
  readonly name: string;
  /** Inside a sentence or at a line's end, e.g. `smoothed`. */
  readonly short: string;
  /** Place in the fixed order of hues. */
  readonly hue: number;
  readonly arm: "A" | "B" | null;
}

/**
 * Arms of one pair are called by the setting that differs and take the arms' hues. Any other runs are called by their titles, with their
 * number where two titles are alike, and take the hues in the order given. A single run needs no more than its network's name at a line's end.
 */
export function styleRuns(runs: readonly RunView[]): RunStyle[] {
  const [first] = runs;
  const isPair =
    first?.experimentId != null && runs.every((run) => run.experimentId === first.experimentId && run.pair && run.arm);
  if (isPair && new Set(runs.map((run) => run.arm)).size === runs.length) return runs.map(armStyle);
  if (runs.length === 1 && first)
    return [{ run: first, name: isolated(first.title), short: first.model.title, hue: 0, arm: null }];
  return runs.map((run, index) => {
    const isAlone = runs.filter((other) => other.title === run.title).length === 1;
    const title = isolated(run.title);
    const name = isAlone ? title : `${title} (run ${run.id})`;
    return { run, name, short: isAlone ? title : `run ${run.id}`, hue: index, arm: null };
  });
}

function armStyle(run: RunView): RunStyle {
  const index = run.arm === "B" ? 1 : 0;
  const names = run.pair ? armNames(run.pair) : (["Arm A", "Arm B"] as const);
  return { run, name: names[index], short: shortNames(names)[index], hue: index, arm: index === 1 ? "B" : "A" };
}

/** `One-hot`, `Smoothed ε 0.1` → `one-hot`, `smoothed`: the number goes where the word alone tells the arms apart. */
export function shortNames(names: readonly [string, string]): readonly [string, string] {
  const words = names.map((name) => name.split(/[\s,]/, 1)[0] ?? name);
  const told = words[0] === words[1] || /^\d/.test(words[0] ?? "") ? names : words;
  return [inSentence(told[0] ?? names[0]), inSentence(told[1] ?? names[1])];
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
