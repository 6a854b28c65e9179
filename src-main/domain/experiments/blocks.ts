/** Which runs stand together: those of one block are compared with each other, and advance in step. */
import type { RunView } from "../../contract/run.ts";

type Placed = Pick<RunView, "id" | "experiment">;

/** Alike for the runs of one block alone. */
export function blockKey({ id, experiment }: Placed): string {
  return experiment === null ? `run ${id}` : `experiment ${experiment.id}, block ${experiment.block}`;
}

export function isOfSameBlock(a: Placed, b: Placed): boolean {
  return blockKey(a) === blockKey(b);
}
