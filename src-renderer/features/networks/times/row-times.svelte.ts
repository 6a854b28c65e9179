/** How long the rows of networks take on this machine, as far as it was asked. */
import { createContext } from "svelte";
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import type { RowTimes } from "../../../../src-main/contract/machine.ts";
import type { Api } from "../../../lib/engine/client.ts";
import { MeasuredTimes, type TimesView } from "../../../lib/engine/measured-times.svelte.ts";

type Timed = Pick<ArchitectureView, "id" | "inputPixels" | "width" | "classes">;

export class RowTimesState {
  readonly #times: MeasuredTimes<ReturnType<typeof questionOf>, RowTimes>;

  constructor(api: Api) {
    this.#times = new MeasuredTimes((question) => api.models.timeRows.mutate(question));
  }

  of(network: Timed, batchSize: number): TimesView<RowTimes> {
    return this.#times.of(questionOf(network, batchSize));
  }

  /** Measures anew, whatever was known before. */
  time(network: Timed, batchSize: number): Promise<void> {
    return this.#times.time(questionOf(network, batchSize));
  }
}

function questionOf({ id, inputPixels, width, classes }: Timed, batchSize: number) {
  return { model: { id, inputPixels, width }, classes, batchSize };
}

export const [rowTimesState, provideRowTimes] = createContext<RowTimesState>();
