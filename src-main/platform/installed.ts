/** A clone is set up by npm; an installed app came whole, without what would set it up. */
import { existsSync } from "node:fs";
import { join } from "node:path";

export const isInstalled = !existsSync(join(import.meta.dirname, "..", "..", "tools", "launch.mjs"));
