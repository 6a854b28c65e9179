import { describe, expect, test } from "vitest";
import { allNodes, networkTree, shownNodes } from "../../../src-main/domain/networks/network-tree.ts";
import { placedRows } from "../../../src-main/domain/networks/row-walk.ts";
import { shapeRows } from "../../../src-main/domain/networks/shapes.ts";
import { architectures, findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";

const treeOf = (id: string) => networkTree(shapeRows(findArchitecture(id), 1_000).rows);
const titles = (id: string) => treeOf(id).map(({ title, children }) => [title, children.map((child) => child.title)]);

test("a stage begins with the row that moves values further apart, and the classifier where every value sees all", () => {
  expect(titles("alexnet")).toEqual([
    ["Stage 1", ["conv1", "norm1"]],
    ["Stage 2", ["pool1", "conv2", "norm2"]],
    ["Stage 3", ["pool2", "conv3", "conv4", "conv5"]],
    ["Stage 4", ["pool5"]],
    ["Classifier", ["flatten", "fc6", "drop6", "fc7", "drop7", "fc8"]],
  ]);
  expect(titles("linear-svm")).toHaveLength(1);
});

test("AlexNet's towers are its grouped convolutions and the pool behind them; normalisation sees over the edge between them", () => {
  const towers = allNodes(treeOf("alexnet")).flatMap((node) => (node.towers > 1 ? [[node.title, node.towers]] : []));
  expect(towers).toEqual([
    ["conv2", 2],
    ["conv4", 2],
    ["conv5", 2],
    ["pool5", 2],
  ]);
});

test("GoogLeNet's heads leave behind modules 4a and 4d and begin no stage", () => {
  const stage = treeOf("googlenet").find(({ children }) => children.some(({ kind }) => kind === "head"))!;
  expect(stage.children.map(({ title, kind }) => (kind === "head" ? `(${title})` : title))).toEqual([
    "pool3/3x3_s2",
    "inception_4a",
    "(loss1)",
    "inception_4b",
    "inception_4c",
    "inception_4d",
    "(loss2)",
    "inception_4e",
  ]);
});

test("what is open is shown by what is inside of it", () => {
  const shown = (...open: string[]) => shownNodes(treeOf("alexnet"), new Set(open)).map(({ title }) => title);
  expect(shown()).toEqual(["Stage 1", "Stage 2", "Stage 3", "Stage 4", "Classifier"]);
  expect(shown("stage 1", "conv1")).toEqual(["conv1", "norm1", "Stage 2", "Stage 3", "Stage 4", "Classifier"]);
});

describe.each(architectures.map(({ id }) => id))("%s", (id) => {
  const paper = findArchitecture(id);
  const compact = scaleArchitecture(paper, { inputPixels: 32, width: 0.25 });
  test.each([
    ["as published", paper],
    ["compact", compact],
  ])("%s: holds every row once, under its path, and its stages add up to the network", (_, architecture) => {
    const { rows, totals } = shapeRows(architecture, 10);
    const stages = networkTree(rows);
    const nodes = allNodes(stages);
    const paths = placedRows(architecture, { classes: 10, hasHeads: true }).map(({ path }) => path);
    const ofRows = nodes.filter(({ kind }) => kind !== "stage" && kind !== "branch").map(({ key }) => key);
    expect(ofRows.toSorted()).toEqual(paths.toSorted());
    expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length);
    const sum = (of: "parameters" | "multiplyAdds" | "activationBytes") =>
      stages.reduce((n, stage) => n + stage[of], 0);
    expect([sum("parameters"), sum("multiplyAdds"), sum("activationBytes")]).toEqual([
      totals.parameters,
      totals.multiplyAdds,
      totals.activationBytes,
    ]);
  });
});
