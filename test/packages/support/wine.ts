/**
 * A Windows of our own by Wine, in a folder. Debian 12's Wine 8 lacks two things that Windows 10 has: `VirtualAlloc2`, which node.exe imports and does not call
 * here, so that there the import gets another name; and `bcryptprimitives.dll`, whose one name that is asked for another library of Wine's has as well.
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forwardingLibrary } from "./forwarding-library.ts";

export interface Wine {
  /** Beside the Windows folder; gone with it. */
  readonly scratch: string;
  /** What Windows calls `%LOCALAPPDATA%`, by its path on Linux. */
  readonly localFolder: string;
  run(...words: readonly string[]): Promise<Outcome>;
  /** What goes on beside the test; `said` is read anew at each call. */
  start(...words: readonly string[]): { readonly said: () => string };
  remove(): Promise<void>;
}

interface Outcome {
  readonly code: number | null;
  readonly said: string;
  readonly complained: string;
}

/** @param variables that everything run here has beside Wine's own */
export async function openWine(variables: NodeJS.ProcessEnv = {}): Promise<Wine> {
  const scratch = mkdtempSync(join(tmpdir(), "strata-wine-"));
  const prefix = join(scratch, "prefix");
  const disk = join(prefix, "drive_c");
  // Nothing of the machine around: neither its runtime nor its record. Without the two libraries Wine would ask to fetch .NET and a browser.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(STRATA|ELECTRON|NODE)_/.test(name));
  const own = { WINEPREFIX: prefix, WINEDEBUG: "-all", WINEDLLOVERRIDES: "mscoree,mshtml=", DISPLAY: "" };
  const env = { ...Object.fromEntries(inherited), ...own, NODE_SKIP_PLATFORM_CHECK: "1", ...variables };
  await ended(spawn("wine", ["wineboot", "--init"], { env, stdio: "ignore" }));
  const cryptography = join(disk, "windows", "system32", "bcryptprimitives.dll");
  if (!existsSync(cryptography))
    writeFileSync(cryptography, forwardingLibrary("ProcessPrng", "advapi32.SystemFunction036"));
  const user = readdirSync(join(disk, "users")).find((name) => name !== "Public") ?? "";

  /** Its output into files: under Wine a pipe's other end is not told that it is one. */
  const startInto = (folder: string, words: readonly string[]): ChildProcess => {
    const files = ["said", "complained"].map((name) => openSync(join(folder, name), "w"));
    const child = spawn("wine", [...words], { env, stdio: ["ignore", ...files] });
    for (const file of files) closeSync(file);
    return child;
  };
  const outputFolder = () => mkdtempSync(join(scratch, "output-"));
  return {
    scratch,
    localFolder: join(disk, "users", user, "AppData", "Local"),
    async run(...words) {
      const folder = outputFolder();
      const code = await ended(startInto(folder, words));
      const [said, complained] = ["said", "complained"].map((name) => readFileSync(join(folder, name), "utf8"));
      return { code, said: said ?? "", complained: complained ?? "" };
    },
    start(...words) {
      const folder = outputFolder();
      startInto(folder, words);
      return { said: () => readFileSync(join(folder, "said"), "utf8") };
    },
    async remove() {
      await ended(spawn("wineserver", ["--kill", "--wait"], { env, stdio: "ignore" }));
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** Wine shows the whole disk as drive Z. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll("/", "\\")}`;
}

/** @param program a node.exe, which starts under Wine 8 afterwards */
export function fitToWine(program: string): void {
  const content = readFileSync(program);
  const at = content.indexOf("VirtualAlloc2\0");
  if (at < 0) return;
  content.write("VirtualAlloc3", at, "latin1");
  writeFileSync(program, content);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
}
