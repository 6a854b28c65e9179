import { expect, it } from "vitest";
import { z } from "zod";
import { listOf, numbersOf } from "../../src-main/contract/list-of.ts";

const issuesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ code, path }) => [code, ...path]);

it("a list gives up at the first item that is wrong, and says where it stands", () => {
  const pairs = listOf(z.strictObject({ name: z.string(), count: z.number().default(0) }), {
    least: 1,
    most: 1_000_000,
  });
  expect(pairs.parse([{ name: "cat" }])).toEqual([{ name: "cat", count: 0 }]);
  const wrong = [{ name: "cat" }, ...Array(999_999).fill({ name: 1 })];
  expect(issuesOf(pairs, wrong)).toEqual([["invalid_type", 1, "name"]]);
});

it("a list of too few or too many is counted before an item is looked at", () => {
  const looked: unknown[] = [];
  const item = z.unknown().refine((one) => looked.push(one));
  expect(issuesOf(listOf(item, { least: 1, most: 2 }), [])).toEqual([["too_small"]]);
  expect(issuesOf(listOf(item, { most: 2 }), [1, 2, 3])).toEqual([["too_big"]]);
  expect(looked).toEqual([]);
});

it("a column of numbers is taken as it is, or refused as one", () => {
  const column = numbersOf((value) => value >= 0);
  const values = [0, 1.5];
  expect(column.parse(values)).toBe(values);
  for (const wrong of [[1, -1, -1], [1, null, null], ["1"], { length: 1 }, null])
    expect(issuesOf(column, wrong)).toEqual([["custom"]]);
});
