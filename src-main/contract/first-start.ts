/** The page of the first start: what this machine has, a small training as proof, and where things are kept. */

export const keptThings = ["record", "copies", "weights", "states", "pictures", "log"] as const;
export type KeptThing = (typeof keptThings)[number];

export interface FirstStart {
  /** Whether a window begins with it: in an installed app, until it is dismissed or a run is recorded. */
  readonly isWanted: boolean;
  /** As its maker names it; null where the system does not say. */
  readonly processor: string | null;
  readonly freeMemoryBytes: number;
  /** Where the record is; null where the system does not say. */
  readonly freeDiskBytes: number | null;
  /** Its files and folders, whether they are there by now or not. */
  readonly places: readonly { readonly what: KeptThing; readonly path: string }[];
  /** The latest run that was trained as proof; null for none. */
  readonly proofRunId: number | null;
}

/** Tag of a run that was trained as proof: it is a run like any other. */
export const proofTag = "proof";
