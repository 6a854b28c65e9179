import { expect, test } from "vitest";
import { atExit } from "../../src-main/platform/at-exit.ts";

test("however many are to be ended at the exit, the process has one listener more, and none once all are called off", () => {
  const before = process.listeners("exit");
  const ended: number[] = [];
  const off = Array.from({ length: 12 }, (_, number) => atExit(() => ended.push(number)));
  const [added, ...others] = process.listeners("exit").filter((listener) => !before.includes(listener));
  expect(others).toEqual([]);
  off[3]!();
  added!(0);
  expect(ended).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]);
  for (const callOff of off) callOff();
  expect(process.listeners("exit")).toEqual(before);
});
