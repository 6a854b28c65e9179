/** The paper's steps beside those of an experiment of the record. Pure. */
import type { ExperimentView } from "../../../../src-main/contract/experiment.ts";
import type { RunView } from "../../../../src-main/contract/run.ts";
import { ladder, type Rung } from "../../../../src-main/domain/lessons/ladder.ts";
import { meanInterval } from "../../../../src-main/domain/statistics/mean-interval.ts";
import { errorOf, type Measured } from "../own-error.ts";

export interface LadderRow {
  readonly rung: Rung;
  /** In points of the paper's top-1 error, from the rung before; null for the first. */
  readonly paperStep: number | null;
  readonly finished: number;
  /** Top-1 error as shares; null while no run has finished. */
  readonly validation: Measured | null;
  readonly test: Measured | null;
  /** Of the error on the validation pictures, from the rung before: the mean over the seeds that have finished both. */
  readonly step: Measured | null;
}

/** @param experiment null for the paper's column alone */
export function ladderRows(
  experiment: Pick<ExperimentView, "rows"> | null,
  runOf: (runId: number) => RunView | undefined,
): readonly LadderRow[] {
  const rowOf = (name: string) => experiment?.rows.find(({ levels }) => levels.some((level) => level.name === name));
  const errorsOf = (name: string) =>
    new Map(
      (rowOf(name)?.runIds ?? [])
        .flatMap((id) => runOf(id) ?? [])
        .flatMap(({ state, validation, configuration }) =>
          state === "finished" && validation?.top1 !== undefined
            ? [[configuration.seed, 1 - validation.top1] as const]
            : [],
        ),
    );
  return ladder.map((rung, index) => {
    const before = ladder[index - 1];
    const row = rowOf(rung.name);
    return {
      rung,
      // Printed with one decimal; so is their difference.
      paperStep: before ? Math.round(10 * (rung.top1.value - before.top1.value)) / 10 : null,
      finished: row?.finished ?? 0,
      validation: errorOf(row?.validation.top1),
      test: errorOf(row?.test.top1),
      step: before ? stepOf(errorsOf(before.name), errorsOf(rung.name)) : null,
    };
  });
}

function stepOf(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): Measured | null {
  const differences = [...after].flatMap(([seed, error]) => {
    const from = before.get(seed);
    return from === undefined ? [] : [error - from];
  });
  if (differences.length === 0) return null;
  const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length;
  return { mean, interval: meanInterval(differences) };
}
