/** Places that no folder can be made at, or nothing written in, each as it really is on a machine; a superuser's rights help with none of them. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { canMount, mountSmallDisk } from "./small-disk.ts";

const places: Readonly<Record<string, (folder: string) => string>> = {
  "a file": (folder) => join(folder, "file"),
  "below a file": (folder) => join(folder, "file", "home"),
  "a device": () => "/dev/null",
  "a link that leads nowhere": (folder) => join(folder, "link"),
  "below a link that leads nowhere": (folder) => join(folder, "link", "home"),
  "below a link that leads to itself": (folder) => join(folder, "loop", "home"),
  "below a folder of the system's own": () => "/proc/strata/home",
  "a name that is too long": (folder) => join(folder, "n".repeat(300)),
  ...(canMount ? { "a read-only disk": readOnlyDisk, "below a read-only disk": belowReadOnlyDisk } : {}),
};

/** Names of them; without the right to mount, those that need it are left out. */
export const unusablePlaces = process.platform === "linux" ? Object.keys(places) : [];

/** Makes it, and takes it away after the test. */
export function unusablePlace(name: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  symlinkSync(join(folder, "nowhere"), join(folder, "link"));
  symlinkSync(join(folder, "loop"), join(folder, "loop"));
  const make = places[name];
  if (!make) throw new Error(`There is no place ${name}.`);
  return make(folder);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "strata-place-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function readOnlyDisk(): string {
  const disk = mountSmallDisk(1);
  onTestFinished(disk.unmount);
  disk.setReadOnly(true);
  return disk.path;
}

function belowReadOnlyDisk(): string {
  return join(readOnlyDisk(), "home");
}

/** A home in which a folder stands where its log should be. */
export function homeWithoutLog(): string {
  const home = temporaryFolder();
  mkdirSync(join(home, "strata.log"));
  return home;
}
