import { describe, expect, it } from "vitest";
import type { Row } from "../../../src-main/contract/architecture.ts";
import { rowLines } from "../../../src-main/domain/networks/row-lines.ts";
import { changeRows, placedRows, walkRows } from "../../../src-main/domain/networks/row-walk.ts";
import { auxiliary, branches, convolution, dense, dropout, flatten, pool } from "../../../src-main/models/rows.ts";

const plain = { groups: 1, batchNorm: null, activation: "relu" } as const;
const conv = (name: string, filters: number) => convolution(name, filters, 3, 1, "same", plain);
const rows: readonly Row[] = [
  conv("first", 4),
  pool("half", "max", 2, 2, "valid"),
  branches("module", "two", [conv("a", 5), conv("b", 6)], [branches("inner", "one", [conv("c", 7)])]),
  auxiliary("head", 0.3, [flatten("flat"), dense("scores", "classes", { batchNorm: null, activation: "none" })]),
  dropout("last", 0.5),
];
const table = { rows, inputPixels: 8 };
const grid = ({ height, width, channels }: { height: number; width: number; channels: number }) =>
  `${height}×${width}×${channels}`;

describe("the walk over a table", () => {
  it("gives every row its path, its shapes and its place in the trunk, what is inside a module or a head before it", () => {
    const placed = placedRows(table, { classes: 3, hasHeads: true });
    expect(placed.map((one) => [one.path, grid(one.input), grid(one.output), one.trunkIndex])).toEqual([
      ["first", "8×8×3", "8×8×4", 0],
      ["half", "8×8×4", "4×4×4", 1],
      ["module/Branch_0/a", "4×4×4", "4×4×5", 2],
      ["module/Branch_0/b", "4×4×5", "4×4×6", 2],
      ["module/Branch_1/inner/Branch_0/c", "4×4×4", "4×4×7", 2],
      ["module/Branch_1/inner", "4×4×4", "4×4×7", 2],
      ["module", "4×4×4", "4×4×13", 2],
      ["head/flat", "4×4×13", "1×1×208", 3],
      ["head/scores", "1×1×208", "1×1×3", 3],
      ["head", "4×4×13", "4×4×13", 3],
      ["last", "4×4×13", "4×4×13", 4],
    ]);
    expect(placed.map(({ before, behind }) => [before?.name, behind?.name]).slice(0, 4)).toEqual([
      [undefined, "half"],
      ["first", "module"],
      [undefined, "b"],
      ["a", undefined],
    ]);
  });

  it("hands what a row made to the row behind, to every branch of a module, and past a head", () => {
    const { found, end } = walkRows(table, { classes: 3, hasHeads: true }, "in", ({ row }, from: string, inside) => {
      const ends = inside.map((list) => list.end);
      return row.kind === "branches" ? `(${ends.join("|")})` : `${from}>${row.name}`;
    });
    const behind = "in>first>half";
    const joined = `(${behind}>a>b|(${behind}>c))`;
    expect(end).toBe(`${joined}>last`);
    expect(found).toEqual(["in>first", behind, joined, `${joined}>head`, end]);
  });

  it("passes heads by where they are left out", () => {
    const placed = placedRows(table, { classes: 3, hasHeads: false });
    expect(placed.some(({ path }) => path.startsWith("head"))).toBe(false);
    expect(placed.at(-1)).toMatchObject({ path: "last", trunkIndex: 4, before: { name: "head" } });
  });
});

describe("changing rows", () => {
  const named = (inHeads: boolean) =>
    placedRows(
      { ...table, rows: changeRows(rows, (row) => ({ ...row, name: `${row.name}!` }), inHeads) },
      {
        ...{ classes: 3, hasHeads: true },
      },
    ).map(({ path }) => path);

  it("reaches every plain row at any depth, and those of heads where they are asked for", () => {
    expect(named(false)).toEqual([
      ...["first!", "half!", "module/Branch_0/a!", "module/Branch_0/b!", "module/Branch_1/inner/Branch_0/c!"],
      ...["module/Branch_1/inner", "module", "head/flat", "head/scores", "head", "last!"],
    ]);
    expect(named(true)).toContain("head/scores!");
  });
});

it("lists rows with their modules opened, each under a key of its own", () => {
  expect(rowLines(rows).map(({ key, depth }) => [key, depth])).toEqual([
    ["first", 0],
    ["half", 0],
    ["module", 0],
    ["module/1/a", 1],
    ["module/1/b", 1],
    ["module/2/inner", 1],
    ["module/2/inner/1/c", 2],
    ["head", 0],
    ["last", 0],
  ]);
});
