import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("every test that SECURITY.md names is there", () => {
  const named = [...read("SECURITY.md").matchAll(/`(test\/[^`]+)`((?:,?\s+_[^_]+_)+)/g)].flatMap(([, path, titles]) =>
    [...titles!.matchAll(/_([^_]+)_/g)].map(([, title]) => [path!, title!.replace(/\s+/g, " ")] as const),
  );
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter(([path, title]) => !read(path).includes(title))).toEqual([]);
});
