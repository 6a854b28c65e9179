import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  placeOnDisplays,
  readWindowState,
  type WindowState,
  writeWindowState,
} from "../../src-main/shell/window-state.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

const main = { x: 0, y: 0, width: 1_920, height: 1_040 };
const right = { x: 1_920, y: 0, width: 1_280, height: 1_000 };
const window = { x: 100, y: 80, width: 1_000, height: 700 };

test("a window comes back to its place on any display that is there", () => {
  expect(placeOnDisplays(window, [main])).toEqual(window);
  expect(placeOnDisplays({ ...window, x: 2_000 }, [main, right])).toEqual({ ...window, x: 2_000 });
});

test("one whose title bar could not be taken hold of comes to the middle of the main display", () => {
  const middle = { ...window, x: 460, y: 170 };
  for (const lost of [{ x: 2_000 }, { x: -950 }, { x: 1_850 }, { y: -60 }, { y: 1_030 }])
    expect([lost, placeOnDisplays({ ...window, ...lost }, [main])]).toEqual([lost, middle]);
});

test("the first window is of the usual size, or as large as a small display", () => {
  expect(placeOnDisplays(null, [main])).toEqual({ x: 320, y: 120, width: 1_280, height: 800 });
  expect(placeOnDisplays(null, [{ x: 0, y: 20, width: 800, height: 580 }])).toEqual({
    x: 0,
    y: 20,
    width: 800,
    height: 580,
  });
});

test("the state is read back as it was written, and one that makes no sense is none", () => {
  const path = join(temporaryFolder(), "home", "window.json");
  const state: WindowState = { bounds: window, isMaximized: true, theme: "dark" };
  expect(readWindowState(path)).toBeNull();
  writeWindowState(path, state);
  expect(readWindowState(path)).toEqual(state);
  for (const text of ["", "{", "[]", readFileSync(path, "utf8").replace("dark", "pink")]) {
    writeFileSync(path, text);
    expect(readWindowState(path)).toBeNull();
  }
});

test("a place where nothing can be written is no reason to fail", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() =>
    writeWindowState(join(file, "window.json"), { bounds: window, isMaximized: false, theme: "system" }),
  ).not.toThrow();
});
