/** Archives opened in place: the same pictures as in a folder, and nothing that leads out of them or fills a machine. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { renderPicture } from "../../src-main/datasets/pictures/render-picture.ts";
import { problemKindsInWords } from "../../src-main/domain/pictures/problem-words.ts";
import { readingInWords } from "../../src-main/domain/pictures/reading-words.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { type Packed, packed, type TarFile, tar, zip } from "../support/archives.ts";
import { askInChild } from "../support/in-child.ts";
import { pictures, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const home = mkdtempSync(join(tmpdir(), "strata-home-"));
beforeAll(() => void vi.stubEnv("STRATA_HOME", home));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});
beforeEach(() => rmSync(pathsOf(home).archives, { recursive: true, force: true }));

const open = (path: string) => openDataset({ kind: "folder", path });
const codeOf = (opening: Promise<unknown>) =>
  opening.then(
    () => "opened",
    (thrown) => thrown.code ?? thrown.stack,
  );

const catsAndDogs = async (prefix = ""): Promise<Record<string, Uint8Array>> => ({
  ...(await pictures(`${prefix}cat`, 6)),
  ...(await pictures(`${prefix}dog`, 6, 100)),
});
const splits = async () => ({
  ...(await pictures("pets/train/cat", 6)),
  ...(await pictures("pets/train/dog", 6, 50)),
  ...(await pictures("pets/test/cat", 2, 100)),
  ...(await pictures("pets/test/dog", 2, 150)),
});

const evil = Buffer.from("not for you");
const deep = "a".repeat(120);
const archives: Readonly<Record<string, (files: Readonly<Record<string, Uint8Array>>) => Buffer>> = {
  zip: (files) => zip(packed(files)),
  "zip without compression": (files) => zip(packed(files).map((file) => ({ ...file, method: 0 }))),
  zip64: (files) => zip(packed(files), { isLarge: true }),
  "zip behind a program": (files) =>
    Buffer.concat([zip(packed(files), { before: Buffer.from("PK\x03\x04 a program") })]),
  "zip64 behind a program": (files) =>
    zip(packed(files), { isLarge: true, before: Buffer.from("PK\x03\x04 a program") }),
  tar: (files) => tar(packed(files)),
  "tar with long names of pax": (files) => tar([{ name: `${deep}/notes.txt`, bytes: evil }, ...packed(files)]),
  "tar with long names of GNU": (files) => tar([{ name: `${deep}/notes.txt`, bytes: evil }, ...packed(files)], "gnu"),
  "tar.gz": (files) => gzipSync(tar(packed(files))),
};

describe.each(Object.entries(archives))("%s", (_, pack) => {
  test("is read as the folder would be, decoded and shown", async () => {
    const folder = temporaryFolder();
    const files = await splits();
    writeFileSync(join(folder, "pets.archive"), pack(files));
    const inPlace = await open(join(folder, "pets.archive"));
    const unpacked = await open(writeFiles(join(folder, "unpacked"), files));
    expect(inPlace).toMatchObject({ name: "pets.archive", fingerprint: unpacked.fingerprint, problems: [] });
    expect(inPlace.understanding).toEqual(unpacked.understanding);
    expect(readingInWords(inPlace.understanding!.reading)).toBe(
      "folders of splits, with one folder per class in each (pets)",
    );
    const cache = await preparePictures({
      dataset: inPlace,
      inputPixels: 8,
      resize: usualResize,
      cacheFolder: join(folder, "cache"),
    });
    const pixels = new Uint8Array(8 * 8 * 3);
    for (const { index, name } of inPlace.examples) {
      await cache.read([index], pixels);
      const original = await sharp(files[name]).raw().toBuffer();
      expect(Buffer.from(pixels).equals(original)).toBe(true);
    }
    await cache.close();
    const shown = await renderPicture({ source: inPlace.source, example: inPlace.examples[0]!, mostPixels: 64 });
    expect(await sharp(shown).metadata()).toMatchObject({ width: 8, height: 8 });
  });
});

test("an archive that changed since is not used", async () => {
  const path = join(temporaryFolder(), "pets.zip");
  writeFileSync(path, zip(packed(await catsAndDogs())));
  const dataset = await open(path);
  writeFileSync(path, zip(packed({ ...(await catsAndDogs()), "cat/00.png": await plain(9, 9, 9).png().toBuffer() })));
  const example = dataset.examples.find(({ name }) => name === "cat/00.png")!;
  expect(await codeOf(renderPicture({ source: dataset.source, example, mostPixels: 64 }))).toBe("data.changed");
  const preparing = preparePictures({
    dataset,
    inputPixels: 8,
    resize: usualResize,
    cacheFolder: join(temporaryFolder(), "cache"),
  });
  expect(await codeOf(preparing)).toBe("data.changed");
});

/** Names and links that lead out, beside good pictures: nothing of such an archive is used. */
const leadingOut: Readonly<Record<string, Packed & TarFile>> = {
  "a name above": { name: "../evil.png", bytes: evil },
  "a name above, inside": { name: "cat/../../evil.png", bytes: evil },
  "a long name above": { name: `../${"a".repeat(120)}.png`, bytes: evil },
  "an absolute name": { name: "/etc/passwd", bytes: evil },
  "a drive": { name: "C:\\evil.png", bytes: evil },
  "a drive without its slash": { name: "c:evil.png", bytes: evil },
  "a share": { name: "\\\\server\\evil.png", bytes: evil },
  "backslashes that lead above": { name: "cat\\..\\..\\evil.png", bytes: evil },
  "a link to an absolute name": link("/etc/passwd"),
  "a link above": link("../../secret.png"),
  "a link above by way of inside": link("more/../../../secret.png"),
  "a link to a drive": link("C:\\secret.png"),
  "a link with a name above": { ...link("cat/00.png"), name: "../evil.png" },
};

/** As each of the two formats writes one. */
function link(linkTarget: string): Packed & TarFile {
  return { name: "cat/link.png", bytes: Buffer.from(linkTarget), unixMode: 0o120777, type: "2", linkTarget };
}
const inTar = ({ name, bytes, type, linkTarget }: TarFile): TarFile =>
  linkTarget === undefined ? { name, bytes } : { name, bytes: Buffer.alloc(0), type: type!, linkTarget };

describe.each(Object.entries(leadingOut))("%s", (_, file) => {
  test.each([
    ["zip", async () => zip([...packed(await catsAndDogs()), file])],
    ["tar", async () => tar([...packed(await catsAndDogs()), inTar(file)])],
    ["tar of GNU", async () => tar([...packed(await catsAndDogs()), inTar(file)], "gnu")],
    ["tar.gz", async () => gzipSync(tar([...packed(await catsAndDogs()), inTar(file)]))],
  ])("in a %s refuses the whole archive, by name", async (ending, pack) => {
    const path = join(temporaryFolder(), `pets.${ending}`);
    writeFileSync(path, await pack());
    const refusal = await open(path).catch((thrown) => thrown);
    const isOfTarget = file.name === "cat/link.png";
    expect([refusal.code, refusal.problem]).toEqual([
      "archive.outside",
      `${file.name} leads out of the archive${isOfTarget ? `: it is a link to ${file.linkTarget}` : ""}.`,
    ]);
    expect(refusal.remedy).toContain(path);
  });
});

test.each(["pax", "gnu"] as const)("a long link out of a tar of %s refuses it", async (longNames) => {
  const path = join(temporaryFolder(), "pets.tar");
  const file = { ...inTar(link(`${"a/../".repeat(30)}../../secret.png`)), name: "cat/link.png" };
  writeFileSync(path, tar([...packed(await catsAndDogs()), file], longNames));
  expect(await codeOf(open(path))).toBe("archive.outside");
});

test("a hard link is told from the top of a tar", async () => {
  const path = join(temporaryFolder(), "pets.tar");
  const hard = (linkTarget: string): TarFile => ({ ...inTar(link(linkTarget)), type: "1" });
  writeFileSync(path, tar([...packed(await catsAndDogs()), hard("../cat/00.png")]));
  expect(await codeOf(open(path))).toBe("archive.outside");
  writeFileSync(path, tar([...packed(await catsAndDogs()), hard("cat/00.png")]));
  expect(await codeOf(open(path))).toBe("opened");
});

test("links that stay inside are left out, said with their count, and the rest is used", async () => {
  const path = join(temporaryFolder(), "pets.zip");
  const links = Array.from({ length: 30 }, (_, index) => ({ ...link("../dog/00.png"), name: `cat/link-${index}.png` }));
  writeFileSync(path, zip([...packed(await catsAndDogs()), ...links]));
  const { examples, problems } = await open(path);
  expect(examples.length).toBe(12);
  expect(problemKindsInWords(problems)).toBe("30 link in archive");
});

/** Of one file beside good pictures: what becomes of it. */
const hostile: Readonly<Record<string, readonly [Packed, string]>> = {
  "a link to one beside": [link("00.png"), "link-in-archive"],
  "a link that does not say where": [{ ...link("a"), bytes: Buffer.alloc(0) }, "link-in-archive"],
  "a device": [{ name: "cat/zero", bytes: evil, unixMode: 0o20666 }, "link-in-archive"],
  "a file with a password": [{ name: "cat/secret.png", bytes: evil, isEncrypted: true }, "encrypted"],
  "another compression": [{ name: "cat/packed.png", bytes: evil, method: 14 }, "unknown-compression"],
  "an archive": [{ name: "cat/more.zip", bytes: zip([]) }, "nested-archive"],
  "fewer bytes than are there": [{ name: "cat/long.png", bytes: evil, statedBytes: 3 }, "unreadable"],
  "more bytes than are there": [{ name: "cat/short.png", bytes: evil, statedBytes: 30 }, "unreadable"],
};

test.each(Object.entries(hostile))("%s in a zip is listed, and the rest is used", async (_, [file, code]) => {
  const path = join(temporaryFolder(), "pets.zip");
  writeFileSync(path, zip([...packed(await catsAndDogs()), file]));
  const { examples, problems } = await open(path);
  expect(examples.length).toBe(12);
  expect(problems).toEqual([{ code, name: file.name, isSkipped: true }]);
});

test("a NUL in a name of a zip refuses it", async () => {
  const path = join(temporaryFolder(), "pets.zip");
  writeFileSync(path, zip([...packed(await catsAndDogs()), { name: "cat/evil.png\0.txt", bytes: evil }]));
  expect(await codeOf(open(path))).toBe("archive.outside");
});

const hostileInTar: Readonly<Record<string, readonly [TarFile, string]>> = {
  "a symbolic link": [inTar(link("../dog/00.png")), "link-in-archive"],
  "a device": [{ name: "cat/zero", bytes: Buffer.alloc(0), type: "3" }, "link-in-archive"],
  "a pipe": [{ name: "cat/pipe", bytes: Buffer.alloc(0), type: "6" }, "link-in-archive"],
  "a file with holes": [{ name: "cat/sparse", bytes: evil, type: "S" }, "unknown-compression"],
  "an archive": [{ name: "cat/more.tar.gz", bytes: evil }, "nested-archive"],
  "a file that goes on behind the end": [{ name: "cat/long.png", bytes: evil, statedBytes: 2 ** 40 }, "truncated"],
};

test.each(Object.entries(hostileInTar))("%s in a tar is listed, and the rest is used", async (_, [file, code]) => {
  const path = join(temporaryFolder(), "pets.tar");
  writeFileSync(path, tar([...packed(await catsAndDogs()), file]));
  const { examples, problems } = await open(path);
  expect(examples.length).toBe(12);
  expect(problems).toEqual([{ code, name: file.name, isSkipped: true }]);
});

test("what gzip compressed is unpacked once, and again where that is gone", async () => {
  const path = join(temporaryFolder(), "pets.tar.gz");
  writeFileSync(path, gzipSync(tar(packed(await catsAndDogs()))));
  const [example] = (await open(path)).examples;
  await open(path);
  const kept = readdirSync(pathsOf(home).archives);
  expect(kept).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  rmSync(join(pathsOf(home).archives, kept[0]!));
  const source = { kind: "folder", path } as const;
  expect((await renderPicture({ source, example: example!, mostPixels: 64 })).length).toBeGreaterThan(0);
});

test("names in backslashes, and in the code page of DOS, are used", async () => {
  const path = join(temporaryFolder(), "pets.zip");
  const dog = await pictures("dog", 6, 100);
  const files = [...packed(await pictures("cat", 6)), ...packed(dog)].map((file) => ({
    ...file,
    name: file.name.replace("/", "\\"),
    // ü and é are none of ASCII and, alone, none of UTF-8.
    rawName: Buffer.from(file.name.replace("dog", "h\x81ndch\x82n").replace("/", "\\"), "latin1"),
  }));
  writeFileSync(path, zip(files));
  const { classNames, problems } = await open(path);
  expect(classNames).toEqual(["cat", "hündchén"]);
  expect(problems).toEqual([]);
});

test("names in Shift-JIS are used, and read as they were written", async () => {
  const path = join(temporaryFolder(), "pets.zip");
  // ねこ and ポチ by Python's shift_jis; the second letter of ソ is a backslash.
  const names = { cat: "82cb82b1", dog: "837c8360835c" };
  const files = Object.entries({ ...(await pictures("cat", 6)), ...(await pictures("dog", 6, 100)) }).map(
    ([name, bytes]) => {
      const [folder, file] = name.split("/") as ["cat" | "dog", string];
      return { name, bytes, rawName: Buffer.concat([Buffer.from(names[folder], "hex"), Buffer.from(`/${file}`)]) };
    },
  );
  writeFileSync(path, zip(files));
  const { classNames, examples, problems } = await open(path);
  expect([classNames, examples.length, problems]).toEqual([["ねこ", "ポチソ"], 12, []]);
});

test("what systems leave in archives is passed over", async () => {
  const path = join(temporaryFolder(), "pets.zip");
  const left = { "__MACOSX/cat/._00.png": evil, "cat/.DS_Store": evil, "cat/Thumbs.db": evil };
  writeFileSync(path, zip(packed({ ...(await catsAndDogs()), ...left })));
  expect((await open(path)).problems).toEqual([]);
});

/** Whole archives that are refused, each with the error's code. */
const refused: Readonly<Record<string, readonly [string, () => Buffer]>> = {
  "a zip of black bitmaps": [
    "archive.bomb",
    () => zip(Array.from({ length: 24 }, (_, index) => ({ name: `cat/${index}.bmp`, bytes: zeros }))),
  ],
  "a zip whose files share their bytes": [
    "archive.bomb",
    () =>
      zip(Array.from({ length: 400 }, (_, index) => ({ name: `cat/${index}.bmp`, bytes: zeros, isShared: index > 0 }))),
  ],
  "a zip without its end": ["archive.damaged", () => zip(packed({ "cat/a.png": evil })).subarray(0, 40)],
  "a zip whose list is elsewhere": ["archive.damaged", () => withWord(zip(packed({ "a.png": evil })), -6, 0x7fff_ffff)],
  "a zip whose list ends early": [
    "archive.damaged",
    () => {
      const bytes = zip(packed({ "cat/a.png": evil, "dog/a.png": evil }));
      return withWord(bytes, bytes.lastIndexOf("PK\x01\x02", undefined, "latin1") - bytes.length, 0);
    },
  ],
  "a zip whose list claims gigabytes": [
    "archive.too-many",
    () => withWord(zip(packed({ "a.png": evil })), -10, 0xf000_0000),
  ],
  "an empty zip": ["data.no-pictures", () => zip([])],
  "a tar that is damaged in its middle": [
    "archive.damaged",
    () => withWord(tar(packed({ "cat/a.png": evil, "cat/b.png": evil })), -1_024 - 900, 0x7fff_ffff),
  ],
  "a tar whose name does not end": [
    "archive.damaged",
    () => tar([{ name: "told", bytes: evil, type: "x", statedBytes: 2 ** 33 }]),
  ],
  "a tar.gz of nothing": [
    "archive.bomb",
    () => gzipSync(tar([{ name: "cat/a.bmp", bytes: Buffer.alloc(1_200 * 2 ** 20) }])),
  ],
  "a tar.gz that breaks off": ["archive.damaged", () => gzipSync(tar(packed({ "cat/a.png": evil }))).subarray(0, 60)],
  "gzip of something else": ["data.not-a-folder", () => gzipSync(evil)],
  "7-Zip": ["archive.unknown-kind", () => Buffer.from("7z\xbc\xaf\x27\x1c and more", "latin1")],
  RAR: ["archive.unknown-kind", () => Buffer.from("Rar!\x1a\x07\x01\0", "latin1")],
  text: ["data.not-a-folder", () => evil],
  nothing: ["data.not-a-folder", () => Buffer.alloc(0)],
};
const zeros = Buffer.alloc(2 ** 26);

function withWord(bytes: Buffer, at: number, word: number): Buffer {
  bytes.writeUInt32LE(word, bytes.length + at);
  return bytes;
}

test("what is no archive, damaged or a trap is refused, in a bounded time and memory", () => {
  const folder = temporaryFolder();
  const entries = Object.entries(refused);
  const paths = entries.map(([name, [, pack]]) => {
    writeFileSync(join(folder, name), pack());
    return join(folder, name);
  });
  const answers = askInChild(
    "src-main/datasets/open-dataset.ts",
    "module.openDataset({ kind: 'folder', path: value })",
    paths,
  );
  expect(Object.fromEntries(entries.map(([name], index) => [name, answers[index]]))).toEqual(
    Object.fromEntries(entries.map(([name, [code]]) => [name, code])),
  );
});
