import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { commitOfClone, strataVersion } from "../../src-main/platform/version.ts";

let folder: string;
const git = (...args: readonly string[]) => {
  const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"];
  return execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8" }).trim();
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-version-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function makeClone(): string {
  git("init", "--quiet");
  writeFileSync(join(folder, "file"), "one");
  git("add", "file");
  git("commit", "--quiet", "--message", "First");
  git("tag", "v1");
  return git("rev-parse", "HEAD");
}

test("the version is that of package.json", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(strataVersion()).toBe(version);
});

test("a clone's commit is its own, also where it has a tag, and says where files were changed", () => {
  const commit = makeClone();
  expect(commitOfClone(folder)).toBe(commit);
  writeFileSync(join(folder, "another"), "that git does not follow");
  expect(commitOfClone(folder)).toBe(commit);
  writeFileSync(join(folder, "file"), "two");
  expect(commitOfClone(folder)).toBe(`${commit}-dirty`);
});

test("no commit is taken from a clone around the folder, nor from what the environment names", () => {
  makeClone();
  const inside = join(folder, "inside");
  mkdirSync(inside);
  expect(commitOfClone(inside)).toBeNull();
  vi.stubEnv("GIT_DIR", join(folder, ".git"));
  vi.stubEnv("GIT_WORK_TREE", inside);
  expect(commitOfClone(inside)).toBeNull();
});

test("without a clone or without git the commit is not known", () => {
  expect(commitOfClone(folder)).toBeNull();
  makeClone();
  vi.stubEnv("PATH", "/nowhere");
  expect(commitOfClone(folder)).toBeNull();
});
