import { expect, it } from "vitest";
import { type MemoryFindings, wasEndedByMemory } from "../../src-main/engine/trainer/memory-watch.ts";

const found = (freeBytes: number, hasKernelKilled: boolean | null): MemoryFindings => ({
  last: { residentBytes: 2e9, peakBytes: 2e9, freeBytes },
  hasKernelKilled,
});

it("a kill is the kernel's for want of memory if the kernel counted one, and a person's if not", () => {
  expect(wasEndedByMemory("SIGKILL", found(1e9, true), 1e9)).toBe(true);
  expect(wasEndedByMemory("SIGKILL", found(1e6, false), 9e9)).toBe(false);
});

it("where nobody counts, a kill with next to nothing left is taken for the kernel's", () => {
  expect(wasEndedByMemory("SIGKILL", found(1e8, null), 1e9)).toBe(true);
  expect(wasEndedByMemory("SIGKILL", found(1e9, null), 9e9)).toBe(false);
  expect(wasEndedByMemory("SIGKILL", { last: null, hasKernelKilled: null }, 9e9)).toBe(false);
});

it("a crash is memory's if the room that was predicted to be needed was not there", () => {
  expect(wasEndedByMemory("SIGSEGV", found(1e9, false), 4e9)).toBe(true);
  expect(wasEndedByMemory("SIGABRT", found(1e8, false), 1e9)).toBe(true);
  expect(wasEndedByMemory("SIGSEGV", found(1e9, false), 2.5e9)).toBe(false);
});

it("an ordinary end is not", () => {
  expect(wasEndedByMemory(null, found(1, true), 9e9)).toBe(false);
  expect(wasEndedByMemory("SIGTERM", found(1, true), 9e9)).toBe(false);
});
