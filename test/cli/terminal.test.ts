import { describe, expect, it } from "vitest";
import { type CliIo, eraseLine, harmless } from "../../src-main/cli/io.ts";
import { table } from "../../src-main/cli/table.ts";
import { visibleLines, visibleText } from "../../src-main/domain/visible-text.ts";
import { hardNames } from "../support/hard-names.ts";

/** Two places in a terminal for each letter of Chinese and Japanese and for an emoji, however many parts it has; none for an accent on its own. */
const classes = hardNames.map((name, index) => ({ name, count: index * 1000 }));

describe("a table of names from elsewhere", () => {
  const words = table(
    [
      { title: "class", cell: ({ name }) => name },
      { title: "train", isNumber: true, cell: ({ count }) => String(count) },
    ],
    [...classes, { name: "two\nlines", count: 7 }],
  );

  it("is aligned as a terminal shows it, and shows what would steer it", () => {
    expect(words.split("\n")).toEqual([
      "class                                                    train",
      "──────────────────────────────────────────────────────   ─────",
      "Größenwahnsinniger-Schmetterling-mit-sehr-langem-Namen       0",
      "عربي                                                      1000",
      "日本語の長いクラス名                                      2000",
      "👩‍👩‍👧‍👦 family                                                 3000",
      "e\u0301clair                                                    4000",
      "evil\\u001b[31mred                                         5000",
      "a\\u202eb                                                  6000",
      "two\\u000alines                                               7",
      "",
    ]);
  });
});

describe("whatever a command writes", () => {
  const said = { out: "", err: "" };
  const io = harmless({
    environment: {},
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    isWatched: true,
    onInterrupt: () => {},
    listen: () => Promise.reject(new Error("no server here")),
  } satisfies CliIo);

  it("steers no terminal, but for clearing its line of progress", () => {
    io.err(`${eraseLine}Epoch 1 of evil\u001b[31mred\u009b2J\n`);
    expect(said.err).toBe("\r\u001b[KEpoch 1 of evil\\u001b[31mred\\u009b2J\n");
  });

  it("is the same document where it is JSON", () => {
    const document = { classes: hardNames, path: "C:\\\u202e" };
    io.out(`${JSON.stringify(document)}\n`);
    for (const character of ["\u001b", "\u202e"]) expect(said.out).not.toContain(character);
    expect(JSON.parse(said.out)).toEqual(document);
  });
});

describe("a text made visible", () => {
  it("keeps letters of every script, accents and joined emoji as they are", () => {
    const harmlessNames = hardNames.slice(0, 5);
    expect(harmlessNames.map(visibleText)).toEqual(harmlessNames);
  });
  it("has line breaks of its own only where it is one of lines", () => {
    expect([visibleText("a\nb\t"), visibleLines("a\nb\t")]).toEqual(["a\\u000ab\\u0009", "a\nb\\u0009"]);
  });
});
