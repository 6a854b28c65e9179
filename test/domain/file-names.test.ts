/** Names under which pictures, classes and lessons are written: every system takes them, and tells them apart. */
import { expect, test } from "vitest";
import { createSafeNames, firstNameLostOnWindows, isSafeName } from "../../src-main/domain/file-names.ts";

test("safe names are visible, fit every system and are never shared", () => {
  const safe = createSafeNames();
  expect(
    ["a/b.png", "a:b.png", "A_B.PNG", "con", ".hidden", "..", "end. ", "", "Thumbs.db", "é".repeat(300)].map(safe),
  ).toEqual([
    ...["a_b.png", "a_b (2).png", "A_B (3).PNG", "_con", "_hidden", "_", "end_", "_ (2)", "_Thumbs.db"],
    "é".repeat(100),
  ]);
});

test.each(["con", "AUX", "nul.png", "Com1.tar.gz", "lpt9", "prn .jpg", "com¹", "CONIN$", "conout$"])(
  "%s, which Windows keeps for a device, has an underscore before it",
  (name) => {
    expect([createSafeNames()(name), isSafeName(name)]).toEqual([`_${name}`, false]);
  },
);

test.each(["console", "auxiliary", "com10", "nullary.png", "a.con", "Lpt", "comma1"])("%s is no device", (name) => {
  expect([createSafeNames()(name), isSafeName(name)]).toEqual([name, true]);
});

test("names that some system takes for one are told apart: by case, by how an accent is stored, by letters that fold", () => {
  const safe = createSafeNames();
  const names = ["Cat", "cat", "CAT", "\u00e9", "e\u0301", "Stra\u00dfe", "strasse", "\u03c3", "\u03c2"];
  const given = names.map(safe);
  expect(given).toEqual([
    ...["Cat", "cat (2)", "CAT (3)", "\u00e9", "e\u0301 (2)", "Stra\u00dfe", "strasse (2)", "\u03c3", "\u03c2 (2)"],
  ]);
});

test("a long name is cut before its ending, at whole characters, also where a number stands behind it", () => {
  const safe = createSafeNames();
  const [first, second] = [safe(`${"a".repeat(300)}.jpeg`), safe(`${"a".repeat(301)}.jpeg`)];
  expect(first).toBe(`${"a".repeat(95)}.jpeg`);
  expect(second).toBe(`${"a".repeat(91)} (2).jpeg`);
  const faces = safe(`${"\u{1f600}".repeat(80)}.png`);
  expect(faces).toBe(`${"\u{1f600}".repeat(48)}.png`);
  expect(Buffer.byteLength(safe("\u65e5".repeat(100)))).toBeLessThanOrEqual(200);
  // Cut at a space, it would lose its end.
  expect(safe(`${"b".repeat(99)} ${"c".repeat(50)}`)).toBe(`${"b".repeat(99)}_`);
});

test("split, class and file take 215 letters of a path at most, of the 259 that many programs of Windows can open", () => {
  const safe = createSafeNames();
  const long = "x".repeat(255);
  expect(["validation", safe(long), safe(`${long}.jpeg`)].join("/").length).toBeLessThanOrEqual(215);
});

test.each([
  ["Users\\me\\out", null],
  ["a.b/../c", null],
  ["data/con", "con"],
  ["data/Aux.d/out", "Aux.d"],
  ["data/ends./out", "ends."],
  ["data/ends /out", "ends "],
])("of the path %s Windows loses %j", (path, lost) => {
  expect(firstNameLostOnWindows(path)).toBe(lost);
});
