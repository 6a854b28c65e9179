/** Folders and files whose names are bytes that are no UTF-8, as a disk of an older system has them. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPicture } from "../../src-main/datasets/containers/read-picture.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { latinPath } from "../../src-main/platform/latin-names.ts";
import { plain, temporaryFolder } from "../support/picture-folder.ts";

const inLatin = (...parts: readonly string[]) => Buffer.from(parts.join("/"), "latin1");

/** Null where the disk takes no such name, as macOS and Windows do not. */
async function folderInLatin(): Promise<string | null> {
  const folder = temporaryFolder();
  try {
    for (const [label, className] of ["käfer", "vögel"].entries()) {
      mkdirSync(inLatin(folder, className));
      for (let number = 0; number < 10; number++) {
        const bytes = await plain(100 * label + number)
          .png()
          .toBuffer();
        writeFileSync(inLatin(folder, className, `bühne ${number}.png`), bytes);
      }
    }
  } catch {
    return null;
  }
  return readdirSync(folder).some((name) => name.includes("\uFFFD")) ? folder : null;
}

test("their pictures are used, by names that can be read", async (context) => {
  const folder = await folderInLatin();
  if (folder === null) return context.skip("this disk keeps no names but those in UTF-8");
  const { classNames, examples, problems } = await openDataset({ kind: "folder", path: folder });
  expect([classNames, examples.length, problems]).toEqual([["käfer", "vögel"], 20, []]);
  for (const { name } of examples) {
    expect(name).toMatch(/^(käfer|vögel)\/bühne \d\.png$/);
    const bytes = await readPicture(folder, name);
    expect(bytes instanceof Uint8Array && bytes.length).toBeGreaterThan(50);
  }
});

test.skipIf(process.platform === "win32")(
  "a file that is not there is none by its bytes either, and one that is there needs none",
  () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/bühne.png`, "as it is written");
    expect(latinPath(`${folder}/bühne.png`)?.toString()).toBe(`${folder}/bühne.png`);
    expect(latinPath(`${folder}/kühe.png`)).toBeNull();
    expect(latinPath(`${folder}/plain.png`)).toBeNull();
  },
);
