/** The runs that the Compare page shows when its address names none. */
import type { RunView } from "../../contract/run.ts";
import { groupedBy } from "../grouped-by.ts";
import { finalResult } from "../runs/run-values.ts";
import { blockKey } from "./blocks.ts";

/** The latest block whose arms all have final figures; null where there is none. `runs` come latest first. */
export function latestPair(runs: readonly RunView[]): readonly number[] | null {
  for (const members of groupedBy(runs, blockKey).values()) {
    const arms = [...members].sort((a, b) => a.id - b.id);
    if (arms.length > 1 && arms.every((arm) => finalResult(arm) !== null && arm.endedAt !== null)) {
      return arms.map((arm) => arm.id);
    }
  }
  return null;
}
