import { readFileSync } from "node:fs";
import { z } from "zod";

/** Strata's own version, from its package.json. */
export function strataVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
