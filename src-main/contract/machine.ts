/** What this machine is and what was found on it. */

export interface EngineStatus {
  readonly version: string;
  /** `starting` until TensorFlow has answered once. */
  readonly state: "starting" | "ready" | "failed";
  /** In words, e.g. `TensorFlow 2.21.0`; null until known. */
  readonly tensorflow: string | null;
  readonly device: string | null;
  readonly cores: number;
  readonly memoryBytes: number;
  /** What is wrong, when the state is `failed`. */
  readonly problem: string | null;
}

/** What the training process says of TensorFlow on this machine. */
export interface TensorFlowReport {
  readonly version: string;
  readonly devices: readonly string[];
  readonly bindingPath: string;
}

/** One line of `strata doctor`. */
export interface DoctorFinding {
  readonly name: string;
  readonly isFine: boolean;
  readonly found: string;
  readonly remedy: string | null;
}
