/**
 * A folder on a disk that never answers, really mounted: a FUSE file system whose program takes no request, so that every read in it waits in the kernel until
 * its process is killed, as on a network share whose server is gone. Needs Linux, Python, and the right to mount.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const program = `
import ctypes, os, sys
device = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()
if ctypes.CDLL(None, use_errno=True).mount(b"dead", sys.argv[1].encode(), b"fuse", 0, options):
    sys.exit(os.strerror(ctypes.get_errno()))
print("mounted", flush=True)
sys.stdin.read()
`;

/** Over this folder, which is there again when the test is over; one of its own unless named. @returns its path */
export async function mountDead(path = ownFolder()): Promise<string> {
  const holder = spawn("python3", ["-c", program, path], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(holder, "exit");
  const said = await Promise.race([once(holder.stdout, "data"), ended]);
  if (String(said[0]).trim() !== "mounted") throw new Error("A dead file system could not be mounted.");
  onTestFinished(async () => {
    execFileSync("umount", ["--lazy", path]);
    // Once its program is gone, what still waits is told that there is no such device.
    holder.stdin.end();
    await ended;
  });
  return path;
}

function ownFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "strata-dead-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export const canMountDead = process.platform === "linux" && process.getuid?.() === 0 && existsSync("/dev/fuse");
