/** How the list of runs is looked at: it stays while a person looks at a run and comes back. */
import { createContext } from "svelte";
import { SvelteSet } from "svelte/reactivity";
import type { RunGroupPlace, StateFilter } from "../../../src-main/contract/run-list.ts";
import type { ColumnSort } from "../../ui/sort-order.ts";

export class RunTableState {
  text = $state("");
  filter = $state<StateFilter>("all");
  sort = $state.raw<ColumnSort>({ column: "id", isDescending: true });
  /** Ids of the columns; null while those stand that suit the runs. */
  columns = $state.raw<readonly string[] | null>(null);
  /** Where each page before the one that is shown ends: none for the first page. */
  behind = $state.raw<readonly RunGroupPlace[]>([]);
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
