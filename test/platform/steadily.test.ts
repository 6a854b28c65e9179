/** Windows' ways with files, played by a file system that holds something open for some tries. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codedHomeError } from "../../src-main/platform/disk-trouble.ts";
import { refuseLostNames } from "../../src-main/platform/refuse-lost-names.ts";
import { type FileSystem, removeSteadily, renameSteadily } from "../../src-main/platform/steadily.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

/** Where the first so many deeds fail, and no name is given onto a folder. */
function windows(heldTries: number, code = "EBUSY"): FileSystem & { readonly waited: number[] } {
  const waited: number[] = [];
  let tries = 0;
  const unlessHeld = (deed: () => void): void => {
    if (tries++ < heldTries) throw Object.assign(new Error(`${code}: held`), { code, syscall: "unlink" });
    deed();
  };
  return {
    ...{ isWindows: true, waited },
    rename: (from, to) =>
      unlessHeld(() => {
        if (statSync(to, { throwIfNoEntry: false })?.isDirectory()) throw new Error("EPERM: onto a folder");
        renameSync(from, to);
      }),
    remove: (path) => unlessHeld(() => rmSync(path, { recursive: true, force: true })),
    wait: (millis) => void waited.push(millis),
  };
}

test.each(["EBUSY", "EPERM", "EACCES", "ENOTEMPTY"])("what is held for a moment (%s) is tried again", (code) => {
  const folder = temporaryFolder();
  const file = join(folder, "file");
  writeFileSync(file, "");
  const files = windows(3, code);
  removeSteadily(file, files);
  expect([readdirSync(folder), files.waited.length]).toEqual([[], 3]);
});

test("what is held for good is given up within a second, with the system's error, which has words and a remedy", () => {
  const folder = temporaryFolder();
  const file = join(folder, "file");
  writeFileSync(file, "");
  const files = windows(100);
  let thrown: unknown;
  try {
    removeSteadily(file, files);
  } catch (error) {
    thrown = error;
  }
  expect(codedHomeError(thrown, file)).toMatchObject({
    code: "disk.in-use",
    remedy: expect.stringContaining(`try again: ${file}`),
  });
  expect(files.waited.reduce((sum, millis) => sum + millis, 0)).toBeLessThanOrEqual(1_000);
  expect(existsSync(file)).toBe(true);
});

test("elsewhere, and of any other trouble, the first try says how it is", () => {
  for (const files of [{ ...windows(1), isWindows: false }, windows(1, "ENOSPC")]) {
    expect(() => removeSteadily("/nowhere", files)).toThrow(/held/);
    expect(files.waited).toEqual([]);
  }
});

test("a folder is named in place of an empty folder, which Windows refuses, and never in place of a full one", () => {
  const parent = temporaryFolder();
  const [from, to] = [join(parent, "beside"), join(parent, "folder")];
  for (const folder of [from, to]) mkdirSync(folder);
  writeFileSync(join(from, "new"), "");
  renameSteadily(from, to, windows(1));
  expect([readdirSync(parent), readdirSync(to)]).toEqual([["folder"], ["new"]]);

  mkdirSync(from);
  expect(() => renameSteadily(from, to, windows(0))).toThrow(expect.objectContaining({ code: "ENOTEMPTY" }));
  expect(readdirSync(to)).toEqual(["new"]);
});

test("a folder that Windows could not open again is refused there, and there alone", () => {
  expect(() => refuseLostNames("data/nul/out", "win32")).toThrow(
    expect.objectContaining({ code: "disk.reserved-name", problem: expect.stringContaining(" nul ") }),
  );
  for (const [folder, platform] of [
    ["data/nul/out", "linux"],
    ["data/out", "win32"],
  ] as const)
    expect(() => refuseLostNames(folder, platform)).not.toThrow();
});
