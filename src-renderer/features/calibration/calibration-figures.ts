/** The figures of each run's calibration, a column each. */
import type { CalibrationView, RunCalibration } from "../../../src-main/contract/calibration.ts";
import { ece } from "../../../src-main/domain/metrics/ece.ts";
import { hardLoss } from "../../../src-main/domain/metrics/hard-loss.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { metricUnit, scaleOf } from "../../../src-main/domain/metrics/metric-unit.ts";
import { top1 } from "../../../src-main/domain/metrics/top-1.ts";
import type { Figure } from "../../entities/run/figures.ts";
import { decimal, metricValue, percent } from "../../lib/format.ts";
import { calibrationTexts } from "./calibration-texts.ts";

export function calibrationFigures({ runs }: CalibrationView): readonly Figure[] {
  const figure = (
    id: string,
    title: string,
    about: string,
    value: (run: RunCalibration) => string | null,
    unit: string | null = null,
  ): Figure => ({
    ...{ id, title, about },
    ...{ split: null, unit },
    values: runs.map(value),
  });
  const ofMetric = (metric: Metric, value: (run: RunCalibration) => number | null): Figure =>
    figure(
      metric.id,
      metric.title,
      metric.about,
      (run) => {
        const known = value(run);
        return known === null ? null : metricValue(known, metric);
      },
      // Whatever a network was trained by, its hard loss is a cross-entropy.
      metricUnit(metric, ["cross-entropy"]),
    );
  return [
    ofMetric(top1, ({ scores }) => scores.top1),
    figure("meanConfidence", calibrationTexts.meanConfidence, calibrationTexts.aboutConfidence, ({ scores }) =>
      percent(scores.meanConfidence),
    ),
    ofMetric(ece, ({ scores }) => scores.ece),
    figure(
      "eceInterval",
      calibrationTexts.interval,
      calibrationTexts.aboutInterval,
      ({ equalWidth }) => calibrationTexts.between(equalWidth.interval),
      scaleOf(ece),
    ),
    figure(
      "eceByChance",
      calibrationTexts.byChance,
      calibrationTexts.aboutByChance,
      ({ equalWidth }) => decimal(equalWidth.byChance.mean, 3),
      scaleOf(ece),
    ),
    figure(
      "eceEqualMass",
      calibrationTexts.equalMass,
      calibrationTexts.aboutEqualMass,
      ({ equalMass }) => decimal(equalMass.error, 3),
      scaleOf(ece),
    ),
    ofMetric(hardLoss, ({ scores }) => scores.hardLoss),
    figure(
      "brier",
      calibrationTexts.brier,
      calibrationTexts.aboutBrier,
      ({ scores: { brier } }) => (brier === null ? null : decimal(brier, 3)),
      "0 to 2",
    ),
  ];
}
