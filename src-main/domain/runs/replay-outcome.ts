/** Whether a run and its replay came to the same, value by value, and else how far apart they are. */
import type { SplitName } from "../../contract/dataset.ts";
import type { ReplayDifference, ReplayOutcome } from "../../contract/replay.ts";
import type { RunView } from "../../contract/run.ts";
import type { BundledRecord } from "../../contract/run-bundle.ts";
import { imagesPerSecond } from "../metrics/images-per-second.ts";
import { type LookedAt, picturesOfPoint } from "./curve-points.ts";
import { madeByDifferences } from "./made-by.ts";
import { pictureDifferences, type RecordedPictures } from "./picture-differences.ts";

/** All that is recorded of a run but when it was: that is another one each time. */
type ComparedRecord = Omit<BundledRecord, "times">;

/** A run with what is compared of it. */
export interface RecordedRun {
  readonly run: Pick<RunView, "id" | "madeBy" | "initialWeightsHash"> & LookedAt;
  readonly record: ComparedRecord;
  readonly pictures: RecordedPictures;
}

interface RecordedValue {
  readonly metric: string;
  readonly split: SplitName;
  readonly step: number;
  readonly pictures: number | null;
  readonly value: number;
}

export function replayOutcome(original: RecordedRun, replay: RecordedRun): ReplayOutcome {
  const before = valuesOf(original);
  const after = valuesOf(replay);
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const differences = keys.flatMap((key) => differenceAt(before.get(key), after.get(key)));
  const furthest = new Map<string, ReplayDifference>();
  for (const one of differences) {
    const key = `${one.metric} ${one.split}`;
    const known = furthest.get(key);
    if (known === undefined || distance(one) > distance(known)) furthest.set(key, one);
  }
  const hashes = [original.run.initialWeightsHash, replay.run.initialWeightsHash];
  return {
    ...{ runId: original.run.id, replayId: replay.run.id },
    isSame: keys.length > 0 && differences.length === 0,
    ...{ values: keys.length, different: differences.length },
    hasSameStart: hashes.includes(null) ? null : hashes[0] === hashes[1],
    pictures: pictureDifferences(original.pictures, replay.pictures),
    first: [...differences].sort((a, b) => a.step - b.step)[0] ?? null,
    furthest: [...furthest.values()].filter(({ metric }) => metric !== answer),
    madeBy: madeByDifferences([original.run, replay.run]).map(({ title, values: [here = "", there = ""] }) => ({
      ...{ title, original: here, replay: there },
    })),
  };
}

/** Stands for what single pictures were answered. */
const answer = "answer";

/** By what each is of. How fast it went is no figure of the run. */
function valuesOf({ run, record }: RecordedRun): ReadonlyMap<string, RecordedValue> {
  const { series, evaluations, answers } = record;
  const values = new Map<string, RecordedValue>();
  for (const { metric, split, cadence, steps, values: numbers } of series)
    if (metric !== imagesPerSecond.id)
      for (const [at, step] of steps.entries())
        values.set(`${metric} ${split} ${cadence} ${step}`, {
          ...{ metric, split, step, value: numbers[at]! },
          pictures: picturesOfPoint(run, { metric, split, cadence }),
        });
  let last = 0;
  for (const { split, epoch, step, pictures, values: numbers, confusion } of evaluations) {
    last = Math.max(last, step);
    for (const [metric, value] of Object.entries(numbers))
      values.set(`evaluation ${metric} ${split} ${epoch}`, { metric, split, step, pictures, value });
    for (const [trueClass, named, value] of confusion)
      values.set(`confusion ${split} ${epoch} ${trueClass} ${named}`, { metric: answer, split, step, pictures, value });
  }
  for (const { split, examples, confidences, trueConfidences, answers: named } of answers)
    for (const [at, example] of examples.entries())
      for (const [what, numbers] of Object.entries({ named, confidences, trueConfidences }))
        values.set(`${what} ${split} ${example}`, {
          ...{ metric: answer, split, step: last, pictures: 1, value: numbers[at]! },
        });
  return values;
}

function differenceAt(original?: RecordedValue, replay?: RecordedValue): readonly ReplayDifference[] {
  const one = original ?? replay;
  if (one === undefined || Object.is(original?.value, replay?.value)) return [];
  const { metric, split, step, pictures } = one;
  return [{ metric, split, step, pictures, original: original?.value ?? null, replay: replay?.value ?? null }];
}

function distance({ original, replay }: ReplayDifference): number {
  return original === null || replay === null ? 0 : Math.abs(original - replay);
}
