/** Where set-up put the native runtime: `STRATA_NATIVE` under `npm start`, else the note that set-up left in the clone (tests, an editor). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const note = z.object({ folder: z.string().min(1) });
const notePath = join(import.meta.dirname, "..", "..", "out", "native.json");

/** The folder with `tfjs_binding.node`, or null before the first set-up. Whether it loads is another question. */
export function nativeFolder(environment: NodeJS.ProcessEnv = process.env): string | null {
  // Set but empty means that there is none, whatever the note says.
  if (environment.STRATA_NATIVE !== undefined) return environment.STRATA_NATIVE || null;
  try {
    return note.parse(JSON.parse(readFileSync(notePath, "utf8"))).folder;
  } catch {
    return null; // no note, or one that was cut short: set-up writes it again
  }
}
