import { expect, it } from "vitest";
import { shapeRows } from "../../src-main/domain/networks/shapes.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { answeringRows, rowsThroughDepth } from "../../src-renderer/features/predict/answering-rows.ts";

const rowsOf = (id: string) => shapeRows(findArchitecture(id), 10).rows;
const keys = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key);

it("are convolutions from the first to the last, or dense layers before the classes", () => {
  expect(keys(rowsThroughDepth(rowsOf("alexnet"), 5))).toEqual(["conv1", "conv2", "conv3", "conv4", "conv5"]);
  expect(keys(rowsThroughDepth(rowsOf("alexnet"), 2))).toEqual(["conv1", "conv5"]);
  expect(keys(rowsThroughDepth(rowsOf("lenet5"), 5))).toEqual(["C1", "C3"]);
});

it.each(architectures.map(({ id }) => id))(
  "of %s are rows that it has, each once and in order, and none of a head",
  (id) => {
    const all = keys(answeringRows(rowsOf(id)));
    const chosen = keys(rowsThroughDepth(rowsOf(id), 5));
    expect(chosen).toEqual(all.filter((key) => chosen.includes(key)));
    expect(new Set(chosen).size).toBe(chosen.length);
    expect(all.filter((key) => /auxiliary|^aux/i.test(key))).toEqual([]);
  },
);
