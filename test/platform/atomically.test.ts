/** What is written anew, killed at the moment before it has its name: what stood there is whole, and the next writing is none the worse. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { atomically, atomicallyInTime, writeFileAtomically } from "../../src-main/platform/atomically.ts";
import { endOfKilled } from "../support/killed.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

/** Kills the process where it would give the name, and says how far it came. */
const killAtRename = `
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  fs.renameSync = () => { fs.writeSync(1, "written"); process.kill(process.pid, "SIGKILL"); };
  syncBuiltinESMExports();`;

/** @param call an expression of the `module` and the `place` */
function writeAndBeKilled(module: string, call: string, place: string): void {
  const code = `
    const module = await import(${JSON.stringify(pathToFileURL(module).href)});
    const place = ${JSON.stringify(place)};
    await (${call});`;
  const preload = `data:text/javascript,${encodeURIComponent(killAtRename)}`;
  const words = ["--import", preload, "--input-type=module", "-e", code];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", timeout: 60_000 });
  expect({ status, signal, stdout, stderr }).toEqual({ ...endOfKilled, stdout: "written", stderr: "" });
}

const address = JSON.stringify({ token: "t".repeat(43), port: 8080 });
const state = JSON.stringify({ bounds: { x: 0, y: 0, width: 400, height: 500 }, isMaximized: false, theme: "dark" });
const tensors = `[{ name: "w", shape: [2], values: () => new Float32Array([1, 2]) }]`;
const writers: readonly (readonly [name: string, module: string, call: string])[] = [
  ["a text", "src-main/platform/atomically.ts", `module.writeFileAtomically(place, "new")`],
  [
    "a stream",
    "src-main/platform/atomically.ts",
    `module.atomicallyInTime(place, async (beside) => (await import("node:fs")).writeFileSync(beside, "new"))`,
  ],
  ["the served address", "src-main/platform/served-address.ts", `module.writeServedAddress(place, ${address})`],
  ["the window's place", "src-main/shell/window-state.ts", `module.writeWindowState(place, ${state})`],
  ["weights", "src-main/platform/safetensors.ts", `module.writeSafetensors(place, ${tensors}, {}, "person")`],
];

test.each(writers)("%s: a kill in between leaves the old file whole", (_, module, call) => {
  const place = join(temporaryFolder(), "file");
  writeFileSync(place, "old and whole");
  writeAndBeKilled(module, call, place);
  expect(readFileSync(place, "utf8")).toBe("old and whole");
  writeFileAtomically(place, "new");
  expect(readFileSync(place, "utf8")).toBe("new");
});

test("a folder of exported weights: a kill in between leaves nothing of its name", () => {
  const folder = temporaryFolder();
  const call = `module.writeFolder(place, (into) => process.getBuiltinModule("node:fs").writeFileSync(into + "/a", "1"))`;
  writeAndBeKilled("src-main/models/exports/export-folder.ts", call, join(folder, "exported"));
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^exported\.\d+\.partial$/)]);
});

test("what fails leaves what stood there, and nothing beside it", async () => {
  const folder = temporaryFolder();
  const place = join(folder, "file");
  writeFileSync(place, "old");
  const fail = (beside: string) => {
    writeFileSync(beside, "half");
    throw new Error("no more");
  };
  expect(() => atomically(place, fail)).toThrow("no more");
  await expect(atomicallyInTime(place, async (beside) => fail(beside))).rejects.toThrow("no more");
  expect([readdirSync(folder), readFileSync(place, "utf8")]).toEqual([["file"], "old"]);
});

test("what a process of this number left when it was killed is in nobody's way", () => {
  const folder = temporaryFolder();
  const place = join(folder, "file");
  mkdirSync(`${place}.${process.pid}.partial`);
  writeFileAtomically(place, "new");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test.skipIf(process.platform === "win32")("a private file is private, whatever mode the one before it had", () => {
  const place = join(temporaryFolder(), "file");
  writeFileSync(place, "old", { mode: 0o644 });
  writeFileAtomically(place, "new", 0o600);
  expect(statSync(place).mode & 0o777).toBe(0o600);
});
