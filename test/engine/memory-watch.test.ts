import { expect, it } from "vitest";
import { type MemoryFindings, wasEndedByMemory, watchMemory } from "../../src-main/engine/trainer/memory-watch.ts";

const found = (freeBytes: number, hasKernelKilled: boolean | null): MemoryFindings => ({
  last: { residentBytes: 2e9, peakBytes: 2e9, freeBytes },
  hasKernelKilled,
});

const by = (signal: NodeJS.Signals) => ({ code: null, signal });

it("a kill is the kernel's for want of memory if the kernel counted one, and a person's if not", () => {
  expect(wasEndedByMemory(by("SIGKILL"), found(1e9, true), 1e9)).toBe(true);
  expect(wasEndedByMemory(by("SIGKILL"), found(1e6, false), 9e9)).toBe(false);
});

it("where nobody counts, a kill with next to nothing left is taken for the kernel's", () => {
  expect(wasEndedByMemory(by("SIGKILL"), found(1e8, null), 1e9)).toBe(true);
  expect(wasEndedByMemory(by("SIGKILL"), found(1e9, null), 9e9)).toBe(false);
  expect(wasEndedByMemory(by("SIGKILL"), { last: null, hasKernelKilled: null }, 9e9)).toBe(false);
});

it("a crash is memory's if the room that was predicted to be needed was not there", () => {
  expect(wasEndedByMemory(by("SIGSEGV"), found(1e9, false), 4e9)).toBe(true);
  expect(wasEndedByMemory(by("SIGABRT"), found(1e8, false), 1e9)).toBe(true);
  expect(wasEndedByMemory(by("SIGSEGV"), found(1e9, false), 2.5e9)).toBe(false);
});

it("an ordinary end is not", () => {
  expect(wasEndedByMemory({ code: 1, signal: null }, found(1, true), 9e9, "linux")).toBe(false);
  expect(wasEndedByMemory(by("SIGTERM"), found(1, true), 9e9)).toBe(false);
});

it("on Windows a crash has a number, and an end by a task manager, which says nothing of memory, is the number 1", () => {
  const ended = (code: number) => wasEndedByMemory({ code, signal: null }, found(1e9, null), 4e9, "win32");
  expect([3, 134, 0xc0000005, 0xc0000409].map(ended)).toEqual([true, true, true, true]);
  expect([0, 1, 2, 0xc000013a].map(ended)).toEqual([false, false, false, false]);
});

it("what a process says of itself stands where the system says nothing of others", () => {
  const nobody = 2 ** 22 + 1;
  const watch = watchMemory(nobody);
  expect(watch.last).toBeNull();
  watch.told({ residentBytes: 5e8, peakBytes: 6e8 });
  expect(watch.last).toMatchObject({ residentBytes: 5e8, peakBytes: 6e8 });
  expect(watch.last?.freeBytes).toBeGreaterThan(0);
  expect(watch.finish().last?.residentBytes).toBe(5e8);
});
