import { expect, test } from "vitest";
import { sqlitePath } from "../../src-main/store/sqlite-path.ts";

const deep = (letters: number) => `C:\\${"a".repeat(letters - 3)}`;

test("on Windows a path that would be too long, with what SQLite lays beside it, is given in its long form; elsewhere none is", () => {
  expect(sqlitePath(deep(251), "win32")).toBe(deep(251));
  expect(sqlitePath(deep(252), "win32")).toBe(`\\\\?\\${deep(252)}`);
  const share = `\\\\server\\share\\${"a".repeat(250)}`;
  expect(sqlitePath(share, "win32")).toBe(`\\\\?\\UNC\\${share.slice(2)}`);
  expect(sqlitePath(":memory:", "win32")).toBe(":memory:");
  expect(sqlitePath(`/${"a".repeat(400)}`, "linux")).toBe(`/${"a".repeat(400)}`);
});
