import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownMark, processStart } from "../../src-main/platform/process-start.ts";

/** Set-up is plain JavaScript without types, for any Node. */
interface LockModule {
  withLock<T>(path: string, onWait: (holder: number) => void, work: () => Promise<T>): Promise<T>;
}
const module = new URL("../../tools/set-up/lock.mjs", import.meta.url).href;
const { withLock } = (await import(module)) as LockModule;

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-lock-"));
  lock = join(folder, "set-up.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

const refuseToWait = (holder: number) => {
  throw new Error(`waits for ${holder}`);
};

describe("the lock of set-up", () => {
  it("names the process that works, as the engine's locks do, and is gone afterwards", async () => {
    await withLock(lock, refuseToWait, async () => expect(readFileSync(lock, "utf8")).toBe(ownMark()));
    expect(existsSync(lock)).toBe(false);
  });

  it("is waited for while its process lives", async () => {
    writeFileSync(lock, String(process.ppid));
    await expect(withLock(lock, refuseToWait, async () => {})).rejects.toThrow(`waits for ${process.ppid}`);
  });

  it.skipIf(processStart(process.pid) === null)(
    "is taken over from a process whose number another has now (left out where the system tells no starts)",
    async () => {
      writeFileSync(lock, `${process.ppid} of-another-boot:1`);
      expect(await withLock(lock, refuseToWait, async () => "worked")).toBe("worked");
    },
  );
});
