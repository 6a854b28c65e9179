/** When runs stood at which step. */
import type { StepTime } from "../contract/metric.ts";
import type { Database } from "./database.ts";

export type StepTimeRecords = ReturnType<typeof createStepTimeRecords>;

export function createStepTimeRecords(database: Database) {
  const insert = database.prepare<[number, number, number, number]>(
    "INSERT OR REPLACE INTO step_times (run_id, step, recorded_at, training_millis) VALUES (?, ?, ?, ?)",
  );
  const forget = database.prepare<[number, number]>("DELETE FROM step_times WHERE run_id = ? AND step > ?");
  const all = database.prepare<[number], StepTime>(`
    SELECT step, recorded_at AS recordedAtMillis, training_millis AS trainingMillis FROM step_times
    WHERE run_id = ? ORDER BY step, recorded_at`);
  return {
    add(runId: number, { step, recordedAtMillis, trainingMillis }: StepTime): void {
      insert.run(runId, step, recordedAtMillis, trainingMillis);
    },
    /** What came after that step is trained anew. */
    forgetAfter(runId: number, step: number): void {
      forget.run(runId, step);
    },
    /** By step, then by moment. */
    of(runId: number): readonly StepTime[] {
      return all.all(runId);
    },
  };
}
