import { expect, test } from "vitest";
import { noiseAsConfused } from "../../src-main/cli/noise-as-confused.ts";
import { noiseMatrix, parseNoiseMatrix } from "../../src-main/contract/noise-matrix.ts";

const confused = (confusion: readonly (readonly number[])[], name = (place: number) => `class ${place}`) =>
  noiseAsConfused({ run: 3, classes: confusion.map((_, place) => ({ class: name(place) })), confusion });

test("shares that round up to more than 1 are taken", () => {
  const { text, note } = confused([
    [0, 4, 1, 1],
    [0, 3, 0, 0],
    [0, 0, 3, 0],
    [0, 0, 0, 3],
  ]);
  expect(text).toBe("class 0,class 1,0.666666\nclass 0,class 2,0.166666\nclass 0,class 3,0.166666\n");
  expect(noiseMatrix.safeParse(text).success).toBe(true);
  expect(note).toBeNull();
});

test("what a matrix has no room for is left out, the smallest shares first, and said", () => {
  const all = Array.from({ length: 60 }, (_, truth) =>
    Array.from({ length: 60 }, (_, said) => (truth === said ? 9 : said === 0 ? 5 : 1)),
  );
  for (const longer of [0, 100]) {
    const { text, note } = confused(all, (place) => `${place}`.padStart(longer, "x"));
    const { cells } = parseNoiseMatrix(text) as { cells: readonly { to: string }[] };
    expect(cells.filter(({ to }) => to.endsWith("x0") || to === "0")).toHaveLength(59);
    expect(note).toBe(
      `The ${(3_540 - cells.length).toLocaleString("en-GB")} smallest shares of 3540 are left out: a noise matrix has no room for more.`,
    );
  }
});

test("a network that mixes nothing up has no noise to write", () => {
  expect(() =>
    confused([
      [2, 0],
      [0, 3],
    ]),
  ).toThrow("Run 3 mixes nothing up");
});
