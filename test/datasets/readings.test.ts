/** Layouts as people have them, each with how it is understood, in which words, and with how many pictures: one long table. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { OfferedReading, Understanding } from "../../src-main/contract/dataset.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { countsInWords, leftAsideInWords, readingInWords } from "../../src-main/domain/pictures/reading-words.ts";
import { packed, tar, zip } from "../support/archives.ts";
import { plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { fileLayouts } from "./layouts/files.ts";
import { folderLayouts } from "./layouts/folders.ts";
import { type LayoutCase, numbers, type Tree } from "./layouts/layout-case.ts";
import { listLayouts } from "./layouts/lists.ts";
import { oddListLayouts } from "./layouts/odd-lists.ts";

const cases = { ...folderLayouts, ...listLayouts, ...oddListLayouts, ...fileLayouts };

const home = mkdtempSync(join(tmpdir(), "strata-home-"));
const shades: Uint8Array[] = [];
beforeAll(async () => {
  vi.stubEnv("STRATA_HOME", home);
  for (const shade of numbers(64))
    shades.push(
      await plain(shade * 3)
        .png()
        .toBuffer(),
    );
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

function filesOf(tree: Tree): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  let picture = 0;
  for (const [name, content] of Object.entries(tree)) {
    if (typeof content !== "number") files[name] = Buffer.from(content);
    else
      for (const number of numbers(content)) {
        const path = name.includes("*")
          ? name.replace("*", String(number))
          : `${name}/${String(number).padStart(2, "0")}.png`;
        files[path] = shades[picture++ % shades.length]!;
      }
  }
  return files;
}

/** What is opened: a folder, an archive, or a file. */
function make({ tree, archive, opened = "" }: Pick<LayoutCase, "tree" | "archive" | "opened">): string {
  const files = filesOf(tree);
  const folder = temporaryFolder();
  if (archive === undefined) return join(writeFiles(folder, files), opened);
  const inside = archive.endsWith(".zip") ? zip(packed(files)) : tar(packed(files));
  return join(writeFiles(folder, { [archive]: archive.endsWith(".gz") ? gzipSync(inside) : inside }), archive);
}

async function understood(path: string): Promise<Understanding> {
  const { understanding } = await openDataset({ kind: "folder", path }, { threads: 1 });
  if (!understanding) throw new Error("A folder is understood in some way");
  return understanding;
}

const said = new Map<string, readonly string[]>();

function wordsOf({ offered, isQuestion }: Understanding): readonly string[] {
  const inWords = (each: OfferedReading) => [
    `${readingInWords(each.reading)}. ${countsInWords(each)}.`,
    ...each.leftAside.map((aside) => `${leftAsideInWords(aside)}.`),
  ];
  const [first, ...others] = offered.map(inWords);
  return [...(first ?? []), ...others.map((other) => `${isQuestion ? "Or" : "Also"}: ${other.join(" ")}`)];
}

describe("a folder is understood", () => {
  test.each(Object.entries(cases))("%s", async (name, wanted) => {
    const understanding = await understood(make(wanted));
    const { reading, offered, isQuestion } = understanding;
    said.set(name, wordsOf(understanding));
    const [first, ...others] = offered;
    const { layout, root = "", list, label } = wanted;
    expect(reading).toEqual({
      layout,
      root,
      ...(list === undefined ? {} : { list }),
      ...(label === undefined ? {} : { label }),
    });
    expect(first?.reading).toEqual(reading);
    const classes = first?.classes.map(({ name, pictures }) => [name, pictures]) ?? [];
    expect(Object.fromEntries(classes)).toEqual(wanted.classes);
    const [train, validation, held] = wanted.splits ?? [0, 0, 0];
    expect(first?.pictures).toMatchObject({ train, validation, test: held });
    expect(others.map(({ reading: other }) => [other.layout, other.label ?? []].flat().join(" "))).toEqual(
      wanted.others ?? [],
    );
    expect(isQuestion).toBe(wanted.isQuestion ?? false);
    expect(first?.leftAside.map(leftAsideInWords)).toEqual(wanted.aside ?? []);
  });

  test("and said in words that were read through", async () => {
    expect([...said.keys()]).toEqual(Object.keys(cases));
    const text = [...said].map(([name, lines]) => `${name}\n${lines.map((line) => `  ${line}\n`).join("")}`);
    await expect(text.join("\n")).toMatchFileSnapshot("layouts/words.txt");
  });
});

test("a reading that a person chose is taken, kept in the source, and refused once it is gone", async () => {
  const path = make({ tree: { "animals/cat": 6, "animals/dog": 6, "vehicles/car": 6, "vehicles/bus": 6 } });
  const source = { kind: "folder", path, reading: { layout: "inner-folders", root: "" } } as const;
  const dataset = await openDataset(source, { threads: 1 });
  expect(dataset.classNames).toEqual(["animals/cat", "animals/dog", "vehicles/bus", "vehicles/car"]);
  expect(dataset.source).toEqual(source);
  expect(dataset.understanding).toMatchObject({ reading: source.reading, isQuestion: false });
  rmSync(join(path, "animals"), { recursive: true });
  rmSync(join(path, "vehicles"), { recursive: true });
  await expect(openDataset(source, { threads: 1 })).rejects.toMatchObject({ code: "data.reading-gone" });
});

test("a column that a person chose is read; a list that names none, as older versions kept it, is read by the likeliest", async () => {
  const path = make(listLayouts["a list with two columns, of which none is called a class"]!);
  const reading = { layout: "label-list", root: "", list: "l.csv" } as const;
  const classesBy = async (label?: string) => {
    const source = {
      kind: "folder",
      path,
      reading: { ...reading, ...(label === undefined ? {} : { label }) },
    } as const;
    return (await openDataset(source, { threads: 1 })).classNames;
  };
  expect(await classesBy("colour")).toEqual(["blue", "green", "red"]);
  expect(await classesBy()).toEqual(["cat", "dog"]);
  await expect(classesBy("breed")).rejects.toMatchObject({ code: "data.reading-gone" });
});
