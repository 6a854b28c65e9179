import { describe, expect, test } from "vitest";
import type { ShapedRow } from "../../src-main/contract/architecture.ts";
import { architectureOf } from "../../src-main/engine/models/model-list.ts";
import { architectures } from "../../src-main/models/registry.ts";
import { heightUnits, layoutCore, widthShare } from "../../src-renderer/entities/network/core-layout.ts";
import { rowKindTexts, toneTexts } from "../../src-renderer/entities/network/network-texts.ts";

function row(kind: ShapedRow["kind"], name: string, side: number, channels: number): ShapedRow {
  const costs = { parameters: 0, multiplyAdds: 0, activationBytes: 0, paths: 1, weightLayers: 0 };
  const field = {
    groups: 1,
    receptiveField: null,
    receptiveFieldPixels: null,
    receptiveFieldStridePixels: null,
    receptiveFieldOffsetPixels: null,
  };
  return {
    kind,
    name,
    detail: "",
    output: { height: side, width: side, channels },
    ...costs,
    ...field,
    branches: null,
    weight: null,
  };
}
function module(name: string, side: number, channels: number, branches: ShapedRow[][]): ShapedRow {
  return { ...row("branches", name, side, channels), branches };
}

const conv = (name: string, side: number, channels: number): ShapedRow => row("convolution", name, side, channels);

describe("the width of a band", () => {
  test("is the whole core at 4,096 channels, and one eleventh less for each halving", () => {
    expect(widthShare(4096)).toBe(1);
    expect(widthShare(2048)).toBeCloseTo(10 / 11, 12);
    expect(widthShare(64)).toBeCloseTo(5 / 11, 12);
  });
  test("never vanishes and never leaves the core", () => {
    expect(widthShare(1)).toBe(0.12);
    expect(widthShare(25_088)).toBe(1);
  });
});

describe("the height of a band", () => {
  test("grows by one unit for each doubling of the grid", () => {
    expect(heightUnits(conv("a", 1, 8), "branches")).toBe(1);
    expect(heightUnits(conv("a", 8, 8), "branches")).toBe(4);
    expect(heightUnits(conv("a", 16, 8), "branches")).toBe(5);
  });
  test("is a hairline for rows that change nothing", () => {
    expect(heightUnits(row("dropout", "drop", 8, 8), "branches")).toBeLessThan(0.5);
  });
});

describe("a core", () => {
  const options = { width: 100, height: 200, detail: "branches", widths: "shared" } as const;

  test("fills its box from top to bottom, in table order, centred", () => {
    const bands = layoutCore([conv("a", 16, 64), conv("b", 8, 4096)], options);
    expect(bands.map((band) => band.key)).toEqual(["a", "b"]);
    expect(bands[0]).toMatchObject({ y: 0, tone: "convolution" });
    expect(bands[0]?.width).toBeCloseTo(500 / 11, 9);
    expect(bands[0]?.x).toBeCloseTo(300 / 11, 9);
    expect(bands[1]).toMatchObject({ x: 0, width: 100 });
    expect((bands[1]?.y ?? 0) + (bands[1]?.height ?? 0)).toBeCloseTo(200, 9);
  });

  test("puts a module's branches side by side over the module's width", () => {
    const bands = layoutCore([module("m", 8, 4096, [[conv("one", 8, 64)], [conv("two", 8, 64)]])], options);
    expect(bands.map((band) => band.key)).toEqual(["m/1", "m/2"]);
    expect(bands[0]?.y).toBe(bands[1]?.y);
    expect(bands[0]?.x).toBe(0);
    expect((bands[1]?.x ?? 0) + (bands[1]?.width ?? 0)).toBeCloseTo(100, 9);
    expect((bands[0]?.x ?? 0) + (bands[0]?.width ?? 0)).toBeLessThan(bands[1]?.x ?? 0);
  });

  test("tells a module that shrinks the grid from one that keeps it", () => {
    const branches = [[conv("x", 8, 8)]];
    const bands = layoutCore([conv("a", 16, 8), module("r", 8, 8, branches), module("m", 8, 8, branches)], options);
    expect(bands.map((band) => band.tone)).toEqual(["convolution", "reduction", "module"]);
  });

  test("cuts a branch into its rows in the map, branches within branches too", () => {
    const inner = module("split", 8, 64, [[conv("1x3", 8, 32)], [conv("3x1", 8, 32)]]);
    const branch = [conv("1x1", 8, 64), inner];
    const bands = layoutCore([module("m", 8, 128, [branch, [row("pool", "pool", 8, 64)]])], {
      ...options,
      detail: "rows",
    });
    expect(bands.map((band) => band.key)).toEqual(["m/1/1x1", "m/1/split/1/1x3", "m/1/split/2/3x1", "m/2/pool"]);
    expect(bands.map((band) => band.tone)).toEqual(["module", "module", "module", "pool"]);
    expect(bands[1]?.y).toBe(bands[2]?.y);
    expect(bands[1]?.y).toBeGreaterThan((bands[0]?.y ?? 0) + (bands[0]?.height ?? 0));
  });

  test("keeps an auxiliary head beside the band that it sees, inside the box, and out of the trunk's height", () => {
    const head = row("auxiliary", "head", 1, 10);
    const bands = layoutCore([conv("a", 8, 4096), head, conv("b", 8, 4096)], options);
    const [a, side, b] = bands;
    expect(side?.x).toBeGreaterThan((a?.x ?? 0) + (a?.width ?? 0));
    expect((side?.x ?? 0) + (side?.width ?? 0)).toBeLessThanOrEqual(100 + 1e-9);
    expect(a?.height).toBeCloseTo(b?.height ?? 0, 9);
  });

  test("gives every band a key of its own", () => {
    const branches = [[conv("1x1", 8, 8)], [conv("1x1", 8, 8), conv("3x3", 8, 8)], []];
    const bands = layoutCore([module("m", 8, 8, branches), module("n", 8, 8, branches)], {
      ...options,
      detail: "rows",
    });
    expect(new Set(bands.map((band) => band.key)).size).toBe(bands.length);
  });

  test("that stands alone fills its box, and its rows keep their proportions", () => {
    const rows = [conv("a", 8, 8), conv("b", 8, 32)];
    const [narrow, wide] = layoutCore(rows, { ...options, widths: "own" });
    expect(wide?.width).toBeCloseTo(100, 9);
    expect(narrow?.width).toBeCloseTo(50, 9);
  });

  test("of a single layer is shallow, and lies at the bottom of its box", () => {
    const [flat, dense] = layoutCore([row("flatten", "flatten", 1, 3072), row("dense", "scores", 1, 10)], options);
    // 0.45 and 1 of 8 units.
    expect(flat?.height).toBeCloseTo((200 * 0.45) / 8, 9);
    expect(dense?.height).toBeCloseTo(200 / 8, 9);
    expect(dense!.y + dense!.height).toBeCloseTo(200, 9);
  });

  test("of every network on the model registry keeps to its box, in words that are there for every kind of row", () => {
    for (const { id } of architectures) {
      const { rows } = architectureOf({ id });
      for (const detail of ["branches", "rows"] as const)
        for (const band of layoutCore(rows, { ...options, detail })) {
          expect(band.x).toBeGreaterThanOrEqual(-1e-9);
          expect(band.x + band.width).toBeLessThanOrEqual(100 + 1e-9);
          expect(band.y + band.height).toBeLessThanOrEqual(200 + 1e-9);
          expect(band.height).toBeGreaterThan(0);
          expect(toneTexts[band.tone]).toBeDefined();
          expect(rowKindTexts[band.row.kind]).toBeDefined();
        }
    }
  });

  test("of no rows is empty", () => {
    expect(layoutCore([], options)).toEqual([]);
  });
});
