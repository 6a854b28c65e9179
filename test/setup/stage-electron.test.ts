/** What is taken of a folder that holds an Electron, another app's perhaps. */
import { existsSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const { stageElectron }: { stageElectron(from: string, to: string): void } = await import(
  join(import.meta.dirname, "..", "..", "tools", "package", "stage.mjs")
);

test("Electron's own files are taken, and nothing of an app that it was part of", () => {
  const own = ["electron.exe", "ffmpeg.dll", "resources.pak", "icudtl.dat", "locales/en-US.pak", "version"];
  const others = ["app.ico", "Uninstall other.exe", "resources/app.asar", "resources/app-update.yml"];
  const from = writeFiles(temporaryFolder(), Object.fromEntries([...own, ...others].map((name) => [name, "x"])));
  const to = join(temporaryFolder(), "electron");
  stageElectron(from, to);
  expect(readdirSync(to).sort()).toEqual([...own.map((name) => name.split("/")[0]), "resources"].sort());
  expect(readdirSync(join(to, "resources"))).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "the links that a Mac's frameworks are made of stay links of their own",
  () => {
    const from = temporaryFolder();
    const framework = join("Electron.app", "Contents", "Frameworks", "Electron Framework.framework");
    mkdirSync(join(from, framework, "Versions", "A"), { recursive: true });
    symlinkSync("A", join(from, framework, "Versions", "Current"));
    const to = join(temporaryFolder(), "electron");
    stageElectron(from, to);
    expect(readlinkSync(join(to, framework, "Versions", "Current"))).toBe("A");
    // Where a Mac's app has nothing of the kind.
    expect(existsSync(join(to, "resources"))).toBe(false);
  },
);
