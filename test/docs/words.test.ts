/** The glossary's table of words not to use is kept: by the texts on screen, by what commands say, and by the documents. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const glossary = readFileSync(join(root, "docs/glossary.md"), "utf8");

const avoided = (glossary.split("## What to say instead")[1] ?? "")
  .split("\n")
  .flatMap((line) => line.match(/^\| (.+) \| (.+) \|$/)?.[2] ?? [])
  .filter((word) => word !== "not");

const files = ["src-main", "src-renderer", "docs", "README.md", "CONTRIBUTING.md", "SECURITY.md"]
  .flatMap((place) =>
    place.endsWith(".md")
      ? [place]
      : readdirSync(join(root, place), { recursive: true, encoding: "utf8" }).map((name) => `${place}/${name}`),
  )
  .filter((name) => /\.(ts|svelte|md|html)$/.test(name) && name !== "docs/glossary.md");

/** Comments of code are for those who read code; what a person sees stands in strings and markup. */
function shown(name: string): string {
  const text = readFileSync(join(root, name), "utf8");
  return name.endsWith(".md") ? text : text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|<!--[\s\S]*?-->/gm, "");
}

/** Whole words as they are written: "Go on" is no part of "Go one". */
function holds(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\d-])${escaped}(?![\\p{L}\\d-])`, "u").test(text);
}

test("the table is read", () => {
  expect(avoided.length).toBeGreaterThan(10);
  expect(files.length).toBeGreaterThan(300);
});

test.for(avoided)("“%s” is said nowhere", (word) => {
  expect(files.filter((name) => holds(shown(name), word))).toEqual([]);
});
