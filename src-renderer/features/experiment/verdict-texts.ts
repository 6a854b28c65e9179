/** Words of what can be told of an experiment's rows but for chance. */
import type { ExperimentVerdict, MeasureVerdict } from "../../../src-main/contract/verdict.ts";
import { againstInWords } from "../../../src-main/domain/verdicts/verdict-words.ts";
import { counted } from "../../lib/format.ts";

export const verdictTexts = {
  title: "More than chance?",
  loading: "Working out which differences are more than chance",
  aside: (verdict: ExperimentVerdict) => `Each row ${againstInWords(verdict)}, on the ${verdict.split} pictures`,
  /** @param told those of them in which a difference was found */
  more: (rows: number, told: number) =>
    `${counted(rows, "more row")} in words${told > 0 ? `, ${told} of them with a difference` : ""}`,
  table: "Differences with their intervals",
  over: (reach: string) => `over ${reach}`,
  measure: "Figure",
  difference: "Difference",
  interval: "95 % interval",
  p: (arms: number) => (arms < 2 ? "p" : "p, corrected"),
  told: "What it says",
  verdict: ({ isTold, value, low, high }: MeasureVerdict) => {
    if (isTold) return value > 0 ? "higher" : "lower";
    return low > 0 || high < 0 ? "could be chance among so many" : "could be chance";
  },
} as const;
