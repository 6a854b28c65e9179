/** What the documents link to is there: files, folders, headings, and the files of code that they name. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].concat(
  readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
);

/** As GitHub names the places of headings. */
function headings(path: string): string[] {
  const lines = readFileSync(path, "utf8").match(/^#+ .+$/gm) ?? [];
  return lines.map((line) =>
    line
      .replace(/^#+ /, "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.for(documents)("%s links to what is there", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  const broken = links.filter(([, path, heading]) => {
    const target = path ? join(root, dirname(document), path) : join(root, document);
    return !existsSync(target) || (heading !== undefined && !headings(target).includes(heading));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

test.for(documents)("%s names files that are there", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const named = [...text.matchAll(/`((?:src-main|src-renderer|test|tools|docs|\.github)\/[\w./-]*\w)`/g)];
  const missing = named.flatMap(([, path = ""]) => (existsSync(join(root, path)) ? [] : [path]));
  expect(missing).toEqual([]);
});

test("no document is left out of the list that a newcomer reads", () => {
  const reached = new Set<string>();
  const follow = (document: string): void => {
    if (reached.has(document)) return;
    reached.add(document);
    const text = readFileSync(join(root, document), "utf8");
    for (const [, path = ""] of text.matchAll(/\]\((?!https?:)([^)#\s]+\.md)/g))
      follow(relative(root, join(root, dirname(document), path)));
  };
  follow("README.md");
  expect(documents.filter((document) => !reached.has(document))).toEqual([]);
});
