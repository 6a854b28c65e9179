import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
/** What came to Chrome after 108, in pages and in what they share with the engine; the build does not translate any of it. */
const newer =
  /\.(toSorted|toReversed|toSpliced|isWellFormed)\(|\b(Object|Map)\.groupBy\(|Promise\.(withResolvers|try)\(|URL\.(canParse|parse)\(|Array\.fromAsync\(|color-mix\(|light-dark\(|@starting-style/;

test("the pages use nothing that the oldest browser they are built for, Chrome 108, does not know", () => {
  const files = ["src-renderer", "src-main/contract", "src-main/domain"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|svelte|css)$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) => {
    const [used] = newer.exec(readFileSync(join(root, file), "utf8")) ?? [];
    return used === undefined ? [] : [`${file}: ${used}`];
  });
  expect(found).toEqual([]);
});
