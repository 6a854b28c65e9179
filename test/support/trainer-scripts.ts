/** Seeds that make the scripted trainer do something other than train to the end. */
export const scripts = {
  trainsToTheEnd: 1,
  killedAtStepThree: 2,
  exitsAtStepThree: 3,
  /** Goes on only when it is told to stop. */
  waitsAtStepThree: 4,
  ignoresInterrupt: 5,
  cannotBegin: 6,
  leaksTensors: 7,
  /** Ignores that it is to stop, and when it is killed, another process keeps its pipe: seen from outside, it does not end. */
  isNotLetGo: 8,
  /** Says at its begin that it failed, and does not end: as where its exit waits for a read. */
  failsAndStays: 9,
  /** Told to end at its third step, it crashes. */
  crashesWhenInterrupted: 10,
} as const;

export const stepsPerEpoch = 4;
