/** What the engine's process tells the shell that started it, and what it is told. Both are of one version, and share this machine. */
import type { CodedError } from "./errors.ts";
import type { RunState } from "./run.ts";

/** What trains, as far as a window's frame wants to know. */
export interface TrainingGlance {
  /** `AlexNet, 2 arms` */
  readonly title: string;
  /** 0–1; null while that cannot be said. */
  readonly fraction: number | null;
  /** Jobs behind it. */
  readonly waiting: number;
}

export interface EndedJob {
  readonly title: string;
  readonly state: RunState;
  /** Validation top-1 of each arm, where it was evaluated; 0–1. */
  readonly top1: readonly (number | null)[];
  readonly error: CodedError | null;
}

export interface SelfTest {
  /** In words, e.g. `TensorFlow 2.21.0`. */
  readonly tensorflow: string;
  /** Of the one step that was trained, in nats. */
  readonly hardLoss: number;
}

export type EngineToShell =
  | { readonly kind: "listening"; readonly address: string; readonly token: string }
  | { readonly kind: "failed"; readonly error: CodedError }
  | { readonly kind: "training"; readonly training: TrainingGlance | null }
  | { readonly kind: "ended"; readonly job: EndedJob }
  | { readonly kind: "self-tested"; readonly outcome: SelfTest | { readonly problem: string } };

export type ShellToEngine =
  /** Stops what trains and empties the queue; what is recorded stays. */
  | { readonly kind: "stop-training" }
  /** The same, to go on later from that very step. */
  | { readonly kind: "pause-training" }
  | { readonly kind: "self-test" };
