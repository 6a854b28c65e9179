import { expect, test } from "vitest";
import { mostNoiseMatrixTyped, noiseMatrix, parseNoiseMatrix } from "../../src-main/contract/noise-matrix.ts";

const asRecorded = (text: string) => noiseMatrix.parse(text);
const problem = (text: string) => noiseMatrix.safeParse(text).error?.issues[0]?.message;
const swapped = "cat,dog,0.3\ndog,cat,0.2";

test.each([
  ["lines", "dog, cat, 0.2\ncat, dog, 0.3\n"],
  ["lines with a header and percent", "class,becomes,share\ncat;dog;30 %\ndog;cat;20%"],
  ["a spreadsheet's table", "\tcat\tdog\tship\ncat\t0.7\t0.3\t\ndog\t0.2\t0.8\t0\n"],
  ["a table with a corner", '"true",cat,dog,ship\r\ncat,,0.3,0\r\ndog,0.2,,\r\n'],
  ["JSON", '{ "cat": { "dog": 0.3, "cat": 0.7 }, "dog": { "cat": 0.2 } }'],
  ["a table of two classes with a corner", "class,cat,dog\ncat,0.7,0.3\ndog,0.2,0.8"],
  ["decimal commas", "class;becomes;share\ncat;dog;0,3\ndog;cat;,2"],
  ["decimal commas in quotation marks", 'cat,dog,"0,3"\ndog,cat,"20,0 %"'],
  ["JSON with a byte-order mark", '\uFEFF{ "cat": { "dog": 0.3 }, "dog": { "cat": 0.2 } }'],
  ["a table with columns that are left empty", ",cat,dog,\ncat,,0.3,\ndog,0.2,,\n,,,"],
  ["what is recorded", swapped],
])("%s say the same", (_, text) => {
  expect(asRecorded(text)).toBe(swapped);
});

test("names with commas, quotes, braces and line breaks come back from what is recorded", () => {
  for (const [from, to] of [
    ['{a,"b";c', " d\t"],
    ['"', "two\nlines\r\n\n"],
    ["\uFEFFcat", '""\r'],
    ["0", "0,5"],
  ] as const) {
    const text = noiseMatrix.parse(JSON.stringify({ [from]: { [to]: 0.5 } }));
    expect(parseNoiseMatrix(text)).toEqual({ cells: [{ from, to, share: 0.5 }], problem: null });
    expect(asRecorded(text)).toBe(text);
  }
});

test.each([
  ["", "it is empty"],
  ["cat,cat,1", "no class becomes another"],
  ["cat,dog,0", "no class becomes another"],
  ["cat,dog,1.2", "the share of “cat” that becomes “dog” is not between 0 and 1"],
  ["cat,dog,0.1\ncat,ship,0x1", "line 2 is none of class, class that it becomes, share"],
  ["cat,dog,lots", "line 1 is none of class, class that it becomes, share"],
  ["cat,,0.3", "a class has no name"],
  ["cat,dog,0.3\n,dog,0.3", "a class has no name"],
  ['{ "": { "dog": 0.3 } }', "a class has no name"],
  ['cat,dog,0.5\ncat,"ship,0.2\ncat,bird,0.1', "line 2 has a quotation mark that does not close"],
  ["cat,dog,-0.1", "the share of “cat” that becomes “dog” is not between 0 and 1"],
  ["cat,dog,0.5\ncat,dog,0.1", "“cat” becomes “dog” twice"],
  ["cat,dog,0.7\ncat,ship,0.4", "the shares of “cat” come to 1.1, more than 1"],
  ["cat,dog,0.6667\ncat,ship,0.3334", "the shares of “cat” come to 1.0001, more than 1"],
  [",cat,dog\ncat,0.7,0.4", "the shares of “cat” come to 1.1, more than 1"],
  [",cat,dog\ncat,0.7", "line 2 has 2 fields, and the first line 3"],
  [",cat,dog\ncat,0.7,x", "line 2 has no number below “dog”"],
  ["cat,dog,0.5\ncat;ship", "line 2 is none of class, class that it becomes, share"],
  ['"cat,dog,0.5', "line 1 has a quotation mark that does not close"],
  ["{ nothing", "it begins as JSON and is none"],
  ['{ "cat": 3 }', 'as JSON it is { "class": { "becomes": share } }'],
])("%j: %s", (text, said) => {
  expect(problem(text)).toBe(said);
});

test("shares of a row may come to 1 in fractions that are no sums of it", () => {
  expect(problem("a,b,0.1\na,c,0.2\na,d,0.7")).toBeUndefined();
});

test("a matrix is not larger than a run's record has room for", () => {
  expect(problem("x".repeat(mostNoiseMatrixTyped + 1))).toBe(
    "it comes to 256001 characters, more than 256000: leave out the smallest shares, or give classes shorter names",
  );
  const many = Array.from({ length: 2_002 }, (_, place) => `a,${place},0`).join("\n");
  expect(problem(many.replaceAll(",0\n", ",0.0001\n"))).toBe(
    "it has 2001 changes of a class, more than 2000: leave out the smallest shares",
  );
});

test("a matrix that is taken is taken again as it is recorded", () => {
  const table = (nameLength: number) => {
    const names = Array.from({ length: 40 }, (_, place) => `${place}`.padStart(nameLength, "x"));
    return [["", ...names], ...names.map((name) => [name, ...names.map(() => "0.01")])].join("\n");
  };
  const recorded = asRecorded(table(6));
  expect(asRecorded(recorded)).toBe(recorded);
  // Shorter as a table than line by line.
  expect(table(28).length).toBeLessThan(32_000);
  expect(problem(table(28))).toBe(
    "it comes to 98279 characters, more than 32000: leave out the smallest shares, or give classes shorter names",
  );
});
