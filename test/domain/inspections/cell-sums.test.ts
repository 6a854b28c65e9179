import { expect, test } from "vitest";
import { cellSums } from "../../../src-main/domain/inspections/cell-sums.ts";

test("sums over cells, of which the last reach over the edge, and loses nothing", () => {
  const grid = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(cellSums(grid, 3, 2)).toEqual({ side: 2, values: [1 + 2 + 4 + 5, 3 + 6, 7 + 8, 9] });
  expect(cellSums(grid, 3, 1)).toEqual({ side: 3, values: grid });
});
