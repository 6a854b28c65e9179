/** Time, handed in where it is needed so that tests set it. */
export interface Clock {
  /** The time of day, to be told to people. It may be set to another, ahead or back. */
  now(): Date;
  /** Milliseconds since some moment of this process: only ever ahead, whatever becomes of the time of day. What is measured is measured by it. */
  monotonicMillis(): number;
}

export const systemClock: Clock = { now: () => new Date(), monotonicMillis: () => performance.now() };
