/** Every recorded point of runs, none thinned away, in a folder for other programs. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { CurvesRequest, ExportedCurves } from "../../contract/curves.ts";
import type { SeriesView, StepTime } from "../../contract/metric.ts";
import type { RunView } from "../../contract/run.ts";
import { csvOf } from "../../domain/csv.ts";
import { metricOf } from "../../domain/metrics/metrics.ts";
import { curvePoints, picturesOfPoint } from "../../domain/runs/curve-points.ts";
import { writeFolder } from "../../models/exports/export-folder.ts";
import type { Store } from "../../store/open-store.ts";
import { eventFile } from "../../tensorflow/event-file.ts";

interface RunCurves {
  readonly run: RunView;
  readonly series: readonly SeriesView[];
  readonly times: readonly StepTime[];
}
interface File {
  readonly name: string;
  readonly points: number;
  readonly bytes: Uint8Array | string;
}

/** @throws StrataError `run.unknown`, `export.exists`, `disk.reserved-name`, and the file system's own errors: nothing is left behind then */
export function exportCurves(store: Store, { runIds, format, folder }: CurvesRequest): ExportedCurves {
  const runs = [...new Set(runIds)].map((runId) => store.runs.get(runId));
  const curves = runs.map((run) => ({
    run,
    series: store.points.series(run.id, undefined, Number.MAX_SAFE_INTEGER),
    times: store.stepTimes.of(run.id),
  }));
  const files = format === "csv" ? [tableOf(curves)] : curves.map(eventsOf);
  writeFolder(folder, (into) => {
    for (const { name, bytes } of files) {
      mkdirSync(dirname(join(into, name)), { recursive: true });
      writeFileSync(join(into, name), bytes);
    }
  });
  return { folder: resolve(folder), files: files.map(({ name, points }) => ({ name, points })) };
}

/** Points of a run that was trained before times were recorded all have the moment at which it began. */
function eventsOf({ run, series, times }: RunCurves): File {
  const seconds = Math.floor(Date.parse(run.startedAt ?? run.createdAt) / 1_000);
  const scalars = curvePoints(series, times).map(({ metric, split, cadence, step, value, recordedAtMillis }) => ({
    ...{ step, value },
    wallSeconds: recordedAtMillis === null ? seconds : recordedAtMillis / 1_000,
    tag: `${metricOf(metric)?.title ?? metric}/${split}, ${cadence}`,
  }));
  const name = `run-${run.id}/events.out.tfevents.${seconds}.strata`;
  return { name, points: scalars.length, bytes: eventFile(scalars, seconds) };
}

function tableOf(curves: readonly RunCurves[]): File {
  const rows = curves.flatMap(({ run, series, times }) =>
    curvePoints(series, times).map((point) => ({ run, ...point })),
  );
  const bytes = csvOf<(typeof rows)[number]>(
    [
      ["run", ({ run }) => run.id],
      ["title", ({ run }) => run.title],
      ["metric", ({ metric }) => metric],
      ["unit", ({ metric }) => metricOf(metric)?.unit ?? ""],
      ["split", ({ split }) => split],
      ["pictures", ({ run, ...point }) => picturesOfPoint(run, point) ?? ""],
      ["per", ({ cadence }) => cadence],
      ["step", ({ step }) => step],
      ["value", ({ value }) => value],
      ["training_seconds", ({ trainingSeconds }) => trainingSeconds ?? ""],
    ],
    rows,
  );
  return { name: "curves.csv", points: rows.length, bytes };
}
