/** What a replay showed, in sentences: the same in the window and on the command line. */
import type { PictureDifferences, ReplayDifference, ReplayOutcome } from "../../contract/replay.ts";
import { countInWords, mostInSentence, quoted, splitWords } from "../health/words.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricOf } from "../metrics/metrics.ts";
import { lowerFirst } from "../settings/setting.ts";

/** The first one is the verdict. */
export function replayInWords(outcome: ReplayOutcome): readonly string[] {
  const { runId, replayId, isSame, values, different, first, hasSameStart, pictures, madeBy } = outcome;
  const all = values.toLocaleString("en");
  if (values === 0) return [`Nothing is recorded of run ${runId} or of its replay, run ${replayId}.`];
  const same = `Same figures to the last bit: all ${all} recorded values of run ${runId} and of its replay, run ${replayId}, are equal.`;
  if (isSame) return [same, ...madeByWords(madeBy, "They are equal although these differ")];
  const others = [
    ...otherPicturesInWords(pictures),
    ...(hasSameStart === false ? ["They began with other weights."] : []),
    ...madeByWords(madeBy, "What made them differs in"),
  ];
  const unexplained = "Nothing that is recorded of what made them differs.";
  return [
    `Not the same: ${different.toLocaleString("en")} of ${all} recorded values of run ${runId} and of its replay, run ${replayId}, differ${first === null ? "" : `, first at step ${first.step.toLocaleString("en")}`}.`,
    ...(others.length === 0 ? [unexplained] : others),
  ];
}

/** Nothing where they are the same. */
export function otherPicturesInWords({ areSame, counts }: PictureDifferences): readonly string[] {
  if (areSame) return [];
  if (counts.length === 0)
    return [
      "The pictures are others, though as many of each class in each split: files, labels or the split are not the same.",
    ];
  const told = counts
    .slice(0, mostInSentence)
    .map(
      ({ className, split, original, replay }) =>
        `${countInWords(replay, `${splitWords[split]} picture`)} of ${quoted(className)} instead of ${original.toLocaleString("en")}`,
    );
  const more = counts.length - told.length;
  const rest =
    more === 0 ? "" : `; ${more.toLocaleString("en")} more ${more === 1 ? "count differs" : "counts differ"}`;
  return [`The pictures are others: ${told.join(", ")}${rest}.`];
}

function madeByWords(madeBy: ReplayOutcome["madeBy"], begin: string): readonly string[] {
  if (madeBy.length === 0) return [];
  const parts = madeBy.map(({ title, original, replay }) => `${lowerFirst(title)} (${original}; ${replay})`);
  return [`${begin}: ${parts.join(", ")}.`];
}

const inUnits: Readonly<Record<Metric["unit"], string>> = {
  ...{ nats: " in nats", fraction: " as a fraction", "images/s": " in images/s", none: "" },
  // A hinge loss is in margins.
  loss: " in nats or margins",
};

/** `hard loss in nats, 500 validation pictures, step 40`, and both values. */
export function replayDifferenceInWords({ metric, split, step, pictures, original, replay }: ReplayDifference): {
  readonly what: string;
  readonly original: string;
  readonly replay: string;
  readonly difference: string;
} {
  const known = metricOf(metric);
  const figure = `${lowerFirst(known?.title ?? metric)}${known === undefined ? "" : inUnits[known.unit]}`;
  const of = splitWords[split];
  const text = (value: number | null) => (value === null ? "none" : String(value));
  return {
    what: `${figure}, ${pictures === null ? of : countInWords(pictures, `${of} picture`)}, step ${step.toLocaleString("en")}`,
    ...{ original: text(original), replay: text(replay) },
    difference: original === null || replay === null ? "–" : String(replay - original),
  };
}
