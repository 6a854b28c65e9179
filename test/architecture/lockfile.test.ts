import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const { packages } = lockfile.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package-lock.json"), "utf8")),
);

test("the lockfile names every optional package of every platform, else npm ci refuses it where one cannot be looked up", () => {
  const missing = Object.values(packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});

test("the lockfile names no registry's address", () => {
  expect(Object.entries(packages).filter(([, entry]) => entry.resolved)).toEqual([]);
});
