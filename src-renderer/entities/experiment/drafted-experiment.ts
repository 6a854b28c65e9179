import { createContext } from "svelte";
import type { ExperimentRequest } from "../../../src-main/contract/experiment.ts";

/** What the Train page holds, for a page that carries it elsewhere. */
export interface DraftedExperiment {
  /** On whatever pictures; null where the page holds nothing that could be started. */
  readonly request: ExperimentRequest | null;
  /** Fills the page as it was left, where it was not opened since the window was. */
  need(): Promise<void>;
}

export const [draftedExperiment, provideDraftedExperiment] = createContext<DraftedExperiment>();
