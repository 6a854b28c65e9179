/**
 * Windows programs of ours under Wine, in a Windows folder of their own. Debian 12's Wine 8 lacks two things that Windows 10 has: `VirtualAlloc2`, which node.exe
 * imports and does not call here, so that in a copy of it the import has another name; and `bcryptprimitives.dll`, whose one name that is asked for another
 * library of Wine's has as well.
 */
import { type SpawnOptions, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forwardingLibrary } from "./forwarding-library.ts";

export interface Wine {
  /** Beside the Windows folder; gone with it. */
  readonly scratch: string;
  /** Runs a script in a copy of this node.exe. Resolves to what it wrote; fails with the end of what it complained of. */
  runNode(program: string, words: readonly string[], environment: Readonly<Record<string, string>>): Promise<string>;
  remove(): Promise<void>;
}

/** Wine shows the whole disk as drive Z. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll("/", "\\")}`;
}

export async function openWine(): Promise<Wine> {
  const scratch = mkdtempSync(join(tmpdir(), "strata-wine-"));
  const prefix = join(scratch, "prefix");
  const quiet = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: "-all", DISPLAY: "", NODE_SKIP_PLATFORM_CHECK: "1" };
  await ended("wineboot", ["--init"], { env: quiet, stdio: "ignore" });
  const cryptography = join(prefix, "drive_c", "windows", "system32", "bcryptprimitives.dll");
  if (!existsSync(cryptography))
    writeFileSync(cryptography, forwardingLibrary("ProcessPrng", "advapi32.SystemFunction036"));
  return {
    scratch,
    async runNode(program, words, environment) {
      const copy = join(scratch, "node.exe");
      if (!existsSync(copy)) writeFileSync(copy, withoutNewAllocator(readFileSync(program)), { mode: 0o755 });
      // Into files: under Wine a pipe's other end is not told that it is one.
      const [said, complained] = [join(scratch, "said"), join(scratch, "complained")];
      const files = [said, complained].map((path) => openSync(path, "w"));
      const stdio: SpawnOptions["stdio"] = ["ignore", ...files];
      const code = await ended("wine", [copy, ...words], { env: { ...quiet, ...environment }, stdio });
      for (const file of files) closeSync(file);
      if (code !== 0) throw new Error(`It ended with ${code}: ${readFileSync(complained, "utf8").slice(-2_000)}`);
      return readFileSync(said, "utf8");
    },
    async remove() {
      await ended("wineserver", ["--kill", "--wait"], { env: quiet, stdio: "ignore" });
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function withoutNewAllocator(program: Buffer): Buffer {
  const changed = Buffer.from(program);
  const at = changed.indexOf("VirtualAlloc2\0");
  if (at >= 0) changed.write("VirtualAlloc3", at, "latin1");
  return changed;
}

function ended(command: string, args: readonly string[], options: SpawnOptions): Promise<number | null> {
  return new Promise((resolve, reject) => {
    spawn(command, [...args], options)
      .once("error", reject)
      .once("close", resolve);
  });
}
