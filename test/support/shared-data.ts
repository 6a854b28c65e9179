/**
 * Real photographs that lie beside a clone and are no part of it. Tests that use them ask here, and are skipped by name where they are absent:
 * `describe.skipIf(!sharedData("ants-bees"))(...)`.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const told = new Set<string>();

/** The folder, or null after saying once that it is absent. */
export function sharedData(name: "ants-bees" | "cifar10-mini"): string | null {
  const folder = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
  if (existsSync(folder)) return folder;
  if (!told.has(name))
    console.warn(`Left out: tests on the photographs ${name}, which are not at ../shared/data/${name}.`);
  told.add(name);
  return null;
}
