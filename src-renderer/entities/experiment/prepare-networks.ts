import { createContext } from "svelte";

/** Networks to compare, each by its own compact preset, and the seeds that each is trained with. */
export interface PlannedNetworks {
  readonly networks: readonly string[];
  readonly seeds: readonly number[];
}

export type PrepareNetworks = (planned: PlannedNetworks) => Promise<void>;

/** The way to the Train page with these networks to be varied; the app knows it. Nothing starts by itself. */
export const [prepareNetworks, providePrepareNetworks] = createContext<PrepareNetworks>();
