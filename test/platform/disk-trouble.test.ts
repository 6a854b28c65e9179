/** What the system's error numbers mean: the app and set-up, which runs without it, hold them to be the same. */
import { constants, homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DiskTrouble, diskTroubleOf } from "../../src-main/platform/disk-trouble.ts";
import { homeFolder } from "../../src-main/platform/paths.ts";

const tool = (path: string) => join(import.meta.dirname, "..", "..", "tools", path);
// Plain JavaScript, which set-up has to be.
const { inWords }: { inWords(thrown: Error, folder: string, variable: string): unknown } = await import(
  tool("set-up/problem.mjs")
);
const { cacheFolder }: { cacheFolder(environment: NodeJS.ProcessEnv): string } = await import(
  tool("native/runtime.mjs")
);

const setUpSays: readonly (readonly [DiskTrouble, RegExp])[] = [
  ["full", /^The disk is full: free some space and start again, or set STRATA_CACHE to another folder: \/x$/],
  ["not-writable", /^The folder cannot be written: give this user the right to, or set STRATA_CACHE .*: \/x$/],
  ["no-folder", /^The folder cannot be made, since a file is in its way or the path is wrong: .*STRATA_CACHE .*: \/x$/],
  ["too-long", /^A path there is longer than this system takes: use .*STRATA_CACHE .*: \/x$/],
  ["in-use", /^Another program has it open: close .*STRATA_CACHE .*: \/x$/],
  ["failing", /^The disk reported an error, or a file there may not become larger: .*STRATA_CACHE .*: \/x$/],
];

test.for([...Object.keys(constants.errno), "ERR_INVALID_ARG_VALUE"])(
  "%s means the same to both, or nothing",
  (code) => {
    const thrown = Object.assign(new Error(code), { code, syscall: "open" });
    const said: unknown = inWords(thrown, "/x", "STRATA_CACHE");
    const meaning = setUpSays.find(([, words]) => said instanceof Error && words.test(said.message))?.[0] ?? null;
    expect(diskTroubleOf(thrown)).toBe(meaning);
    if (meaning === null) expect(said).toBe(thrown);
  },
);

test("a full disk, one that is read-only and a file in the way are told apart", () => {
  const of = (code: string) => diskTroubleOf(Object.assign(new Error(code), { code }));
  expect(["ENOSPC", "EROFS", "ENOTDIR", "EPIPE"].map(of)).toEqual(["full", "not-writable", "no-folder", null]);
});

test.skipIf(process.platform !== "linux")(
  "variables that are empty or relative count as not set, for record and cache alike",
  () => {
    for (const value of [undefined, "", "relative"]) {
      const environment = { STRATA_HOME: "", STRATA_CACHE: "", XDG_DATA_HOME: value, XDG_CACHE_HOME: value };
      expect(homeFolder(environment)).toBe(join(homedir(), ".local", "share", "strata"));
      expect(cacheFolder(environment)).toBe(join(homedir(), ".cache", "strata"));
    }
    expect(homeFolder({ XDG_DATA_HOME: "/data" })).toBe("/data/strata");
    expect(cacheFolder({ XDG_CACHE_HOME: "/cache" })).toBe("/cache/strata");
    // Of the same folder wherever a program that is started from here runs.
    expect(homeFolder({ STRATA_HOME: "here" })).toBe(join(process.cwd(), "here"));
    expect(cacheFolder({ STRATA_CACHE: "here" })).toBe(join(process.cwd(), "here"));
  },
);

test.runIf(process.platform === "win32")(
  "on Windows the record is in the person's local data, unless a variable names another place",
  () => {
    const usual = join(homedir(), "AppData", "Local");
    for (const value of [undefined, ""])
      expect(homeFolder({ STRATA_HOME: value, LOCALAPPDATA: value })).toBe(join(usual, "Strata"));
    expect(homeFolder({ LOCALAPPDATA: "D:\\local" })).toBe("D:\\local\\Strata");
    expect(homeFolder({ LOCALAPPDATA: "D:\\local", STRATA_HOME: "here" })).toBe(join(process.cwd(), "here"));
  },
);
