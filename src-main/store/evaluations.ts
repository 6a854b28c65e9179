/** What looks at a split gave: final figures, confusion counts, and the answers to every picture of the last one. */
import type { SplitName } from "../contract/dataset.ts";
import type { EvaluationResult } from "../contract/metric.ts";
import type { BestEpoch, ConfusionMatrix, Mistake, Prediction } from "../contract/run.ts";
import type { Database } from "./database.ts";

export interface Evaluation {
  readonly split: SplitName;
  readonly epoch: number;
  readonly step: number;
  readonly result: EvaluationResult;
  readonly confusion: ConfusionMatrix;
  readonly predictions: readonly Prediction[] | null;
}

/** Pictures of two runs that both answered, by which of them was right. */
export interface PairedAnswers {
  readonly pictures: number;
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
}

/** Of a run whose best epoch was restored, that epoch is the latest look at the validation pictures: its weights are what the run has. */
const lastEpochSql =
  "ifnull((SELECT restored_epoch FROM runs WHERE id = @runId AND @split = 'validation'), 1000000000)";
const resultColumns = `pictures, top1, top5, hard_loss AS hardLoss, objective, objective_floor AS objectiveFloor, ece,
  largest_logit AS largestLogit`;
export const latestResultSql = `
  SELECT ${resultColumns} FROM evaluations WHERE run_id = @runId AND split = @split AND epoch <= ${lastEpochSql} ORDER BY epoch DESC LIMIT 1`;
const latestEpochSql = `
  SELECT max(epoch) FROM evaluations WHERE run_id = runs.id AND split = @split
    AND epoch <= ifnull(iif(@split = 'validation', runs.restored_epoch, NULL), 1000000000)`;
/** The earliest of the epochs whose hard loss is the least. */
const bestEpochSql = `
  SELECT epoch FROM evaluations WHERE run_id = runs.id AND split = @split ORDER BY hard_loss, epoch LIMIT 1`;
const resultsAt = (epochSql: string, ofRuns: string) => `
  SELECT run_id AS runId, epoch, ${resultColumns} FROM runs CROSS JOIN evaluations
    ON run_id = runs.id AND split = @split AND epoch = (${epochSql}) WHERE ${ofRuns}`;
const allRuns = "runs.deleted_at IS NULL";
export const latestResultsSql = resultsAt(latestEpochSql, allRuns);
export const bestResultsSql = resultsAt(bestEpochSql, allRuns);
export const bestResultSql = resultsAt(bestEpochSql, "runs.id = @runId");
export const confusionSql = `
  SELECT true_class, answer, pictures FROM confusion WHERE run_id = ? AND split = ? AND epoch = ?`;
/** Pictures that every one of the runs answered and one or more got wrong, by the confidence of the surest wrong answer. */
export const mistakesSql = `
  SELECT example, label, max(iif(answer <> label, confidence, NULL)) AS surest
  FROM predictions WHERE run_id IN (SELECT value FROM json_each(@runIds)) AND split = @split
  GROUP BY example HAVING count(*) = json_array_length(@runIds) AND surest IS NOT NULL
  ORDER BY surest DESC, example LIMIT @limit`;
const answersSql = "SELECT answer, confidence FROM predictions WHERE run_id = ? AND split = ? AND example = ?";
export const pairedSql = `
  SELECT count(*) AS pictures,
    ifnull(sum(first.answer = first.label AND second.answer <> second.label), 0) AS onlyFirstRight,
    ifnull(sum(first.answer <> first.label AND second.answer = second.label), 0) AS onlySecondRight
  FROM predictions AS first JOIN predictions AS second ON second.run_id = @second AND second.split = @split AND second.example = first.example
  WHERE first.run_id = @first AND first.split = @split`;

/** Figures as they stand in their columns; null where there is no value. */
interface FigureRow {
  readonly [column: string]: number | null;
}
/** A look with the epoch that it stands at the end of. */
interface ResultRow extends FigureRow {
  readonly runId: number;
  readonly epoch: number;
}

export type EvaluationRecords = ReturnType<typeof createEvaluationRecords>;

export function createEvaluationRecords(database: Database) {
  const insert = database.prepare<[Record<string, string | number | null | undefined>]>(`
    INSERT OR REPLACE INTO evaluations
      (run_id, split, epoch, step, pictures, top1, top5, hard_loss, objective, objective_floor, ece, largest_logit)
    VALUES (@runId, @split, @epoch, @step, @pictures, @top1, @top5, @hardLoss, @objective, @objectiveFloor, @ece, @largestLogit)`);
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
  const latestResult = database.prepare<{ runId: number; split: SplitName }, FigureRow>(latestResultSql);
  const latestResults = database.prepare<[{ split: SplitName }], ResultRow>(latestResultsSql);
  const bestResults = database.prepare<[{ split: SplitName }], ResultRow>(bestResultsSql);
  const bestResult = database.prepare<[{ split: SplitName; runId: number }], ResultRow>(bestResultSql);
  const latestEpoch = database.prepare<{ runId: number; split: SplitName }, { epoch: number }>(
    `SELECT epoch FROM evaluations WHERE run_id = @runId AND split = @split AND epoch <= ${lastEpochSql} ORDER BY epoch DESC LIMIT 1`,
  );
  const cells = database.prepare<[number, SplitName, number], { true_class: number; answer: number; pictures: number }>(
    confusionSql,
  );
  const mistakes = database.prepare<
    [{ runIds: string; split: SplitName; limit: number }],
    { example: number; label: number }
  >(mistakesSql);
  const answers = database.prepare<[number, SplitName, number], { answer: number; confidence: number }>(answersSql);
  const paired = database.prepare<[{ first: number; second: number; split: SplitName }], PairedAnswers>(pairedSql);

  return {
    add(runId: number, { split, epoch, step, result, confusion, predictions }: Evaluation): void {
      insert.run({ runId, split, epoch, step, top5: null, ...result });
      // A run that goes on may look at an epoch again.
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
      const row = latestResult.get({ runId, split });
      return row ? resultOf(row) : null;
    },
    /** The same of every run that is not removed, by its number. */
    latestResults(split: SplitName): ReadonlyMap<number, EvaluationResult> {
      return new Map(latestResults.all({ split }).map(({ runId, epoch: _, ...result }) => [runId, resultOf(result)]));
    },

    /** The look at the split with the least hard loss, the earliest of equals. */
    best(runId: number, split: SplitName): BestEpoch | null {
      const row = bestResult.get({ runId, split });
      return row ? bestOf(row) : null;
    },
    bests(split: SplitName): ReadonlyMap<number, BestEpoch> {
      return new Map(bestResults.all({ split }).map((row) => [row.runId, bestOf(row)]));
    },

    /** The matrix of the last look at the split; null where there was none. */
    confusion(runId: number, split: SplitName, classes: number): ConfusionMatrix | null {
      const latest = latestEpoch.get({ runId, split });
      if (!latest) return null;
      const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
      for (const { true_class, answer, pictures } of cells.all(runId, split, latest.epoch)) {
        const row = counts[true_class];
        // A damaged cell may name a class that there is not.
        if (row && answer in row) row[answer] = pictures;
      }
      return { split, epoch: latest.epoch, counts };
    },

    mistakes(runIds: readonly number[], split: SplitName, limit: number): readonly Mistake[] {
      return mistakes.all({ runIds: JSON.stringify(runIds), split, limit }).map(({ example, label }) => ({
        example,
        label,
        // The query kept only pictures that every run answered.
        answers: runIds.map((runId) => answers.get(runId, split, example)!),
      }));
    },

    paired(firstRunId: number, secondRunId: number, split: SplitName): PairedAnswers {
      return paired.get({ first: firstRunId, second: secondRunId, split })!;
    },
  };
}

function bestOf({ runId: _, epoch, ...result }: ResultRow): BestEpoch {
  return { epoch, result: resultOf(result) };
}

function resultOf(row: FigureRow): EvaluationResult {
  const told = Object.entries(row).filter((entry) => entry[1] !== null);
  return Object.fromEntries(told) as unknown as EvaluationResult; // every column is a figure, pictures among them
}
