import { expect, test } from "vitest";
import type { RowTimes } from "../../../src-main/contract/machine.ts";
import { allNodes, networkTree } from "../../../src-main/domain/networks/network-tree.ts";
import { placedRows } from "../../../src-main/domain/networks/row-walk.ts";
import { shapeRows } from "../../../src-main/domain/networks/shapes.ts";
import { millisOfRows, millisWithin } from "../../../src-main/domain/networks/time-within.ts";
import { architectures, findArchitecture } from "../../../src-main/models/registry.ts";

/** Each row takes 1, 2 and 4 ms in three passes. */
function timesOf(id: string): RowTimes {
  const paths = placedRows(findArchitecture(id), { classes: 10, hasHeads: false }).map(({ path }) => path);
  const rows = paths.map((path) => ({ path, millis: [1, 4, 2] }));
  return { batchSize: 1, passes: 3, device: "CPU", threads: 1, rows, wholeMillis: [1], compiledMillis: null };
}
const treeOf = (id: string) => networkTree(shapeRows(findArchitecture(id), 10).rows);

test("a module takes what its rows and its concatenation take, pass by pass; a head takes nothing", () => {
  const nodes = allNodes(treeOf("googlenet"));
  const within = (key: string) => millisWithin(nodes.find((node) => node.key === key)!, timesOf("googlenet"));
  expect(within("inception_3a/Branch_0")).toEqual({ median: 2, lowerQuartile: 1.5, upperQuartile: 3 });
  expect(within("inception_3a")).toEqual({ median: 16, lowerQuartile: 12, upperQuartile: 24 });
  expect(within("loss1")).toBeNull();
});

test.each(architectures.map(({ id }) => id))("the stages of %s take what all rows take", (id) => {
  const times = timesOf(id);
  const stages = treeOf(id).map((stage) => millisWithin(stage, times)?.median ?? 0);
  expect(stages.reduce((sum, millis) => sum + millis, 0)).toBe(millisOfRows(times)?.median);
  expect(millisOfRows(times)?.median).toBe(2 * times.rows.length);
});
