/** What can be told of an experiment's arms, in sentences: the same on the page and on the command line. */
import {
  type ArmVerdict,
  type ExperimentVerdict,
  type JudgedMeasure,
  type MeasureVerdict,
  mostJudgedRows,
} from "../../contract/verdict.ts";
import { comparedInWords, levelsInWords } from "../experiments/row-words.ts";
import { countInWords } from "../health/words.ts";
import { ece } from "../metrics/ece.ts";
import { hardLoss } from "../metrics/hard-loss.ts";
import { titleWithScale } from "../metrics/metric-unit.ts";
import { top1 } from "../metrics/top-1.ts";
import { roundedDecimal, roundedDifference, roundedPercent, roundedPoints } from "../rounding.ts";
import { testLooksInWords } from "../runs/test-looks.ts";
import { lowerFirst } from "../settings/setting.ts";

export const measureTitles: Readonly<Record<JudgedMeasure, string>> = {
  top1: top1.title,
  balancedAccuracy: "Balanced accuracy",
  hardLoss: hardLoss.title,
  answerBrier: "Brier score of the answer",
  ece: ece.title,
};

export const measureUnits: Readonly<Record<JudgedMeasure, string>> = {
  top1: "percentage points",
  balancedAccuracy: "percentage points",
  hardLoss: "nats",
  answerBrier: "0 to 1",
  ece: "0 to 1",
};

const isInPoints = (measure: JudgedMeasure): boolean => measure === "top1" || measure === "balancedAccuracy";

/** `+3.1` points of an accuracy, `−0.031` of the others. */
export function measureDifference(measure: JudgedMeasure, value: number): string {
  return isInPoints(measure) ? roundedPoints(value) : roundedDifference(value, 3);
}

/** A size, without its sign and with its unit: `3.1 points`. */
function sizeInWords(measure: JudgedMeasure, size: number): string {
  if (isInPoints(measure)) return `${roundedPercent(size)} points`;
  return measure === "hardLoss" ? `${roundedDecimal(size, 3)} nats` : roundedDecimal(size, 3);
}

/** `+3.1 points, 95 % interval +1.2 to +5.0` */
export function measureInWords({ measure, value, low, high }: MeasureVerdict): string {
  const unit = isInPoints(measure) ? " points" : measure === "hardLoss" ? " nats" : "";
  const [by, from, to] = [value, low, high].map((one) => measureDifference(measure, one));
  return `${by}${unit}, 95 % interval ${from} to ${to}`;
}

export const pInWords = (p: number): string => (p < 0.001 ? "< 0.001" : roundedDecimal(p, 3));

/** `5 seeds and 1,000 test pictures`, or what is left where there is one. */
export function reachInWords({ split }: Pick<ExperimentVerdict, "split">, { seeds, pictures }: ArmVerdict): string {
  const looked = countInWords(pictures, `${split} picture`);
  return seeds.length === 1 ? `${looked} alone, one seed` : `${countInWords(seeds.length, "seed")} and ${looked}`;
}

/** What can be said of the row, what cannot, and about what more would tell. */
export function armVerdictInWords(verdict: Pick<ExperimentVerdict, "split">, arm: ArmVerdict): string {
  const { shared, first, second } = comparedInWords(arm);
  const row = capitalised(shared === "" ? second : `with ${shared}, ${second}`);
  if (arm.measures.length === 0)
    return `${row} against ${first}: nothing can be told, no seed of both has answers to the same pictures.`;
  const told = arm.measures.filter(({ isTold }) => isTold);
  const untold = arm.measures.filter(({ isTold }) => !isTold);
  const names = (all: readonly MeasureVerdict[], last: string) =>
    joined(
      all.map(({ measure }) => lowerTitle(measure)),
      last,
    );
  const said = told.map(
    (one) => `${one.value > 0 ? "higher" : "lower"} ${lowerTitle(one.measure)} (${measureInWords(one)})`,
  );
  const can = told.length === 0 ? "" : `${row} has ${joined(said, "and")} than ${first}`;
  const cannot = `no difference in ${names(untold, "or")} can be told`;
  const over = `over ${reachInWords(verdict, arm)}`;
  const sentence =
    told.length === 0
      ? `${row} against ${first}: ${cannot} ${over}.`
      : `${can}, ${over}${untold.length === 0 ? "" : `; ${cannot}`}.`;
  const [open] = untold;
  const more = open === undefined ? "" : ` ${moreInWords(open)}`;
  return `${sentence}${arm.seeds.length === 1 ? " Another seed may tell otherwise: train more to know." : more}`;
}

/** `against one-hot`, or what each row is against where it is not the same for all. */
export function againstInWords({ arms }: Pick<ExperimentVerdict, "arms">): string {
  const all = new Set(arms.map(({ against }) => levelsInWords(against)));
  return all.size === 1 ? `against ${[...all].join()}` : "against the first arm of the same conditions";
}

/** What more would tell, were the difference as large as it looks; and what these would have told. */
export function moreInWords({ measure, value, seedsToTell, picturesToTell, smallestFound }: MeasureVerdict): string {
  if (smallestFound === null) return "";
  const would = `Of ${lowerTitle(measure)}, these would have told ${sizeInWords(measure, smallestFound)} in 8 of 10 tries`;
  const ways = [
    ...(seedsToTell === null ? [] : [countInWords(seedsToTell, "seed")]),
    ...(picturesToTell === null ? [] : [countInWords(roundedUp(picturesToTell), "picture")]),
  ];
  const size = sizeInWords(measure, Math.abs(value));
  if (Math.abs(value) >= smallestFound || readsZero(measure, value)) return `${would}.`;
  if (ways.length === 0) return `${would}; ${size} as here is too small for 100 seeds or a million pictures.`;
  return `${would}; for ${size} as here it takes about ${ways.join(" or ")} in all.`;
}

const readsZero = (measure: JudgedMeasure, value: number): boolean =>
  /^[0.]+$/.test(measureDifference(measure, Math.abs(value)));

/** About so many is told in two figures. */
function roundedUp(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.ceil(count / step) * step;
}

/** In the middle of a sentence. */
const lowerTitle = (measure: JudgedMeasure): string =>
  measure === "answerBrier" ? measureTitles[measure] : lowerFirst(measureTitles[measure]);

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function joined(parts: readonly string[], last: string): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}

/** Why nothing is told; null where something is. */
export function missingVerdict({ missing }: ExperimentVerdict): string | null {
  if (missing === null) return null;
  return {
    "one-row": null,
    "many-rows": `Differences are told of up to ${mostJudgedRows} rows: of more, some stand out by chance.`,
    "no-answers": "No difference can be told yet: it takes runs of two rows with the same seed, trained to their end.",
  }[missing];
}

/** How the intervals and the correction come about, in a note. */
export function verdictNote({ arms, testLooks }: ExperimentVerdict): string {
  const isOneSeed = arms.every(({ seeds }) => seeds.length < 2);
  const intervals = isOneSeed
    ? "Intervals are over pictures alone: what another seed would do is not in them."
    : "Intervals are over pictures and seeds at once, of the same seed’s runs on the same pictures.";
  const holm =
    arms.length < 2 ? "" : ` p is corrected for ${arms.length} comparisons by Holm’s way, for each figure by itself.`;
  const isBalanced = arms.some(({ measures }) => measures.some(({ measure }) => measure === "balancedAccuracy"));
  const balanced = isBalanced
    ? " Balanced accuracy: mean over classes of the share of their pictures that is right."
    : "";
  return `${intervals}${holm}${balanced} Brier score of the answer (0 to 1): mean of (confidence − right)², where right is 1 or 0. Chance adds to ${titleWithScale(ece)}, the more the fewer the pictures: its interval is wider by what that may be.${testLooks === null ? "" : ` ${testLooksInWords(testLooks)}`}`;
}
