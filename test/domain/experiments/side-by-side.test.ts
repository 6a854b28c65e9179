import { describe, expect, it } from "vitest";
import { fastestOf, hasRoom, jobCountsToTry, threadsEach } from "../../../src-main/domain/experiments/side-by-side.ts";

const machine = { threads: 4, gpus: 0, freeBytes: 10e9, mostJobs: null };
const job = (threads: number | null, memoryBytes: number | null = 1e9) => ({ threads, memoryBytes });
const going = (threads: number | null, memoryBytes = 1e9, heldBytes = 1e9) => ({ threads, memoryBytes, heldBytes });

describe("room beside what trains", () => {
  it("is there for one job whatever it takes", () => {
    expect(hasRoom(job(null, 99e9), [], machine)).toBe(true);
    expect(hasRoom(job(64, null), [], machine)).toBe(true);
  });

  it("goes by threads: all that are lent together, and no more", () => {
    expect(hasRoom(job(1), [going(1), going(2)], machine)).toBe(true);
    expect(hasRoom(job(2), [going(1), going(2)], machine)).toBe(false);
    expect(hasRoom(job(1), [going(null)], machine)).toBe(false);
    expect(hasRoom(job(null), [going(1)], machine)).toBe(false);
    // Recorded where there were more cores.
    expect(hasRoom(job(8), [], machine)).toBe(true);
    expect(hasRoom(job(1), [going(8)], machine)).toBe(false);
  });

  it("goes by GPUs where there are some: one job each, however many threads they share", () => {
    expect(hasRoom(job(null), [going(null)], { ...machine, gpus: 2 })).toBe(true);
    expect(hasRoom(job(1), [going(1)], { ...machine, gpus: 1 })).toBe(false);
    expect(hasRoom(job(1), [going(1), going(1)], { ...machine, gpus: 2 })).toBe(false);
    expect(hasRoom(job(1), [going(1)], { ...machine, gpus: 2, mostJobs: 1 })).toBe(false);
    expect(hasRoom(job(1, 11e9), [going(1)], { ...machine, gpus: 2 })).toBe(false);
  });

  it("goes by the number that a person chose", () => {
    expect(hasRoom(job(1), [going(1)], { ...machine, mostJobs: 1 })).toBe(false);
    expect(hasRoom(job(1), [going(1)], { ...machine, mostJobs: 2 })).toBe(true);
    expect(hasRoom(job(1), [], { ...machine, mostJobs: 1 })).toBe(true);
  });

  it("goes by memory: also what the others are still to take is not free", () => {
    expect(hasRoom(job(1, 10e9), [going(1)], machine)).toBe(true);
    expect(hasRoom(job(1, 10e9), [going(1, 3e9, 2e9)], machine)).toBe(false);
    expect(hasRoom(job(1, 9e9), [going(1, 3e9, 2e9)], machine)).toBe(true);
    // One that came to hold more than was predicted gives nothing back.
    expect(hasRoom(job(1, 10e9), [going(1, 1e9, 5e9)], machine)).toBe(true);
    expect(hasRoom(job(1, null), [going(1)], machine)).toBe(false);
  });
});

it("tries one job, all that could go, and a number between", () => {
  expect([1, 2, 3, 8, 64].map(jobCountsToTry)).toEqual([[1], [1, 2], [1, 2, 3], [1, 3, 8], [1, 8, 64]]);
});

it("parts the threads evenly, and none goes without", () => {
  expect([threadsEach(1, 8), threadsEach(3, 8), threadsEach(8, 8), threadsEach(9, 8)]).toEqual([8, 2, 1, 1]);
});

it("takes what gives most pictures a second, and of equal ones the fewest jobs", () => {
  const one = { jobs: 1, threads: 2, imagesPerSecond: 100 };
  const two = { jobs: 2, threads: 1, imagesPerSecond: 126 };
  expect(fastestOf([one, two])).toBe(two);
  expect(fastestOf([one, { ...two, imagesPerSecond: 100 }])).toBe(one);
  expect(() => fastestOf([])).toThrow("Nothing was measured");
});
