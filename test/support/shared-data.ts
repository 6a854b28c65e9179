/**
 * Real photographs that are no part of the repository: `STRATA_TEST_PHOTOGRAPHS` names the folder that holds them. Tests that use them ask
 * here, and are skipped by name where they are absent: `describe.skipIf(!sharedData("ants-bees"))(...)`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";

const told = new Set<string>();

/** The folder, or null after saying once that it is absent. */
export function sharedData(name: "ants-bees" | "cifar10-mini"): string | null {
  const photographs = process.env.STRATA_TEST_PHOTOGRAPHS;
  const folder = photographs ? join(photographs, name) : null;
  if (folder && existsSync(folder)) return folder;
  if (!told.has(name))
    console.warn(
      `Left out: tests on the photographs ${name}; STRATA_TEST_PHOTOGRAPHS names the folder that holds them.`,
    );
  told.add(name);
  return null;
}
