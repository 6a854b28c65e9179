/** What the doctor of an installed app says of its window: a program that is whole, one that is gone, and one whose system has no desktop's libraries. */
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installedWindowFinding } from "../../src-main/platform/window-finding.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

test("a program whose libraries are there is fine, and one that is gone is installed anew", async () => {
  expect(await installedWindowFinding(process.execPath)).toMatchObject({ isFine: true, found: process.execPath });
  expect(await installedWindowFinding("/nowhere/strata")).toMatchObject({
    isFine: false,
    found: "not there: /nowhere/strata",
    remedy: "Install Strata anew.",
  });
});

const canBuild = process.platform === "linux" && spawnSync("gcc", ["--version"]).status === 0;
test.skipIf(!canBuild)("libraries that the system lacks are named, with what brings them (needs gcc)", async () => {
  const folder = temporaryFolder();
  const inside = (name: string) => join(folder, name);
  writeFileSync(inside("part.c"), "int part(void) { return 0; }");
  writeFileSync(inside("program.c"), "int part(void); int main(void) { return part(); }");
  execFileSync("gcc", [
    "-shared",
    "-fPIC",
    "-o",
    inside("libnss3.so"),
    "-Wl,-soname,libnss3-of-no-one.so",
    inside("part.c"),
  ]);
  execFileSync("gcc", ["-o", inside("strata"), inside("program.c"), inside("libnss3.so")]);
  expect(await installedWindowFinding(inside("strata"))).toMatchObject({
    isFine: false,
    found: "does not open: this system lacks libnss3-of-no-one.so",
    remedy: expect.stringContaining("apt-get install libgtk-3-0 libnss3 "),
  });
});
