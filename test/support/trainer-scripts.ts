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
} as const;

export const stepsPerEpoch = 4;
