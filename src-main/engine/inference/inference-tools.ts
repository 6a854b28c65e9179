/** What the parts of inference hand to one another. */
import type { AnsweringNetwork } from "../../contract/inference.ts";
import type { WeightsDescription } from "../../models/weights-file.ts";
import type { Paths } from "../../platform/paths.ts";
import type { Store } from "../../store/open-store.ts";
import type { SmallRead } from "../readers/small-reads.ts";
import type { InferenceProcess } from "./inference-process.ts";

/** A network that answers: its file, and what is said of it. */
export interface AskedNetwork {
  readonly path: string;
  readonly description: WeightsDescription;
  readonly network: AnsweringNetwork;
}

/** What answering takes. */
export interface InferenceTools {
  readonly store: Store;
  readonly paths: Paths;
  readonly process: InferenceProcess;
  readonly readSmall: SmallRead;
  readonly freeMemoryBytes: () => number;
  /** The engine closes. */
  readonly signal: AbortSignal;
}
