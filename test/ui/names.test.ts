import { describe, expect, test } from "vitest";
import { styleRuns } from "../../src-renderer/entities/run/run-styles.ts";
import { experimentTitle } from "../../src-renderer/entities/run/run-titles.ts";
import { fitted, isolated } from "../../src-renderer/lib/names.ts";
import { hardNames } from "../support/hard-names.ts";
import { cifarClasses, samplePair, sampleRun } from "../support/sample-views.ts";

const [long, arabic, japanese, family, accented, steering, turned] = hardNames;
const upTo = (width: number) => (text: string) => text.length <= width;

describe("a name that does not fit", () => {
  test("keeps its beginning", () => {
    expect(fitted(long, upTo(12))).toBe("Größenwahns…");
    expect(fitted(japanese, upTo(5))).toBe("日本語の…");
  });
  test("is not cut between the parts of a character, however small the room", () => {
    expect([fitted(family, upTo(8)), fitted(family, upTo(13))]).toEqual(["👩‍👩‍👧‍👦…", "👩‍👩‍👧‍👦…"]);
    expect(fitted(accented, upTo(3))).toBe("e\u0301…");
    expect(fitted("e\u0301clair", upTo(2))).toBe("e\u0301…");
  });
  test("is whole where there is room", () => {
    expect(hardNames.map((name) => fitted(name, upTo(100)))).toEqual([...hardNames]);
  });
});

describe("a name in a sentence", () => {
  test("is kept apart where it runs from right to left, and left as it is where it does not", () => {
    expect(isolated(arabic)).toBe(`\u2068${arabic}\u2069`);
    expect([long, japanese, family, accented].map(isolated)).toEqual([long, japanese, family, accented]);
  });
  test("turns and steers nothing: its controls are written out, its own isolates too", () => {
    expect([isolated(turned), isolated(steering), isolated("\u2069عربي")]).toEqual([
      "a\\u202eb",
      "evil\\u001b[31mred",
      "\u2068\\u2069عربي\u2069",
    ]);
  });
  test("is so in every title", () => {
    const dataset = { id: 1, name: arabic, classes: cifarClasses, trainPictures: 4_430, largestClassShare: null };
    expect(experimentTitle(styleRuns(samplePair(1, 1, { dataset })))).toBe(
      `Inception-v3 on \u2068${arabic}\u2069: one-hot against smoothed`,
    );
    expect(experimentTitle(styleRuns([sampleRun({ id: 1, title: arabic }), sampleRun({ id: 2, title: turned })]))).toBe(
      `\u2068${arabic}\u2069 against a\\u202eb`,
    );
  });
});
