import { describe, expect, test } from "vitest";
import { alignedLists, matchedSets } from "../../../src-main/domain/networks/aligned-lists.ts";
import {
  type AlignedNode,
  alignedLayers,
  countDifferences,
  networkDifferences,
} from "../../../src-main/domain/networks/network-differences.ts";
import { allNodes, networkTree } from "../../../src-main/domain/networks/network-tree.ts";
import { shapeRows } from "../../../src-main/domain/networks/shapes.ts";
import { architectures, findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture, smallestInputPixels } from "../../../src-main/models/scale.ts";

const shapedOf = (id: string) => shapeRows(findArchitecture(id), 1_000);
const pairOf = (first: string, second: string) => networkDifferences(shapedOf(first).rows, shapedOf(second).rows);
const all = (nodes: readonly AlignedNode[]): readonly AlignedNode[] =>
  nodes.flatMap((node) => [node, ...all(node.children)]);
const said = ({ first, second, difference, changes }: AlignedNode) => [
  `${first?.title ?? "–"} → ${second?.title ?? "–"}`,
  difference,
  ...changes.map((change) => `${change.field} ${change.first} → ${change.second}`),
];

test("lists are aligned by the best sum, in order, and what has no partner stands where it stood", () => {
  const equal = (a: string, b: string) => (a === b ? 1 : 0);
  expect(alignedLists([..."abcd"], [..."acxd"], equal).pairs).toEqual([
    ["a", "a"],
    ["b", null],
    ["c", "c"],
    [null, "x"],
    ["d", "d"],
  ]);
  expect(alignedLists<string>([], ["a"], equal)).toEqual({ pairs: [[null, "a"]], score: 0 });
  expect(matchedSets([..."ab"], [..."bca"], equal)).toEqual([
    ["a", "a"],
    ["b", "b"],
    [null, "c"],
  ]);
});

test("from GoogLeNet to BN-Inception a module's 5×5 becomes two 3×3, and convolutions are batch-normalised", () => {
  const module = all(pairOf("googlenet", "bn-inception")).find(({ first }) => first?.title === "inception_3a")!;
  expect(module.second?.title).toMatch(/3a/);
  const layers = alignedLayers([module]);
  const kernels = layers.flatMap(({ changes }) => changes.filter(({ field }) => field === "kernel"));
  expect(kernels).toEqual([{ field: "kernel", first: "5×5", second: "3×3" }]);
  expect(layers.filter(({ difference }) => difference === "new").map(({ second }) => second?.row.detail)).toEqual([
    expect.stringMatching(/^3×3/),
  ]);
  expect(layers.filter(({ difference }) => difference === "gone")).toEqual([]);
  for (const { first, second, changes } of layers)
    if (first?.row.kind === "convolution" && second)
      expect(changes).toContainEqual({ field: "normalisation", first: "none", second: "batch norm" });
});

test("Inception-v2’s first 7×7 and its factorised form differ in the stem alone", () => {
  const differences = pairOf("inception-v2-7x7", "inception-v2");
  const changed = alignedLayers(differences).filter(({ difference }) => difference !== "same");
  expect(changed.every(({ first, second }) => /^Conv2d_[12]/.test((first ?? second)!.title))).toBe(true);
  expect(countDifferences(differences).layers).toMatchObject({ new: 2, gone: 0 });
});

test("the head of Inception-v3 as the paper has it is the one thing that its last step changes", () => {
  const changed = alignedLayers(pairOf("inception-v2", "inception-v3-paper")).filter(
    (node) => node.difference !== "same",
  );
  expect(changed.map(said)).toEqual([[expect.any(String), "changed", "normalisation none → batch norm"]]);
});

test("a network differs in nothing from itself", () => {
  for (const { id } of architectures)
    expect(
      all(pairOf(id, id)).every(({ difference }) => difference === "same"),
      id,
    ).toBe(true);
});

const sizes = [
  ["as published", (id: string) => shapedOf(id)],
  [
    "compact",
    (id: string) => {
      const architecture = findArchitecture(id);
      const inputPixels = Math.max(32, smallestInputPixels(architecture));
      return shapeRows(scaleArchitecture(architecture, { inputPixels, width: 0.25 }), 10);
    },
  ],
] as const;

describe.each(sizes)("%s", (_, shapedAt) => {
  test("every pair of the shelf: each node of either stands in it once, and the parts add up to both networks", () => {
    const shelf = architectures.map(({ id }) => {
      const shaped = shapedAt(id);
      const keys = allNodes(networkTree(shaped.rows)).map(({ key }) => key);
      return { id, ...shaped, keys: keys.toSorted() };
    });
    for (const first of shelf)
      for (const second of shelf) {
        const nodes = networkDifferences(first.rows, second.rows);
        const flat = all(nodes);
        const name = `${first.id}, ${second.id}`;
        for (const [side, of] of [
          ["first", first],
          ["second", second],
        ] as const) {
          const keys = flat.flatMap((node) => node[side]?.key ?? []);
          expect(keys.toSorted().join("\n"), name).toBe(of.keys.join("\n"));
          const sum = (what: "parameters" | "multiplyAdds") =>
            nodes.reduce((total, node) => total + (node[side]?.[what] ?? 0), 0);
          expect([sum("parameters"), sum("multiplyAdds")], name).toEqual([
            of.totals.parameters,
            of.totals.multiplyAdds,
          ]);
        }
        expect(new Set(flat.map(({ key }) => key)).size, name).toBe(flat.length);
        for (const { first: a, second: b, changes } of flat) {
          if (a && b) expect(a.kind, name).toBe(b.kind);
          for (const change of changes) expect(change.first, name).not.toBe(change.second);
        }
      }
  });
});
