import { expect, test } from "vitest";
import { leaveInterruptsToEngine } from "../../src-main/platform/leave-interrupts.ts";

const signals = ["SIGINT", "SIGBREAK", "SIGHUP"] as const;
const listeners = () => signals.map((signal) => process.listenerCount(signal));

test("on Windows a program that the engine started lets a console's interrupts pass, and elsewhere changes nothing", () => {
  const before = listeners();
  const had = signals.map((signal) => process.listeners(signal));
  leaveInterruptsToEngine("linux");
  expect(listeners()).toEqual(before);
  leaveInterruptsToEngine("win32");
  expect(listeners()).toEqual(before.map((count) => count + 1));
  for (const [place, signal] of signals.entries())
    for (const one of process.listeners(signal)) if (!had[place]?.includes(one)) process.off(signal, one);
});
