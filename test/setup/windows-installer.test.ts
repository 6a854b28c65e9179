/** Windows' installer of a few bytes: made by makensis, and, where there is Wine, installed, brought up to date and removed. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/picture-folder.ts";

const root = join(import.meta.dirname, "..", "..");
interface Entry {
  readonly name: string;
  isDirectory(): boolean;
}
interface Tool {
  makeWindowsInstaller(context: Readonly<Record<string, string>>): Promise<string>;
  removalOf(entries: readonly Entry[]): string;
}
const { makeWindowsInstaller, removalOf }: Tool = await import(join(root, "tools", "package", "windows-installer.mjs"));
const hasMaker = spawnSync("makensis", ["-VERSION"]).status === 0;
const hasWine = spawnSync("wine", ["--version"]).status === 0;

test("an uninstallation takes away each thing by its name, folders whole", () => {
  const entry = (name: string, isFolder: boolean) => ({ name, isDirectory: () => isFolder });
  expect(removalOf([entry("resources", true), entry("Strata.exe", false)]).split("\n")).toEqual([
    "!macro RemoveProgram",
    '  RMDir /r "$INSTDIR\\resources"',
    '  Delete "$INSTDIR\\Strata.exe"',
    "!macroend",
    "",
  ]);
  expect(() => removalOf([entry("$WINDIR", true)])).toThrow("no name that the installer can take away");
});

/** An installer of a version whose program says so; what is in `files` goes along. */
async function installerOf(version: string, files: readonly string[]): Promise<string> {
  const stage = temporaryFolder();
  const unpacked = join(stage, "unpacked");
  for (const path of ["Strata.exe", "resources/app.asar", ...files]) {
    mkdirSync(join(unpacked, path, ".."), { recursive: true });
    writeFileSync(join(unpacked, path), version);
  }
  return makeWindowsInstaller({ root, stage, unpacked, stem: join(stage, `strata-${version}`), version });
}

test.skipIf(!hasMaker)("makensis makes it without a warning (needs nsis)", async () => {
  expect(readFileSync(await installerOf("0.1.0", [])).toString("latin1", 0, 2)).toBe("MZ");
});

test.skipIf(!hasMaker || !hasWine)(
  "it installs without a question, a newer one takes its place, and removal leaves the record and others' files (needs nsis and wine)",
  async () => {
    const prefix = join(temporaryFolder(), "prefix");
    const environment = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: "-all", WINEDLLOVERRIDES: "mscoree,mshtml=" };
    const wine = (...words: readonly string[]) =>
      spawnSync("wine", words, { env: environment, stdio: "ignore" }).status;
    try {
      expect(wine("wineboot", "--init")).toBe(0);
      const [user = ""] = readdirSync(join(prefix, "drive_c", "users")).filter((name) => name !== "Public");
      const local = join(prefix, "drive_c", "users", user, "AppData", "Local");
      const program = join(local, "Programs", "Strata");
      const record = join(local, "Strata");
      expect(wine(await installerOf("0.1.0", ["old.dll", "resources/old.txt"]), "/S")).toBe(0);
      expect(readdirSync(program).sort()).toEqual(["Strata.exe", "Uninstall Strata.exe", "old.dll", "resources"]);
      const shortcut = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Strata.lnk";
      expect(existsSync(join(prefix, "drive_c", "users", user, shortcut))).toBe(true);
      expect(wine("reg", "query", "HKCU\\Software\\Classes\\strata\\shell\\open\\command")).toBe(0);

      for (const folder of ["window", "pictures"]) mkdirSync(join(record, folder), { recursive: true });
      writeFileSync(join(record, "strata.sqlite"), "runs");
      writeFileSync(join(program, "mine.txt"), "mine");
      expect(wine(await installerOf("0.2.0", []), "/S")).toBe(0);
      expect(readFileSync(join(program, "Strata.exe"), "utf8")).toBe("0.2.0");
      expect(readdirSync(program).sort()).toEqual(["Strata.exe", "Uninstall Strata.exe", "mine.txt", "resources"]);
      expect(readdirSync(join(program, "resources"))).toEqual(["app.asar"]);
      expect(readdirSync(record).sort()).toEqual(["pictures", "strata.sqlite", "window"]);

      // Cut off by what lies in the way of a file; it was not made whole again, once.
      mkdirSync(join(program, "late.dll"));
      const late = await installerOf("0.2.1", ["late.dll"]);
      expect(wine(late, "/S")).toBe(2);
      expect(readdirSync(program)).toContain("Uninstall Strata.exe");
      rmSync(join(program, "late.dll"), { recursive: true });
      expect(wine(late, "/S")).toBe(0);
      expect(readFileSync(join(program, "late.dll"), "utf8")).toBe("0.2.1");

      mkdirSync(join(prefix, "drive_c", "others"));
      writeFileSync(join(prefix, "drive_c", "others", "theirs.txt"), "theirs");
      expect(wine(await installerOf("0.3.0", []), "/S", "/D=C:\\others")).toBe(2);

      // `_?=` keeps it from going on in a copy of itself, which no one could wait for; what it runs from, it leaves.
      expect(
        wine(join(program, "Uninstall Strata.exe"), "/S", `_?=C:\\users\\${user}\\AppData\\Local\\Programs\\Strata`),
      ).toBe(0);
      expect(readdirSync(program).filter((name) => name !== "Uninstall Strata.exe")).toEqual(["mine.txt"]);
      expect(readdirSync(record)).toEqual(["strata.sqlite"]);
      expect(existsSync(join(prefix, "drive_c", "users", user, shortcut))).toBe(false);
      expect(wine("reg", "query", "HKCU\\Software\\Classes\\strata")).not.toBe(0);
    } finally {
      execFileSync("wineserver", ["--kill"], { env: environment });
    }
  },
);
