/** Of several engines that start at once on one record, of whatever version, one mends it or brings it up, and the others wait for that. */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { StrataError } from "../contract/errors.ts";
import { privateFileMode } from "../platform/private.ts";
import { isMarkAlive, ownMark } from "../platform/process-start.ts";

const waitMillis = 100;
const mostTries = 3_000;

/** @throws StrataError `store.busy` where another takes too long, and what `work` and the disk do */
export function alone<T>(path: string, work: () => T): T {
  // The name that it had in every version.
  const lock = `${path}-rescue`;
  for (let tries = 0; ; tries++) {
    if (tries > mostTries) throw new StrataError("store.busy", { path });
    try {
      writeFileSync(lock, ownMark(), { flag: "wx", mode: privateFileMode });
      break;
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST")) throw thrown;
      if (!isLiving(lock)) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMillis);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** A lock whose process is gone was left by a crash. One that names none yet is being written, for a moment. */
function isLiving(lock: string): boolean {
  try {
    return isMarkAlive(readFileSync(lock, "utf8")) ?? Date.now() - statSync(lock).mtimeMs < 5_000;
  } catch {
    // It is gone.
    return false;
  }
}
