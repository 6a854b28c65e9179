/** What a replay showed, in sentences: the same in the window and on the command line. */
import type { ReplayDifference, ReplayOutcome } from "../../contract/replay.ts";
import { metricOf } from "../metrics/metrics.ts";
import { lowerFirst } from "../settings/setting.ts";

const splitWords = { train: "training", validation: "validation", test: "test" } as const;

/** The first one is the verdict. */
export function replayInWords(outcome: ReplayOutcome): readonly string[] {
  const { runId, replayId, isSame, values, different, first, hasSameStart, hasSamePictures, madeBy } = outcome;
  const all = values.toLocaleString("en");
  if (values === 0) return [`Nothing is recorded of run ${runId} or of its replay, run ${replayId}.`];
  const same = `Same figures to the last bit: all ${all} recorded values of run ${runId} and of its replay, run ${replayId}, are equal.`;
  if (isSame) return [same, ...madeByWords(madeBy, "They are equal although these differ")];
  const others = [
    ...(hasSamePictures ? [] : ["The pictures are others: their fingerprints differ."]),
    ...(hasSameStart === false ? ["They began with other weights."] : []),
    ...madeByWords(madeBy, "What made them differs in"),
  ];
  const unexplained = "Nothing that is recorded of what made them differs.";
  return [
    `Not the same: ${different.toLocaleString("en")} of ${all} recorded values of run ${runId} and of its replay, run ${replayId}, differ${first === null ? "" : `, first at step ${first.step.toLocaleString("en")}`}.`,
    ...(others.length === 0 ? [unexplained] : others),
  ];
}

function madeByWords(madeBy: ReplayOutcome["madeBy"], begin: string): readonly string[] {
  if (madeBy.length === 0) return [];
  const parts = madeBy.map(({ title, original, replay }) => `${lowerFirst(title)} (${original}; ${replay})`);
  return [`${begin}: ${parts.join(", ")}.`];
}

/** `hard loss (validation) at step 40`, and both values. */
export function replayDifferenceInWords({ metric, split, step, original, replay }: ReplayDifference): {
  readonly what: string;
  readonly original: string;
  readonly replay: string;
  readonly difference: string;
} {
  const title = lowerFirst(metricOf(metric)?.title ?? metric);
  const text = (value: number | null) => (value === null ? "none" : String(value));
  return {
    what: `${title} (${splitWords[split]}) at step ${step.toLocaleString("en")}`,
    ...{ original: text(original), replay: text(replay) },
    difference: original === null || replay === null ? "–" : String(replay - original),
  };
}
