/** Runs and experiments as pages that stand by themselves. */
import type { HtmlReport, ReportQuestion } from "../../contract/report.ts";
import { experimentReport } from "../../domain/report/experiment-report.ts";
import { runReport } from "../../domain/report/run-report.ts";
import { timesByStep } from "../../domain/runs/step-times.ts";
import type { Store } from "../../store/open-store.ts";
import type { Experiments } from "../experiments/experiments.ts";
import type { RunLibrary } from "../runs/run-library.ts";

export interface ReportLibrary {
  /** Rejects with `run.unknown`, `experiment.unknown`. */
  html(question: ReportQuestion): Promise<HtmlReport>;
}

/** Of a curve: as fine as a chart of this size shows. */
const pointsOfCurve = 400;
/** An experiment has no more rows. */
const mostRows = 10_000;

export function createReportLibrary(tools: {
  readonly store: Store;
  readonly runs: RunLibrary;
  readonly experiments: Experiments;
  readonly version: string;
  readonly now: () => Date;
}): ReportLibrary {
  const { store, runs, experiments, version, now } = tools;
  return {
    async html(question) {
      const made = { version, madeAt: now().toISOString() };
      if (question.kind === "run") {
        const { runId } = question;
        const run = runs.get(runId);
        const dataset = store.datasets.view(run.dataset.id);
        const series = runs.series({ runIds: [runId], maxPoints: pointsOfCurve });
        const counted = { confusion: runs.confusion(runId), testLooks: runs.testLooks(runId) };
        const times = timesByStep(runs.stepTimes(runId));
        const html = runReport({ run, dataset, series, times, ...counted, ...made });
        return { name: `strata-run-${runId}.html`, html };
      }
      const { experimentId } = question;
      const experiment = experiments.view(experimentId, { most: mostRows });
      const ofIt = store.runs.findAll(experiment.runIds);
      const dataset = store.datasets.view(ofIt[0]!.dataset.id);
      const verdict = await experiments.verdict(experimentId);
      const html = experimentReport({ experiment, runs: ofIt, dataset, verdict, ...made });
      return { name: `strata-experiment-${experimentId}.html`, html };
    },
  };
}
