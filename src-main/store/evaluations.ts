/** What evaluations of a split gave: final figures, confusion counts, and the answers to every picture of the last one. */

import type { Mistake } from "../contract/comparison.ts";
import type { Monitor } from "../contract/configuration.ts";
import type { SplitName } from "../contract/dataset.ts";
import type { EvaluationResult, MetricId } from "../contract/metric.ts";
import type { BestEpoch, ConfusionMatrix, Prediction, RunView } from "../contract/run.ts";
import { isBetterHigh, isUsualMonitor, usualMonitor } from "../domain/metrics/monitor.ts";
import type { NamedPrediction } from "../domain/versions/shared-answers.ts";
import type { Database } from "./database.ts";

export interface StoredEvaluation {
  readonly split: SplitName;
  readonly epoch: number;
  readonly step: number;
  readonly result: EvaluationResult;
  readonly confusion: ConfusionMatrix;
  readonly predictions: readonly Prediction[] | null;
}

/** More are read with all others, which reads a run some times as fast as by itself. */
const mostByThemselves = 50;
/** More than any list that is looked at often. */
const mostRemembered = 50_000;

/** What is told of a run by its evaluations. */
export type RunResults = Pick<RunView, "validation" | "test" | "best">;

/** Of a run whose best epoch was restored, that epoch is the latest evaluation on the validation pictures: its weights are what the run has. */
const latestEpochSql = `
  SELECT max(epoch) FROM evaluations WHERE run_id = runs.id AND split = @split
    AND epoch <= ifnull(iif(@split = 'validation', runs.restored_epoch, NULL), 1000000000)`;
/** The earliest of the epochs whose value is the best; of training pictures it is a point after each epoch. */
const bestEpochSql = ({ metric, split }: Monitor) => `
  SELECT epoch FROM ${split === "train" ? "points" : "evaluation_values"}
    WHERE run_id = runs.id AND split = @monitored AND metric = @metric ${split === "train" ? "AND cadence = 'epoch'" : ""}
    ORDER BY value ${isBetterHigh(metric) ? "DESC" : "ASC"}, epoch LIMIT 1`;
const resultsAt = (epochSql: string, ofRuns: string) => `
  SELECT runs.id, evaluations.epoch, pictures, metric, value FROM runs
    CROSS JOIN evaluations ON evaluations.run_id = runs.id AND evaluations.split = @split AND evaluations.epoch = (${epochSql})
    CROSS JOIN evaluation_values USING (run_id, split, epoch)
  WHERE ${ofRuns}`;
const allRuns = "runs.deleted_at IS NULL";
const oneRun = "runs.id = @runId";
export const latestResultsSql = resultsAt(latestEpochSql, allRuns);
export const latestResultSql = resultsAt(latestEpochSql, oneRun);
export const bestResultsSql = resultsAt(bestEpochSql(usualMonitor), allRuns);
export const bestResultSql = (monitor: Monitor): string => resultsAt(bestEpochSql(monitor), oneRun);
export const confusionSql = `
  SELECT true_class, answer, pictures FROM confusion WHERE run_id = ? AND split = ? AND epoch = ?`;
/** Pictures that every one of the runs answered and one or more got wrong, by the confidence of the surest wrong answer. */
export const mistakesSql = `
  SELECT example, label, max(iif(answer <> label, confidence, NULL)) AS surest
  FROM predictions WHERE run_id IN (SELECT value FROM json_each(@runIds)) AND split = @split
  GROUP BY example HAVING count(*) = json_array_length(@runIds) AND surest IS NOT NULL
  ORDER BY surest DESC, example LIMIT @limit`;
/** Pictures of one class that one of the runs, or more, took for one class, and that all of them answered. */
export const cellSql = `
  SELECT example, label, max(iif(answer = @said, confidence, NULL)) AS surest
  FROM predictions WHERE run_id IN (SELECT value FROM json_each(@runIds)) AND split = @split AND label = @truth
  GROUP BY example HAVING count(*) = json_array_length(@runIds) AND surest IS NOT NULL
  ORDER BY surest DESC, example`;
/** Of the data set of one run. */
export const addTestLookSql = (where = "TRUE"): string => `
  INSERT INTO test_looks (dataset_id, looks) SELECT dataset_id, 1 FROM runs WHERE id = ? AND ${where}
    ON CONFLICT (dataset_id) DO UPDATE SET looks = looks + 1`;
/** What a run tests on: else it is a fold of the training pictures. */
export const testsOnTestPictures = "json_extract(configuration, '$.training.fold') IS NULL";
const predictionsSql = `
  SELECT example, label, answer, confidence, true_confidence AS trueConfidence FROM predictions
    WHERE run_id = ? AND split = ? ORDER BY example`;
export const namedPredictionsSql = `
  SELECT predictions.example, predictions.label, answer, confidence, true_confidence AS trueConfidence, name, lower(hex(content_hash)) AS contentHash
  FROM runs JOIN predictions ON predictions.run_id = runs.id AND predictions.split = @split
    JOIN examples ON examples.dataset_id = runs.dataset_id AND examples.example_index = predictions.example
  WHERE runs.id = @runId ORDER BY predictions.example`;
const answersSql = "SELECT answer, confidence FROM predictions WHERE run_id = ? AND split = ? AND example = ?";
/** One value of an evaluation. */
type ValueRow = [runId: number, epoch: number, pictures: number, metric: MetricId, value: number];

export type EvaluationRecords = ReturnType<typeof createEvaluationRecords>;

export function createEvaluationRecords(database: Database) {
  const insert = database.prepare<[number, SplitName, number, number, number]>(
    "INSERT OR REPLACE INTO evaluations (run_id, split, epoch, step, pictures) VALUES (?, ?, ?, ?, ?)",
  );
  const insertValue = database.prepare<[number, SplitName, number, MetricId, number]>(
    "INSERT INTO evaluation_values (run_id, split, epoch, metric, value) VALUES (?, ?, ?, ?, ?)",
  );
  const forgetValues = database.prepare<[number, SplitName, number]>(
    "DELETE FROM evaluation_values WHERE run_id = ? AND split = ? AND epoch = ?",
  );
  const insertCell = database.prepare<[number, SplitName, number, number, number, number]>(
    "INSERT INTO confusion (run_id, split, epoch, true_class, answer, pictures) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const forgetCells = database.prepare<[number, SplitName, number]>(
    "DELETE FROM confusion WHERE run_id = ? AND split = ? AND epoch = ?",
  );
  const forgetPredictions = database.prepare<[number, SplitName]>(
    "DELETE FROM predictions WHERE run_id = ? AND split = ?",
  );
  const insertPrediction = database.prepare<[number, SplitName, number, number, number, number, number]>(
    "INSERT INTO predictions (run_id, split, example, label, answer, confidence, true_confidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const addLook = database.prepare<[number]>(addTestLookSql());
  const addOwnLook = database.prepare<[number]>(addTestLookSql(testsOnTestPictures));
  const addTestLook = (runId: number): void => void addLook.run(runId);
  const testLooks = database.prepare<[number], number>("SELECT looks FROM test_looks WHERE dataset_id = ?").pluck();
  // Raw rows of the columns that the queries name; the tables are STRICT.
  const results = (sql: string) => {
    const statement = database.prepare<[Record<string, number | string>], ValueRow>(sql).raw();
    return (parameters: Record<string, number | string>) => evaluationsOf(statement.all(parameters) as ValueRow[]);
  };
  const latestResult = results(latestResultSql);
  const latestResults = results(latestResultsSql);
  const bestBy = new Map<string, ReturnType<typeof results>>();
  const bestResult = (runId: number, monitor: Monitor): BestEpoch | null => {
    const { metric, split } = monitor;
    const sql = bestResultSql(monitor);
    const query = bestBy.get(sql) ?? results(sql);
    bestBy.set(sql, query);
    return query({ runId, split: "validation", metric, monitored: split }).get(runId) ?? null;
  };
  const bestResults = results(bestResultsSql);
  const valueAt = database
    .prepare<[number, SplitName, number, MetricId], number>(
      "SELECT value FROM evaluation_values WHERE run_id = ? AND split = ? AND epoch = ? AND metric = ?",
    )
    .pluck();
  const latestEpoch = database.prepare<{ runId: number; split: SplitName }, { epoch: number | null }>(
    `SELECT (${latestEpochSql}) AS epoch FROM runs WHERE ${oneRun}`,
  );
  const cells = database.prepare<[number, SplitName, number], { true_class: number; answer: number; pictures: number }>(
    confusionSql,
  );
  const mistakes = database.prepare<
    [{ runIds: string; split: SplitName; limit: number }],
    { example: number; label: number }
  >(mistakesSql);
  const cell = database.prepare<
    [{ runIds: string; split: SplitName; truth: number; said: number }],
    { example: number; label: number }
  >(cellSql);
  const answers = database.prepare<[number, SplitName, number], { answer: number; confidence: number }>(answersSql);
  const predictions = database.prepare<[number, SplitName], Prediction>(predictionsSql);
  const namedPredictions = database.prepare<[{ runId: number; split: SplitName }], NamedPrediction>(
    namedPredictionsSql,
  );

  const answeredBy =
    (runIds: readonly number[], split: SplitName) =>
    ({ example, label }: { readonly example: number; readonly label: number }): Mistake => ({
      ...{ example, label },
      // The queries keep only pictures that every run answered.
      answers: runIds.map((runId) => answers.get(runId, split, example)!),
    });

  /** By number. What its evaluations gave stays as it is from the end of a run on; one that goes on ends at another time. */
  const ended = new Map<number, { readonly endedAt: string; readonly results: RunResults }>();
  const resultsOf = (runId: number, monitor: Monitor): RunResults => ({
    validation: latestResult({ runId, split: "validation" }).get(runId)?.result ?? null,
    test: latestResult({ runId, split: "test" }).get(runId)?.result ?? null,
    best: bestResult(runId, monitor),
  });
  const resultsOfAll = () => {
    const validation = latestResults({ split: "validation" });
    const test = latestResults({ split: "test" });
    const { metric, split: monitored } = usualMonitor;
    const best = bestResults({ split: "validation", metric, monitored });
    return (runId: number, monitor: Monitor): RunResults => ({
      validation: validation.get(runId)?.result ?? null,
      test: test.get(runId)?.result ?? null,
      best: isUsualMonitor(monitor) ? (best.get(runId) ?? null) : bestResult(runId, monitor),
    });
  };

  return {
    add(runId: number, { split, epoch, step, result, confusion, predictions }: StoredEvaluation): void {
      const { pictures, ...values } = result;
      insert.run(runId, split, epoch, step, pictures);
      // A run that goes on may evaluate an epoch again.
      forgetValues.run(runId, split, epoch);
      for (const [metric, value] of Object.entries(values))
        if (value !== undefined) insertValue.run(runId, split, epoch, metric, value);
      if (split === "test") addOwnLook.run(runId);
      ended.delete(runId);
      forgetCells.run(runId, split, epoch);
      for (const [trueClass, row] of confusion.counts.entries())
        for (const [answer, pictures] of row.entries())
          if (pictures > 0) insertCell.run(runId, split, epoch, trueClass, answer, pictures);
      if (predictions === null) return;
      forgetPredictions.run(runId, split);
      for (const { example, label, answer, confidence, trueConfidence } of predictions)
        insertPrediction.run(runId, split, example, label, answer, confidence, trueConfidence);
    },

    latestResult(runId: number, split: SplitName): EvaluationResult | null {
      return latestResult({ runId, split }).get(runId)?.result ?? null;
    },
    /** The last evaluations of both splits, and the one at the validation pictures after the epoch that was best by what is monitored, the earliest of equals. */
    resultsOf,

    /** The same of many runs: those that have ended are read once. */
    resultsOfMany(
      runs: readonly { readonly id: number; readonly ended_at: string | null }[],
    ): (run: { readonly id: number; readonly ended_at: string | null }, monitor: Monitor) => RunResults {
      const isKnown = ({ id, ended_at }: (typeof runs)[number]) =>
        ended_at !== null && ended.get(id)?.endedAt === ended_at;
      const unread = runs.filter((run) => !isKnown(run)).length;
      const read = unread > mostByThemselves ? resultsOfAll() : resultsOf;
      if (ended.size > mostRemembered) ended.clear();
      return (run, monitor) => {
        if (isKnown(run)) return ended.get(run.id)!.results;
        const results = read(run.id, monitor);
        if (run.ended_at !== null) ended.set(run.id, { endedAt: run.ended_at, results });
        return results;
      };
    },

    /** The matrix of the last evaluation of the split; null where there was none. */
    confusion(runId: number, split: SplitName, classes: number): ConfusionMatrix | null {
      const latest = latestEpoch.get({ runId, split });
      if (!latest || latest.epoch === null) return null;
      const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
      for (const { true_class, answer, pictures } of cells.all(runId, split, latest.epoch)) {
        const row = counts[true_class];
        // A damaged cell may name a class that there is not.
        if (row && answer in row) row[answer] = pictures;
      }
      return { split, epoch: latest.epoch, counts };
    },

    /** Counts one more look at the test pictures of the run's data set; what is one stands in domain/runs/test-looks.ts. */
    addTestLook,

    /** How often the test pictures of a data set were looked at, by runs that are deleted since, too. */
    testLooks(datasetId: number): number {
      return testLooks.get(datasetId) ?? 0;
    },

    /** Null where the epoch has no value of the metric. */
    valueAt(runId: number, split: SplitName, epoch: number, metric: MetricId): number | null {
      return valueAt.get(runId, split, epoch, metric) ?? null;
    },

    /** What its last evaluation of the split answered; none where no answers were kept. */
    predictions(runId: number, split: SplitName): readonly Prediction[] {
      return predictions.all(runId, split);
    },

    /** The same with the name and bytes of each picture, by which it is known in other versions of the data set. */
    namedPredictions(runId: number, split: SplitName): readonly NamedPrediction[] {
      return namedPredictions.all({ runId, split });
    },

    mistakes(runIds: readonly number[], split: SplitName, limit: number): readonly Mistake[] {
      return mistakes.all({ runIds: JSON.stringify(runIds), split, limit }).map(answeredBy(runIds, split));
    },

    /** Pictures of one class that one of the runs took for one class, the surest first: how many there are, and `most` from `offset` on. */
    cellPictures(
      runIds: readonly number[],
      split: SplitName,
      { truth, said }: { readonly truth: number; readonly said: number },
      { offset, most }: { readonly offset: number; readonly most: number },
    ): { readonly count: number; readonly pictures: readonly Mistake[] } {
      const all = cell.all({ runIds: JSON.stringify(runIds), split, truth, said });
      return { count: all.length, pictures: all.slice(offset, offset + most).map(answeredBy(runIds, split)) };
    },
  };
}

/** The values of one evaluation a run, by the run's number. */
function evaluationsOf(rows: readonly ValueRow[]): ReadonlyMap<number, BestEpoch> {
  const all = new Map<number, { epoch: number; result: { pictures: number; [metric: MetricId]: number } }>();
  let last: number | null = null;
  let result: { pictures: number; [metric: MetricId]: number } = { pictures: 0 };
  for (const [runId, epoch, pictures, metric, value] of rows) {
    if (runId !== last) {
      result = { pictures };
      all.set(runId, { epoch, result });
      last = runId;
    }
    result[metric] = value;
  }
  return all;
}
