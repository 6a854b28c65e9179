/** One exported name is one thing: what is searched for is found once. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const exported = /^export (?:async )?(?:function|const|class|interface|type|enum|let)\*? +([A-Za-z_0-9]+)/gm;

/** Each migration is a version's own text, found by its number; generated code repeats itself in its types. */
const exempt = /^src-main\/(store\/migrations|tensorflow\/protobuf\/generated)\//;

function namesIn(folder: string): readonly (readonly [name: string, file: string])[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts") && !exempt.test(file))
    .flatMap((file) => {
      const names = [...readFileSync(join(root, file), "utf8").matchAll(exported)].map((match) => match[1]!);
      // A schema and the type of it share their name.
      return [...new Set(names)].map((name) => [name, file] as const);
    });
}

test("no exported name stands in two files", () => {
  const all = [...namesIn("src-main"), ...namesIn("src-renderer")];
  expect(all.length).toBeGreaterThan(1_000);
  const byName = Map.groupBy(all, ([name]) => name);
  const twice = [...byName].filter(([, places]) => places.length > 1);
  expect(twice.map(([name, places]) => [name, ...places.map(([, file]) => file)])).toEqual([]);
});
