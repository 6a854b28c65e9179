/**
 * What an address that `serve` printed hangs on: its token and its port, kept in the home so that an open page outlives a restart. Whoever can read the
 * token can do what the person can, so the file is the person's alone, and one that others could read is not believed.
 */
import { randomBytes } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { accessSecret } from "../contract/access.ts";
import { writeFileAtomically } from "./atomically.ts";
import { makeFolder } from "./make-folder.ts";
import { privateFileMode, privateFolderMode } from "./private.ts";

const servedAddress = z.object({
  token: accessSecret,
  port: z.int().min(1).max(65_535),
});
export type ServedAddress = z.infer<typeof servedAddress>;

/** 256 random bits, as letters that an address can hold. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept there; null where there is nothing, where it makes no sense, and where somebody else owns it or may read it. */
export function readServedAddress(path: string): ServedAddress | null {
  let file: number | null = null;
  try {
    // No link: it could lead to a file that somebody else writes. Windows knows none of this; its home is the person's alone.
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const { mode, uid } = fstatSync(file);
    const isPrivate = process.getuid === undefined || ((mode & 0o077) === 0 && uid === process.getuid());
    return isPrivate ? servedAddress.parse(JSON.parse(readFileSync(file, "utf8"))) : null;
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Whole or not at all. @throws the file system's own errors */
export function writeServedAddress(path: string, address: ServedAddress): void {
  makeFolder(dirname(path), privateFolderMode);
  writeFileAtomically(path, `${JSON.stringify(address)}\n`, privateFileMode);
}
