import { heartbeatMillis } from "../store/owners.ts";

/** How long an engine waits for what may never come, and how often it looks: long enough for a person's machine. Tests that wait one out set it shorter. */
export interface Waits {
  /** Shortest time between two deliveries to one window. */
  readonly newsMillis: number;
  /** Between two heartbeats, at which it hears of other engines. */
  readonly heartbeatMillis: number;
  /** An engine that starts tries to write for so many times, some half a second each; then it is there for what can be read. */
  readonly firstTries: number;
  /** What is to be recorded waits for so long before a person is told that another program writes the record. */
  readonly busyNoticeMillis: number;
  /** A request waits for so long before its answer is that. */
  readonly busyAnswerMillis: number;
  /** A training process that said why it failed may stay for so long before it is killed. */
  readonly failedGraceMillis: number;
  /** A killed process that does not go is left behind after so long. */
  readonly leavingMillis: number;
}

export const usualWaits: Waits = {
  newsMillis: 250,
  heartbeatMillis,
  firstTries: 20,
  busyNoticeMillis: 5_000,
  busyAnswerMillis: 10_000,
  failedGraceMillis: 5_000,
  leavingMillis: 5_000,
};
