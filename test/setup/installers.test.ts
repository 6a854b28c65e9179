/** What electron-builder's own makers of installers are given: the staged app's metadata, by way of a stand-in for the program that packs the files. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { outcomeOf } from "./support/tiny-runtime.ts";

const root = join(import.meta.dirname, "..", "..");
const script = (...lines: readonly string[]) => lines.join("\n");
const { commandsIn }: { commandsIn(path: string): string } = await import(join(root, "tools", "package", "fpm.mjs"));
const moduleAt = (...path: readonly string[]) => JSON.stringify(join(root, "tools", ...path));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-installer-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lays the app out as a package does, beside a program of a few bytes in Electron's place, and makes a deb of it. */
const makeDeb = script(
  'import { readFileSync } from "node:fs";',
  'import { join } from "node:path";',
  'import { build } from "electron-builder";',
  `import { builderConfig } from ${moduleAt("package", "builder-config.mjs")};`,
  `import { stageApp } from ${moduleAt("package", "stage.mjs")};`,
  "const [root, folder] = process.argv.slice(1);",
  'stageApp(root, join(folder, "app"), JSON.parse(readFileSync(join(root, "package.json"), "utf8")));',
  'const electronVersion = "45.0.0";',
  'const config = builderConfig({ root, folder, made: join(folder, "made"), flavour: "cpu", electronVersion, runtimeVersion: electronVersion });',
  'const prepackaged = join(folder, "unpacked");',
  'await build({ config, projectDir: root, prepackaged, linux: ["deb"], publish: "never" });',
);

/** Writes what it was told, with the desktop entry's text in place of its path, and an empty file where the deb would be. */
const packer = script(
  "#!/usr/bin/env node",
  'const { readFileSync, writeFileSync } = require("node:fs");',
  "const words = process.argv.slice(2);",
  'const entry = words.find((word) => word.endsWith(".desktop")).split("=")[0];',
  'const scripts = ["--after-install", "--after-remove"].map((flag) => readFileSync(words[words.indexOf(flag) + 1], "utf8"));',
  'writeFileSync(process.env.TOLD, JSON.stringify({ words, scripts, entry: readFileSync(entry, "utf8") }));',
  'writeFileSync(words[words.indexOf("--package") + 1], "");',
);

test.skipIf(process.platform !== "linux")(
  "a deb is told where it comes from, and its entry belongs to the window",
  async () => {
    mkdirSync(join(folder, "unpacked", "resources"), { recursive: true });
    mkdirSync(join(folder, "app", "out", "window"), { recursive: true });
    writeFileSync(join(folder, "packer"), packer, { mode: 0o755 });
    const told = join(folder, "told.json");
    const { code, stderr } = await outcomeOf(
      process.execPath,
      ["--input-type=module", "-e", makeDeb, root, folder],
      { CUSTOM_FPM_PATH: join(folder, "packer"), TOLD: told },
      root,
    );
    expect([code, stderr]).toEqual([0, ""]);
    const { words, entry, scripts }: { words: string[]; entry: string; scripts: string[] } = JSON.parse(
      readFileSync(told, "utf8"),
    );
    const after = (flag: string) => words[words.indexOf(flag) + 1];
    expect(["-t", "--name", "--url", "--maintainer", "--license"].map(after)).toEqual([
      "deb",
      "strata",
      "https://strata.invalid/",
      "Strata",
      "MIT",
    ]);
    expect(words.at(-1)).toMatch(/=\/usr\/share\/applications\/strata\.desktop$/);
    for (const line of ["Exec=/opt/Strata/strata %U", "StartupWMClass=strata", "MimeType=x-scheme-handler/strata;"])
      expect(entry.split("\n")).toContain(line);
    // What `strata` in a terminal is, once our own packer has read them: put there, and taken away again.
    const script = join(folder, "script");
    const links = scripts.map((text) => {
      writeFileSync(script, text);
      return commandsIn(script)
        .split("\n")
        .filter((line) => /(--install|--remove) .*'strata'/.test(line));
    });
    expect(links).toEqual([
      [expect.stringContaining(" 'strata' '/opt/Strata/resources/engine/bin/strata' 100")],
      [expect.stringContaining(" 'strata' '/opt/Strata/resources/engine/bin/strata'")],
    ]);
  },
);

test("a program that the launcher went on with ends when its work is done, though something in it listens for messages", async () => {
  const child = script(
    `import { endWithLauncher } from ${moduleAt("set-up", "processes.mjs")};`,
    "endWithLauncher();",
    // As electron-builder's temporary files do.
    'process.on("message", () => {});',
  );
  const parent = script(
    'import { spawn } from "node:child_process";',
    'const stdio = ["ignore", "ignore", "inherit", "ipc"];',
    `const child = spawn(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(child)}], { stdio });`,
    'child.once("exit", (code) => console.log(code));',
  );
  expect((await outcomeOf(process.execPath, ["--input-type=module", "-e", parent], {})).stdout).toBe("0");
});

test("and when the launcher is gone, however it went", async () => {
  const child = script(
    `import { endWithLauncher } from ${moduleAt("set-up", "processes.mjs")};`,
    "endWithLauncher();",
    "setInterval(() => {}, 1_000);",
    'process.once("exit", () => process.stderr.write("ended"));',
    'process.send("ready");',
  );
  const parent = script(
    'import { spawn } from "node:child_process";',
    'const stdio = ["ignore", "ignore", "inherit", "ipc"];',
    `const child = spawn(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(child)}], { stdio });`,
    'child.once("message", () => process.kill(process.pid, "SIGKILL"));',
  );
  // Resolves when the pipe that both write to is closed, which is at the child's end.
  expect((await outcomeOf(process.execPath, ["--input-type=module", "-e", parent], {})).stderr).toBe("ended");
});
