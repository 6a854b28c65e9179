/** A row of an experiment in words: `label smoothing 0.1, learning rate 0.02`. */
import type { ExperimentRequest, ExperimentRow, Factor, Level } from "../../../src-main/contract/experiment.ts";
import { lowerFirst } from "../../../src-main/domain/settings/setting.ts";
import { factorTitle, levelText } from "../../entities/experiment/experiment-texts.ts";

export function rowWords({ factors }: ExperimentRequest, { levels }: ExperimentRow): string {
  return factors.map((factor, index) => levelWords(factor, levels[index])).join(", ");
}

/** A named arm by its name alone. */
export function levelWords(factor: Factor, level: Level | undefined): string {
  if (level === undefined) return "";
  return "setting" in factor ? `${lowerFirst(factorTitle(factor))} ${levelText(level)}` : levelText(level);
}

/** The same with what differs first, for where long names are cut: `0.1 label smoothing`, `Inception-v3`. */
export function shortRowWords({ factors }: ExperimentRequest, { levels }: ExperimentRow): string {
  const words = factors.map((factor, index) => {
    const level = levels[index];
    if (level === undefined) return "";
    const text = levelText(level);
    return "setting" in factor && /^[\d.,%\s]+$/.test(text) ? `${text} ${lowerFirst(factorTitle(factor))}` : text;
  });
  return words.join(", ");
}
