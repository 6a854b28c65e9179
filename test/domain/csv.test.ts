import { expect, test } from "vitest";
import { csvOf } from "../../src-main/domain/csv.ts";

test("quotes what has a comma, a quote or a line's end, and nothing else", () => {
  const columns = [
    ["name", (row: { name: string; value: number }) => row.name],
    ["value", (row: { name: string; value: number }) => row.value],
  ] as const;
  const rows = [
    { name: "plain", value: 0.5 },
    { name: 'a "b", c', value: 1 },
    { name: "two\nlines", value: 2 },
  ];
  expect(csvOf(columns, rows)).toBe('name,value\nplain,0.5\n"a ""b"", c",1\n"two\nlines",2\n');
});
