/**
 * Removes a folder once whoever started this program is gone, however it ended: `node remove-after.ts <folder>`, with its standard input a pipe from there.
 * Chromium writes to its folder until its very end, so that its own process cannot be the last to remove it.
 */
import { existsSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const lookMillis = 100;
/** A child of Chromium may outlive it by a moment, and make a folder anew. */
const looks = 5;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("This program is started by Strata's window and does nothing on its own.\n");
  process.exit(2);
}
process.stdin.resume();
process.stdin.once("close", async () => {
  for (let look = 0; look < looks; look++) {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: lookMillis });
    await pause(lookMillis);
  }
});
