import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isNetworkPath, mayBeLinked } from "../../src-main/shell/local-path.ts";
import { existingFolder, folderFromLink, requestFromWords } from "../../src-main/shell/open-request.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

const linkTo = (folder: string) => `strata://open?folder=${encodeURIComponent(folder)}`;

test("a command line names a folder, an archive or a list by its path, relative or not, or a folder by a link, which is told apart; switches and other files are passed over", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "flowers"));
  writeFileSync(join(folder, "note.txt"), "");
  for (const name of ["pets.zip", "labels.csv", "train-images-idx3-ubyte"]) writeFileSync(join(folder, name), "");
  const flowers = join(folder, "flowers");
  const named = { path: flowers, isFromLink: false };
  expect(requestFromWords(["--self-test", flowers], "/")).toEqual(named);
  expect(requestFromWords(["note.txt", "flowers"], folder)).toEqual(named);
  expect(requestFromWords([linkTo(flowers)], "/")).toEqual({ path: flowers, isFromLink: true });
  expect(requestFromWords([linkTo(flowers).replace("strata", "STRATA")], "/")).toEqual({
    path: flowers,
    isFromLink: true,
  });
  for (const name of ["pets.zip", "labels.csv", "train-images-idx3-ubyte"]) {
    expect(requestFromWords([name], folder)).toEqual({ path: join(folder, name), isFromLink: false });
    // A link names folders alone.
    expect(requestFromWords([linkTo(join(folder, name))], folder)).toBeNull();
  }
  expect(requestFromWords(["nothing-here", "--flowers"], folder)).toBeNull();
});

test("a link names nothing but a folder of this machine that is there", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "note.txt"), "");
  expect(folderFromLink(linkTo(folder))).toBe(folder);
  for (const link of [
    "strata://open",
    linkTo(""),
    linkTo("flowers"),
    linkTo(join(folder, "gone")),
    linkTo(join(folder, "note.txt")),
    linkTo(`${folder}\0`),
    linkTo("//server/share"),
    linkTo("\\\\server\\share"),
    "strata://open?folder=%5C/evil/share",
    `strata://run?folder=${folder}`,
    `https://open?folder=${folder}`,
    "strata:",
    "no link",
  ])
    expect([link, folderFromLink(link)]).toEqual([link, null]);
});

test("a link does not go by a symbolic link to where it may not go itself", () => {
  const folder = temporaryFolder();
  symlinkSync("/dev", join(folder, "pictures"));
  expect(existingFolder(join(folder, "pictures"))).not.toBeNull();
  expect(folderFromLink(linkTo(join(folder, "pictures")))).toBeNull();
});

/** As the link has them, still encoded; whether Windows, and whether other systems, may go there. */
const linkedPaths: readonly [encoded: string, onWindows: boolean, elsewhere: boolean][] = [
  ["C:%5CUsers%5Cme%5Cflowers", true, false],
  ["c:/Users/me/flowers", true, false],
  ["C:/Users/me/../you/flowers%20of%20May", true, false],
  ["/home/me/flowers", false, true],
  ["/home/me/con/nul.d", false, true],
  // Network paths: every mix of slashes is the same to Windows.
  ["//evil/share", false, false],
  ["%5C%5Cevil%5Cshare", false, false],
  ["%5C/evil/share", false, false],
  ["/%5Cevil/share", false, false],
  ["%2F%5Cevil%5Cshare", false, false],
  ["///evil/share", false, false],
  ["C:/../../%5Cevil/share/%5C%5C", true, false],
  // Past the usual names: devices, and network paths by another name.
  ["%5C%3F%3F%5CUNC%5Cevil%5Cshare", false, false],
  ["/%3F%3F/UNC/evil/share", false, false],
  ["/%3F%3F", false, false],
  ["%5C%5C%3F%5CUNC%5Cevil%5Cshare", false, false],
  ["//%3F/C:/flowers", false, false],
  ["/%5C./PhysicalDrive0", false, false],
  ["%5C%5C.%5Cpipe%5Cevil", false, false],
  ["C:/%3F%3F/UNC/evil", false, false],
  // Relative, also on Windows by half: to the drive or to its current folder.
  ["flowers", false, false],
  ["../flowers", false, false],
  ["C:flowers", false, false],
  ["%5Cflowers", false, false],
  // Decoded once, not twice: a name with per cent signs in it.
  ["%255C/evil/share", false, false],
  ["/%255C/evil/share", false, true],
  // Devices, streams, and what no name may hold.
  ["C:/flowers/nul", false, false],
  ["C:/flowers/COM1.txt/x", false, false],
  ["C:/flowers:stream", false, false],
  ["C:/flowers%00", false, false],
  ["/flowers%00", false, false],
  ["/dev/shm", false, false],
  ["/home/../proc/1/root", false, false],
  ["/./sys/kernel", false, false],
  ["/net/evil.example/share", false, false],
  ["/Network/Servers/evil", false, false],
  ["/afs/evil.example", false, false],
  ["/network/flowers", false, true],
  ["/home/me/dev", false, true],
];

test.each(linkedPaths)("a link may name %s: on Windows %s, elsewhere %s", (encoded, onWindows, elsewhere) => {
  const path = new URL(`strata://open?folder=${encoded}`).searchParams.get("folder") ?? "";
  expect([mayBeLinked(path, "win32"), mayBeLinked(path, "linux"), mayBeLinked(path, "darwin")]).toEqual([
    onWindows,
    elsewhere,
    elsewhere,
  ]);
});

test("a network path is never looked at, whoever names it: on Windows that alone would send the person's name there", () => {
  for (const path of [
    "//127.0.0.1/share",
    "\\\\127.0.0.1\\share",
    "\\/127.0.0.1/share",
    "/\\127.0.0.1",
    "\\??\\UNC\\a",
  ])
    expect([path, isNetworkPath(path), existingFolder(path)]).toEqual([path, true, null]);
  for (const path of ["/", "/home", "C:\\flowers", "flowers\\\\of", "/a//b"]) expect(isNetworkPath(path)).toBe(false);
});
