/** What a comparison shows, in sentences that claim no more than one look at these pictures can carry. */

import type { ComparisonView } from "../../../src-main/contract/comparison.ts";
import type { EvaluationResult } from "../../../src-main/contract/metric.ts";
import { ece } from "../../../src-main/domain/metrics/ece.ts";
import { hardLoss } from "../../../src-main/domain/metrics/hard-loss.ts";
import { valueIn } from "../../../src-main/domain/metrics/metric.ts";
import { scaleOf } from "../../../src-main/domain/metrics/metric-unit.ts";
import {
  eceDifferenceInWords,
  lossDifferenceInWords,
  mcnemarInWords,
} from "../../../src-main/domain/verdicts/paired-words.ts";
import { moreAccurate } from "../../../src-main/domain/verdicts/verdict.ts";
import { compareTexts } from "../../entities/run/compare-texts.ts";
import type { RunStyle } from "../../entities/run/run-styles.ts";
import { counted, decimal, percent, points } from "../../lib/format.ts";

/** A piece of a sentence; the strong ones are what the page says loudest. */
export interface StatementPart {
  readonly text: string;
  readonly isStrong: boolean;
}

const plainPart = (text: string): StatementPart => ({ text, isStrong: false });
const strongPart = (text: string): StatementPart => ({ text, isStrong: true });

/** Two runs in sentences: accuracy first, with its interval, then the figures that have none, stated and not judged. `runStyles` are the view's runs in its order. */
export function comparisonStatement(view: ComparisonView, runStyles: readonly RunStyle[]): StatementPart[] {
  const [a, b] = runStyles;
  if (!a || !b) return [];
  if (runStyles.length > 2)
    return [plainPart("More than two runs: compare the figures; a difference with its interval is told for two.")];
  const [first, second] = view.results;
  if (!first || !second || view.split === null)
    return [strongPart(missing(view, a, b)), plainPart(" Nothing can be told yet.")];
  const pictures = counted(second.pictures, "picture").replace("picture", `${view.split} picture`);
  const over = view.shared ? compareTexts.sharedReach(pictures, 2) : `these ${pictures}`;
  return [...accuracy(view, [a, b], over), plainPart(withoutVerdict(view, [first, second], [a, b]))];
}

function missing(view: ComparisonView, a: RunStyle, b: RunStyle): string {
  const without = [a, b].filter((_, index) => !view.results[index]).map((runStyle) => capital(runStyle.short));
  if (without.length === 0) return "The runs were not looked at on the same pictures.";
  return without.length === 2 ? "Neither run has final figures." : `${without[0]} has no final figures.`;
}

function accuracy(view: ComparisonView, runStyles: [RunStyle, RunStyle], over: string): StatementPart[] {
  const difference = view.top1Difference;
  // What the claim holds for is part of the claim, and as loud.
  const reach = `over ${over}, ${seedText(runStyles)}`;
  if (difference === null) {
    const [first, second] = view.results;
    return [
      strongPart(`The difference in accuracy ${reach}, has no interval`),
      plainPart(
        ` because the answers to single pictures are not recorded for both: ${percent(first?.top1 ?? null)} against ${percent(second?.top1 ?? null)}.`,
      ),
    ];
  }
  const { value, low, high } = difference;
  const interval = ` (${points(value)} points, 95 % interval ${points(low)} to ${points(high)}).`;
  const [a, b] = runStyles;
  const test = view.mcnemar === null ? "" : ` ${mcnemarInWords(view.mcnemar, [a.short, b.short])}.`;
  const told = moreAccurate(difference);
  if (told === null)
    return [strongPart(`No evidence of a difference in accuracy ${reach}`), plainPart(`${interval}${test}`)];
  const named = runStyles[told === "first" ? 0 : 1];
  return [
    strongPart(`${capital(named.short)} is more accurate ${reach}`),
    plainPart(`${interval} Another seed may tell otherwise.${test}`),
  ];
}

/** Loss and calibration have intervals over pictures; one run each gives no measure of what another seed does to either. */
function withoutVerdict(
  { hardLossDifference, eceDifference }: ComparisonView,
  results: readonly [EvaluationResult, EvaluationResult],
  runStyles: [RunStyle, RunStyle],
): string {
  const said = results.map((result, index) => {
    const [loss, calibration] = [hardLoss, ece].map((metric) => decimal(valueIn(result, metric), 3));
    return `${runStyles[index]!.short} has hard loss ${loss} nats and ECE ${calibration}`;
  });
  const differences = [
    ...(hardLossDifference === null ? [] : [`the hard losses differ by ${lossDifferenceInWords(hardLossDifference)}`]),
    ...(eceDifference === null ? [] : [`the ECEs (${scaleOf(ece)}) by ${eceDifferenceInWords(eceDifference)}`]),
  ];
  return ` On the same pictures ${said.join(", ")}: ${differences.join(", ") || "without an interval"}; from one run each, these cannot tell which is better.`;
}

function seedText([a, b]: [RunStyle, RunStyle]): string {
  const seeds = [a.run.configuration.seed, b.run.configuration.seed];
  return seeds[0] === seeds[1] ? "one seed" : `different seeds (${seeds.join(" and ")})`;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
