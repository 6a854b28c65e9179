/** How the list of runs is looked at: it stays while a person looks at a run and comes back. */
import { createContext } from "svelte";
import { SvelteSet } from "svelte/reactivity";
import type { StateFilter } from "../../entities/run/run-groups.ts";

export class RunTableState {
  text = $state("");
  filter = $state<StateFilter>("all");
  sort = $state.raw<{ readonly column: string; readonly isDescending: boolean }>({ column: "id", isDescending: true });
  /** Ids of the columns; null while those stand that suit the runs. */
  columns = $state.raw<readonly string[] | null>(null);
  /** From 0. */
  pageIndex = $state(0);
  /** In the order of selecting, which decides who is first in a comparison. */
  readonly selected = new SvelteSet<number>();

  select(runIds: readonly number[], isSelected: boolean): void {
    for (const runId of runIds) {
      if (isSelected) this.selected.add(runId);
      else this.selected.delete(runId);
    }
  }
}

export const [runTableState, provideRunTable] = createContext<RunTableState>();
