import { expect, it } from "vitest";
import { createStageClock } from "../../../src-main/training/measuring/stage-clock.ts";

it("gives every moment since the process began to the stage that was going", () => {
  let now = 0;
  const clock = createStageClock(() => now);
  const at = (seconds: number, stage: Parameters<typeof clock.enter>[0]): void => {
    now = seconds;
    clock.enter(stage);
  };
  at(2, "preparing");
  at(5, "compiling");
  at(46, "training");
  at(50, "validating");
  at(51, "training");
  at(55, "saving");
  now = 56;
  expect(clock.stage).toBe("saving");
  expect(clock.seconds()).toEqual({
    starting: 2,
    preparing: 3,
    compiling: 41,
    training: 8,
    validating: 1,
    testing: 0,
    saving: 1,
  });
  now = 57;
  expect(clock.seconds().saving).toBe(2);
});
