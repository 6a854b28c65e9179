import { describe, expect, test } from "vitest";
import { allNodes, networkTree } from "../../src-main/domain/networks/network-tree.ts";
import { placedRows } from "../../src-main/domain/networks/row-walk.ts";
import { shapeRows } from "../../src-main/domain/networks/shapes.ts";
import { modelList } from "../../src-main/engine/models/model-list.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { mapDeed } from "../../src-renderer/features/networks/map/map-keys.ts";
import { layoutMap, type MapBox } from "../../src-renderer/features/networks/map/map-layout.ts";
import { fitting } from "../../src-renderer/features/networks/map/map-texts.ts";
import { zoomed } from "../../src-renderer/features/networks/map/zoom.ts";
import { compactAddress, compactClasses } from "../../src-renderer/features/networks/networks.svelte.ts";
import { rowFigures } from "../../src-renderer/features/networks/row/row-figures.ts";
import { shelfColumns, sortedShelf } from "../../src-renderer/features/networks/shelf-columns.ts";

const sizes = architectures.flatMap(({ id }) => [
  [id, "as published", findArchitecture(id)] as const,
  [id, "compact", scaleArchitecture(findArchitecture(id), { inputPixels: 32, width: 0.25 })] as const,
]);
const treeOf = (id: string) => networkTree(shapeRows(findArchitecture(id), 1_000).rows);
const openAll = (id: string) => {
  const stages = treeOf(id);
  return layoutMap(stages, new Set(allNodes(stages).map(({ key }) => key)));
};
const boxOf = (boxes: readonly MapBox[], title: string) => boxes.find(({ node }) => node.title === title)!;
const right = ({ x, width }: MapBox) => x + width;
const bottom = ({ y, height }: MapBox) => y + height;

describe.each(sizes)("the map of %s, %s", (_, __, architecture) => {
  const { rows, totals } = shapeRows(architecture, 10);
  const stages = networkTree(rows);
  const nodes = allNodes(stages);
  const drawing = layoutMap(stages, new Set(nodes.map(({ key }) => key)));
  const inHeads = nodes.filter(({ kind }) => kind === "head").map(({ key }) => key);

  test("shows every node once, inside of its parent and beside its siblings, never over them", () => {
    expect(drawing.boxes.map(({ node }) => node)).toEqual(nodes);
    const inside = new Map<unknown, MapBox[]>();
    for (const box of drawing.boxes) inside.set(box.parent, [...(inside.get(box.parent) ?? []), box]);
    const byNode = new Map(drawing.boxes.map((box) => [box.node, box]));
    for (const [parent, boxes] of inside) {
      const around = parent ? byNode.get(parent as MapBox["node"])! : null;
      for (const [index, box] of boxes.entries()) {
        if (around) {
          const fits =
            box.x >= around.x && right(box) <= right(around) && box.y > around.y && bottom(box) < bottom(around);
          expect(fits).toBe(true);
        }
        for (const other of boxes.slice(index + 1)) {
          const isApart =
            right(box) <= other.x || right(other) <= box.x || bottom(box) <= other.y || bottom(other) <= box.y;
          expect(isApart).toBe(true);
        }
      }
    }
    expect(Math.max(...drawing.boxes.map(right))).toBeLessThanOrEqual(drawing.width + 1e-6);
    expect(Math.max(...drawing.boxes.map(bottom))).toBeLessThanOrEqual(drawing.height + 1e-6);
  });

  test("has a bar with the sum of its branches' channels for every module", () => {
    const modules = nodes.filter(({ kind }) => kind === "module");
    expect(drawing.joins.map(({ key }) => key).toSorted()).toEqual(modules.map(({ key }) => key).toSorted());
    for (const { key, channels } of drawing.joins) {
      const { children } = modules.find((module) => module.key === key)!;
      expect(channels).toBe(children.reduce((sum, { row }) => sum + row.output.channels, 0));
    }
  });

  test("every figure of every node says where it is from, and only times are measured", () => {
    const paths = placedRows(architecture, { classes: 10, hasHeads: false }).map(({ path }) => path);
    const rows = paths.map((path) => ({ path, millis: [1, 2, 4] }));
    const times = { batchSize: 32, passes: 3, device: "CPU", threads: 2, rows, wholeMillis: [1], compiledMillis: null };
    for (const node of nodes) {
      const figures = rowFigures(node, totals, 32, times);
      for (const { name, value, origin, about } of figures) {
        expect(origin, name).toBe(name === "Time" ? "measured" : "calculated");
        expect(`${value} ${about}`, name).not.toMatch(/NaN|undefined|null|Infinity/);
      }
      const isInHead = [...inHeads].some((key) => node.key === key || node.key.startsWith(`${key}/`));
      expect(figures.some(({ name }) => name === "Time")).toBe(!isInHead);
      expect(rowFigures(node, totals, 32, null)).toEqual(figures.filter(({ name }) => name !== "Time"));
    }
  });
});

test("branches stand side by side, over their concatenation", () => {
  const { boxes, joins } = openAll("googlenet");
  const branches = boxes.filter(({ node }) => node.key.startsWith("inception_3a/Branch_") && node.kind === "branch");
  expect(branches.map(({ y }) => y)).toEqual(Array(4).fill(branches[0]!.y));
  for (const [index, box] of branches.slice(1).entries()) expect(box.x).toBeGreaterThan(right(branches[index]!));
  const join = joins.find(({ key }) => key === "inception_3a")!;
  for (const box of branches) expect(bottom(box)).toBeLessThan(join.y);
  expect(join.channels).toBe(256);
});

test("heads stand right of the trunk, below what they leave behind", () => {
  const { boxes } = openAll("googlenet");
  const [head, before, after] = ["loss1", "inception_4a", "inception_4b"].map((title) => boxOf(boxes, title));
  expect(head!.x).toBeGreaterThan(right(before!));
  expect(head!.x).toBeGreaterThan(right(after!));
  expect(head!.y).toBeGreaterThan(bottom(before!));
});

test("a layer in towers is wide enough for them side by side", () => {
  const { boxes } = openAll("alexnet");
  expect(boxOf(boxes, "conv4").width).toBeGreaterThan(boxOf(boxes, "conv3").width);
});

describe("keys on the map", () => {
  const stages = treeOf("googlenet");
  const open = new Set(["stage 1", "stage 3"]);
  const { boxes } = layoutMap(stages, open);
  const press = (key: string, title: string) => mapDeed(key, boxes, boxOf(boxes, title));

  test.each([
    ["ArrowDown", "Stage 1", { kind: "go", key: "conv1/7x7_s2" }],
    ["ArrowDown", "inception_3a", { kind: "go", key: "inception_3b" }],
    ["ArrowUp", "Stage 1", { kind: "go", key: "stage 1" }],
    ["ArrowRight", "inception_3a", { kind: "open", key: "inception_3a" }],
    ["ArrowRight", "Stage 1", { kind: "go", key: "conv1/7x7_s2" }],
    ["ArrowRight", "conv1/7x7_s2", null],
    ["ArrowLeft", "Stage 1", { kind: "close", key: "stage 1" }],
    ["ArrowLeft", "inception_3a", { kind: "go", key: "stage 3" }],
    ["Enter", "inception_3a", { kind: "open", key: "inception_3a" }],
    ["Enter", "Stage 1", { kind: "close", key: "stage 1" }],
    ["Enter", "conv1/7x7_s2", null],
    ["End", "Stage 1", { kind: "go", key: boxes.at(-1)!.node.key }],
    ["+", "Stage 1", { kind: "zoom", by: "in" }],
    ["-", "Stage 1", { kind: "zoom", by: "out" }],
    ["0", "Stage 1", { kind: "zoom", by: "fit" }],
    ["Tab", "Stage 1", null],
  ])("%s at %s", (key, title, deed) => {
    expect(press(key, title)).toEqual(deed);
  });
});

test("zooming in and out again is where it was, ends at its limits, and shows all of a large map", () => {
  const sizes = { box: { width: 700, height: 400 }, drawing: { width: 350, height: 1_600 } };
  expect(zoomed(zoomed(1, "in", sizes), "out", sizes)).toBeCloseTo(1, 12);
  expect(zoomed(3, "in", sizes)).toBe(3);
  expect(zoomed(0.15, "out", sizes)).toBe(0.15);
  expect(zoomed(2, "fit", sizes)).toBe(0.25);
  expect(zoomed(2, "fit", { ...sizes, drawing: { width: 100, height: 100 } })).toBe(1);
});

test("the shelf is sorted by any column either way", () => {
  const networks = modelList();
  const ids = (column: (typeof shelfColumns)[number]["id"], isDescending: boolean) =>
    sortedShelf(networks, { column, isDescending }).map(({ id }) => id);
  expect(ids("parameters", true).slice(0, 2)).toEqual(["vgg19", "vgg16"]);
  expect(ids("multiplyAdds", false)[0]).toBe("lenet5");
  expect(ids("title", false).filter((id) => id.startsWith("vgg"))).toEqual(["vgg11", "vgg13", "vgg16", "vgg19"]);
  for (const { id } of shelfColumns) expect(ids(id, true)).toHaveLength(networks.length);
});

test("a compact network is the one of its preset, for ten classes", () => {
  const found = modelList().find(({ id }) => id === "inception-v3")!;
  const size = { inputPixels: 32, width: 0.25, classes: compactClasses };
  expect(compactAddress(found)).toEqual({ id: "inception-v3", size });
});

test("a title on the map loses whole parts before it loses letters", () => {
  const parts = ["Stage 1", "147×147×64", "values of a grid"];
  expect([60, 25, 9, 4].map((letters) => fitting(parts, letters))).toEqual([
    "Stage 1 · 147×147×64 · values of a grid",
    "Stage 1 · 147×147×64",
    "Stage 1",
    "Sta…",
  ]);
});
