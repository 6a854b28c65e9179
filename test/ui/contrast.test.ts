import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../src-renderer/app/styles/tokens.css", import.meta.url), "utf8");
const [light = "", systemDark = "", chosenDark = ""] = css
  .split(/^(?=:root|@media)/m)
  .filter((block) => block.includes("--paper:"));

function tokensOf(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

test("black on white has the ratio that the standard names", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
});

test("the dark colours are the same by the system's wish and by choice", () => {
  expect(tokensOf(systemDark)).toEqual(tokensOf(chosenDark));
  expect(tokensOf(systemDark).size).toBeGreaterThan(20);
});

describe.each([
  ["light", tokensOf(light)],
  ["dark", new Map([...tokensOf(light), ...tokensOf(systemDark)])],
])("in the %s theme", (_theme, tokens) => {
  const text = ["ink", "ink-2", "arm-a", "arm-b-text", "warning", "failure", "ready"];
  test.each(text.flatMap((name) => ["paper", "sheet", "well"].map((ground) => [name, ground] as const)))(
    "text in %s on %s reaches 4.5 : 1",
    (name, ground) => {
      expect(contrast(tokens.get(name) ?? "", tokens.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
    },
  );
  const marks = ["ink-3", "control", "arm-b", "run-3", "run-4", "run-5", "run-6", "run-7", "run-8"];
  test.each(marks)("the mark %s on a sheet reaches 3 : 1", (name) => {
    expect(contrast(tokens.get(name) ?? "", tokens.get("sheet") ?? "")).toBeGreaterThanOrEqual(3);
  });
});
