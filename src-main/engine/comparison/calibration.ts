/** How far confidences of recorded runs can be trusted, on the last pictures that each answered. */
import type {
  BinnedCalibration,
  CalibrationScores,
  CalibrationView,
  RunCalibration,
  SplitLogits,
  TemperatureScaling,
} from "../../contract/calibration.ts";
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { RunView } from "../../contract/run.ts";
import { chanceCalibration } from "../../domain/calibration/chance-calibration.ts";
import { calibrationErrorInterval } from "../../domain/calibration/error-interval.ts";
import { fittedTemperature } from "../../domain/calibration/fitted-temperature.ts";
import {
  type Binning,
  binnedCalibrationError,
  equalMassBinning,
  equalWidthBinning,
  type GradedAnswers,
  reliabilityBins,
} from "../../domain/calibration/reliability.ts";
import { decomposedBrier, decomposedLogScore, type ScoredAnswers, scoredAt } from "../../domain/calibration/scores.ts";
import { largestLessMeanAtOptimum } from "../../domain/lessons/smoothed-target.ts";
import { hardLoss } from "../../domain/metrics/hard-loss.ts";
import { canBeCompared } from "../../domain/verdicts/can-be-compared.ts";
import { createRandom } from "../../platform/random.ts";
import type { Store } from "../../store/open-store.ts";
import { inTurns } from "../in-turns.ts";
import { runsOnSamePictures, testLooksOf } from "./compare.ts";

/**
 * @param runIds one or more, on the same pictures
 * @throws StrataError `run.unknown`, `run.not-comparable`; `run.no-answers` where no split was answered by all
 */
export async function calibrationOf(store: Store, runIds: readonly number[]): Promise<CalibrationView> {
  const runs = runsOnSamePictures(store, runIds);
  if (!runs.every((run) => canBeCompared(run, runs[0]!)))
    throw new StrataError("run.not-comparable", { problem: "they held out different folds of the training pictures" });
  const { split, answers } = answersOfAll(store, runs);
  const told: RunCalibration[] = [];
  for (const [place, run] of runs.entries()) told.push(await ofRun(store, run, split, answers[place]!));
  const [first] = runs;
  return {
    ...{ split, testLooks: testLooksOf(store, first!, split) },
    ...{ pictures: answers[0]!.confidences.length, classes: first!.dataset.classes.length, runs: told },
  };
}

/** What is known of answers: all of it where the logits were kept. */
interface KnownAnswers extends GradedAnswers {
  readonly scored: ScoredAnswers | null;
}

/** To the test pictures where every run has answers to them, else to the validation pictures. */
function answersOfAll(
  store: Store,
  runs: readonly RunView[],
): { readonly split: "test" | "validation"; readonly answers: readonly KnownAnswers[] } {
  for (const split of ["test", "validation"] as const) {
    const answers = runs.map((run) => answersOf(store, run, split)).filter((one) => one !== null);
    if (answers.length === runs.length) return { split, answers };
  }
  const without = runs.find((run) => answersOf(store, run, "test") === null);
  throw new StrataError("run.no-answers", { runId: without!.id });
}

/** Null where the run has answers to no picture of the split. */
function answersOf(store: Store, { id }: RunView, split: SplitName): KnownAnswers | null {
  const kept = store.logits.of(id, split);
  if (kept !== null && kept.labels.length > 0) {
    const scored = scoredAt(kept);
    return { ...scored, scored };
  }
  const predictions = store.evaluations.predictions(id, split);
  if (predictions.length === 0) return null;
  return {
    confidences: predictions.map(({ confidence }) => confidence),
    isRight: predictions.map(({ answer, label }) => answer === label),
    scored: null,
  };
}

async function ofRun(
  store: Store,
  run: RunView,
  split: "test" | "validation",
  answers: KnownAnswers,
): Promise<RunCalibration> {
  const { smoothing } = run.configuration.training;
  const equalWidth = await binned(answers, equalWidthBinning(), run.id);
  return {
    runId: run.id,
    title: run.title,
    scores: scoresOf(answers, equalWidth.error, run[split]?.[hardLoss.id] ?? null),
    equalWidth,
    equalMass: await binned(answers, equalMassBinning(answers.confidences), run.id),
    brierOfAnswer: decomposedBrier(answers, equalWidth.bins),
    logScoreOfAnswer: decomposedLogScore(answers, equalWidth.bins),
    temperature:
      split === "test"
        ? await scaled(store.logits.of(run.id, "validation"), store.logits.of(run.id, "test"), run.id)
        : null,
    gapAtOptimum:
      smoothing > 0 && run.loss !== "hinge" ? largestLessMeanAtOptimum(run.dataset.classes.length, smoothing) : null,
  };
}

function scoresOf(
  { confidences, isRight, scored }: KnownAnswers,
  ece: number,
  recordedLoss: number | null,
): CalibrationScores {
  const pictures = confidences.length;
  const mean = (value: (picture: number) => number): number => {
    let sum = 0;
    for (let picture = 0; picture < pictures; picture++) sum += value(picture);
    return sum / pictures;
  };
  return {
    top1: mean((picture) => (isRight[picture] ? 1 : 0)),
    meanConfidence: mean((picture) => confidences[picture]!),
    ece,
    hardLoss: scored?.hardLoss ?? recordedLoss,
    brier: scored?.brier ?? null,
  };
}

/** Drawn with the run's own number, so that its figures are the same wherever it is shown. */
async function binned(answers: GradedAnswers, binning: Binning, runId: number): Promise<BinnedCalibration> {
  const bins = reliabilityBins(answers, binning);
  const { mean, high, bands } = await inTurns(
    chanceCalibration(answers.confidences, binning, createRandom(runId, "chance calibration").uniform),
  );
  const { normal } = createRandom(runId, "calibration interval");
  return {
    bins: bins.map((bin, place) => ({ ...bin, chance: bands[place] ?? null })),
    error: binnedCalibrationError(bins),
    interval: calibrationErrorInterval(answers, binning, normal)!,
    byChance: { mean, high },
  };
}

async function scaled(
  validation: SplitLogits | null,
  test: SplitLogits | null,
  runId: number,
): Promise<TemperatureScaling | null> {
  const fitted = validation && fittedTemperature(validation);
  if (!fitted || !test) return null;
  const scored = scoredAt(test, fitted.temperature);
  const { error, interval, byChance } = await binned(scored, equalWidthBinning(), runId);
  return {
    ...fitted,
    validationPictures: validation.labels.length,
    after: scoresOf({ ...scored, scored }, error, null),
    interval,
    byChance,
  };
}
