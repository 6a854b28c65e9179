import { expect, it } from "vitest";
import type { ShapedRow } from "../../../src-main/contract/architecture.ts";
import {
  connectionsTo,
  type FeatureUnit,
  pathsTo,
  trunkPaths,
} from "../../../src-main/domain/lessons/feature-paths.ts";
import { shapeRows } from "../../../src-main/domain/networks/shapes.ts";
import { architectures } from "../../../src-main/models/registry.ts";

const mostWalked = 20_000;

/** Walks every path from the input through these rows, one by one. */
function walked(rows: readonly ShapedRow[]): number {
  const [row, ...rest] = rows;
  if (row === undefined) return 1;
  const behind = () => walked(rest);
  if (row.kind === "auxiliary" || row.branches === null) return behind();
  let paths = 0;
  // What a branch hands on is walked on from for each of its own ways.
  for (const branch of row.branches) for (let way = 0; way < walked(branch); way++) paths += behind();
  return paths;
}

it("the paths of every network's trunk are those that a walk over its graph finds, as far as one can be waited for", () => {
  const counted = architectures.map((architecture) => {
    const { rows } = shapeRows(architecture, 10);
    const points = trunkPaths(rows);
    const few = points.filter(({ paths }) => paths <= mostWalked);
    for (const { name, paths } of few) {
      const upTo = rows.slice(0, rows.findIndex((row) => row.name === name) + 1);
      expect(walked(upTo), `${architecture.id} ${name}`).toBe(paths);
    }
    return few.length;
  });
  expect(Math.min(...counted)).toBeGreaterThan(0);
});

it.each([
  [1, 2],
  [4, 2],
  [3, 3],
  [8, 1],
])("of %i layers with %i features each unit has as many paths as its connections make", (layers, features) => {
  const network = { layers, features };
  const units: FeatureUnit[] = [{ layer: layers, place: 0 }];
  for (let layer = 0; layer < layers; layer++)
    for (let place = 0; place < features; place++) units.push({ layer, place });
  for (const unit of units) {
    const connections = connectionsTo(network, unit);
    const waysTo = (to: FeatureUnit): number =>
      to.layer < 0
        ? 1
        : connections
            .filter((one) => one.to.layer === to.layer && one.to.place === to.place)
            .reduce((sum, { from }) => sum + waysTo(from), 0);
    expect(waysTo(unit)).toBe(pathsTo(network, unit));
  }
});
