import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { isMarkAlive, isProcessAlive, ownMark, processStart } from "../../src-main/platform/process-start.ts";

const own = processStart(process.pid);

describe("a process", () => {
  it("is alive by its number where its start is not known, and gone once it has ended", async () => {
    expect(isProcessAlive(process.pid, null)).toBe(true);
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    expect(isProcessAlive(child.pid!, null)).toBe(false);
  });

  it.skipIf(own === null)("is not another of its number (left out where the system tells no starts)", () => {
    expect(isProcessAlive(process.pid, own)).toBe(true);
    expect(isProcessAlive(process.pid, `${own}0`)).toBe(false);
    expect(processStart(2 ** 30)).toBeNull();
  });

  it("is known by the mark that it leaves in a lock; a mark that is empty names none", () => {
    expect(isMarkAlive(ownMark())).toBe(true);
    expect(isMarkAlive(String(process.pid))).toBe(true);
    expect(isMarkAlive("")).toBeNull();
    if (own !== null) expect(isMarkAlive(`${process.pid} of-another-boot:1`)).toBe(false);
  });
});
