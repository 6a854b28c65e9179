import { homedir } from "node:os";
import { join, posix, win32 } from "node:path";
import { expect, test } from "vitest";
import { personalPath } from "../../src-main/platform/paths.ts";

test("a place has one name, however it is written: from the person's home, with turns, with a slash behind it", () => {
  expect(personalPath("~")).toBe(homedir());
  expect(personalPath("~/pictures/")).toBe(join(homedir(), "pictures"));
  expect(personalPath("/a/../b//c/", posix)).toBe("/b/c");
  // A name of its own on Linux.
  expect(personalPath("/c:/Pictures", posix)).toBe("/c:/Pictures");
});

test("on Windows both slashes and both kinds of a drive's letter are one, the letter alone is its top, and a share stays one", () => {
  const names = ["c:\\pictures", "C:/pictures/", "c:/x/..\\pictures"];
  expect(names.map((name) => personalPath(name, win32))).toEqual(Array.from(names, () => "C:\\pictures"));
  expect(["d:", "D:\\", "d:/"].map((name) => personalPath(name, win32))).toEqual(["D:\\", "D:\\", "D:\\"]);
  expect(personalPath("//server/share/a", win32)).toBe("\\\\server\\share\\a");
});
