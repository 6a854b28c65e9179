/** What can be told of an experiment's rows, by what their finished runs answered to the same pictures. */
import type { ExperimentRequest, ExperimentRow, Factor, Level } from "../../contract/experiment.ts";
import type { RunView } from "../../contract/run.ts";
import { type ExperimentVerdict, mostJudgedRows } from "../../contract/verdict.ts";
import { levelKey } from "../../domain/experiments/experiment-outcome.ts";
import { levelsOf } from "../../domain/experiments/experiment-plan.ts";
import { conditionsOf, rowsAsAsked } from "../../domain/experiments/row-words.ts";
import { groupedBy } from "../../domain/grouped-by.ts";
import { type JudgedArm, judgingPairs } from "../../domain/verdicts/arm-verdicts.ts";
import { type JudgedAnswers, judgedAnswers } from "../../domain/verdicts/measured-difference.ts";
import type { Store } from "../../store/open-store.ts";
import { commonSplit, testLooksOf } from "../comparison/compare.ts";
import { inTurns, takingTurns } from "../in-turns.ts";

/** @param runs of the experiment, those of its rows among them */
export async function verdictOfExperiment(
  store: Pick<Store, "evaluations">,
  { factors }: Pick<ExperimentRequest, "factors">,
  { rows: asMade, runs }: { readonly rows: readonly ExperimentRow[]; readonly runs: readonly RunView[] },
): Promise<ExperimentVerdict> {
  if (asMade.length > mostJudgedRows) return { split: null, testLooks: null, arms: [], missing: "many-rows" };
  const rows = rowsAsAsked(factors, asMade);
  const finished = new Map(runs.filter(({ state }) => state === "finished").map((run) => [run.id, run]));
  const pairs = pairsOf(factors, rows);
  const none = (missing: ExperimentVerdict["missing"]) => ({ split: null, testLooks: null, arms: [], missing });
  if (pairs.length === 0) return none(rows.length < 2 ? "one-row" : "no-answers");
  const split = finished.size === 0 ? null : commonSplit([...finished.values()]);
  if (split === null) return none("no-answers");
  const turn = takingTurns();
  const arms = new Map<ExperimentRow, JudgedArm>();
  for (const row of rows) {
    const arm = new Map<number, JudgedAnswers>();
    for (const run of row.runIds.flatMap((id) => finished.get(id) ?? [])) {
      const predictions = store.evaluations.predictions(run.id, split);
      if (predictions.length > 0) arm.set(run.configuration.seed, judgedAnswers(predictions));
      await turn();
    }
    arms.set(row, arm);
  }
  const verdicts = await inTurns(judgingPairs(pairs.map(([first, second]) => [arms.get(first)!, arms.get(second)!])));
  if (verdicts.every(({ measures }) => measures.length === 0)) return none("no-answers");
  const one = runs.find(({ state }) => state === "finished")!;
  return {
    split,
    testLooks: testLooksOf(store, one, split),
    arms: pairs.map(([first, second], index) => ({
      ...{ levels: second.levels, against: first.levels },
      ...verdicts[index]!,
    })),
    missing: null,
  };
}

/**
 * Each row with the one that it is compared with: arms with the first arm of the same conditions, where it is there still, and rows of other experiments with the
 * first of all.
 */
function pairsOf(
  factors: readonly Factor[],
  rows: readonly ExperimentRow[],
): readonly (readonly [ExperimentRow, ExperimentRow])[] {
  const conditions = conditionsOf(factors);
  const keyOf = ({ levels }: ExperimentRow) => conditions.map((index) => levelKey(levels[index]!)).join();
  const isFirstArm = ({ levels }: ExperimentRow) =>
    factors.every((factor, index) => conditions.includes(index) || isFirstLevel(factor, levels[index]!));
  return [...groupedBy(rows, keyOf).values()].flatMap((group) => {
    const first = conditions.length === 0 ? group[0] : group.find(isFirstArm);
    return first === undefined ? [] : group.filter((row) => row !== first).map((second) => [first, second] as const);
  });
}

const isFirstLevel = (factor: Factor, level: Level): boolean => levelKey(levelsOf(factor)[0]!) === levelKey(level);
