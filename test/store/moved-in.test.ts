import { expect, it } from "vitest";
import { movedIn } from "../../src-main/store/queue.ts";

const jobs = [[1], [2, 3], [4], [5]];

it("a job moves to the front, up or down, with both its arms, and no further than the ends", () => {
  expect(movedIn(jobs, 4, "front")).toEqual([[4], [1], [2, 3], [5]]);
  expect(movedIn(jobs, 3, "up")).toEqual([[2, 3], [1], [4], [5]]);
  expect(movedIn(jobs, 2, "down")).toEqual([[1], [4], [2, 3], [5]]);
  expect(movedIn(jobs, 1, "up")).toEqual(jobs);
  expect(movedIn(jobs, 5, "down")).toEqual(jobs);
});

it("a job that no longer waits moves nothing", () => {
  expect(movedIn(jobs, 9, "front")).toEqual(jobs);
});
