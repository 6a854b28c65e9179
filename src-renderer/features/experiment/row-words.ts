/** A row of an experiment in words: `label smoothing 0.1, learning rate 0.02`. */
import type { ExperimentRequest, ExperimentRow, Factor, Level } from "../../../src-main/contract/experiment.ts";
import { lowerFirst } from "../../../src-main/domain/settings/setting.ts";
import { factorTitle, levelText } from "../../entities/experiment/experiment-texts.ts";
import { noBreakSpace } from "../../lib/format.ts";

export function rowWords({ factors }: ExperimentRequest, { levels }: ExperimentRow): string {
  return factors.map((factor, index) => levelWords(factor, levels[index])).join(", ");
}

/** A named arm by its name alone. */
export function levelWords(factor: Factor, level: Level | undefined): string {
  if (level === undefined) return "";
  if (!("setting" in factor)) return levelText(level);
  // A unit stands behind the number, not behind the title as over a column.
  const [title = "", unit] = factorTitle(factor).split(", ");
  return `${lowerFirst(title)} ${levelText(level)}${unit === undefined ? "" : `${noBreakSpace}${unit}`}`;
}
