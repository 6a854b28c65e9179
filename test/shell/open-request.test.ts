import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { existingFolder, folderFromLink, folderFromWords } from "../../src-main/shell/open-request.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

const linkTo = (folder: string) => `strata://open?folder=${encodeURIComponent(folder)}`;

test("a command line names a folder by its path, relative or not, or by a link; switches and files are passed over", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "flowers"));
  writeFileSync(join(folder, "note.txt"), "");
  const flowers = join(folder, "flowers");
  expect(folderFromWords(["--self-test", flowers], "/")).toBe(flowers);
  expect(folderFromWords(["note.txt", "flowers"], folder)).toBe(flowers);
  expect(folderFromWords([linkTo(flowers)], "/")).toBe(flowers);
  expect(folderFromWords(["nothing-here", "--flowers"], folder)).toBeNull();
});

test("a link names nothing but a folder of this machine that is there", () => {
  const folder = temporaryFolder();
  expect(folderFromLink(linkTo(folder))).toBe(folder);
  for (const link of [
    "strata://open",
    linkTo("flowers"),
    linkTo(join(folder, "gone")),
    linkTo("//server/share"),
    linkTo("\\\\server\\share"),
    `strata://run?folder=${folder}`,
    `https://open?folder=${folder}`,
    "strata:",
    "no link",
  ])
    expect([link, folderFromLink(link)]).toEqual([link, null]);
});

test("a network path is never looked at: on Windows that alone would send the person's name there", () => {
  expect(existingFolder("//127.0.0.1/share")).toBeNull();
  expect(existingFolder("\\\\127.0.0.1\\share")).toBeNull();
});
