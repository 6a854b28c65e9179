/**
 * What cannot be read from its middle (gzip, and large files that a zip compresses) is unpacked once, into the home's `archives`: one file each, named after
 * where it came from, its size and its time. It can be deleted at any time. Those that were not used for longest go when all take too much.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createInflateRaw } from "node:zlib";
import { StrataError } from "../../contract/errors.ts";
import { atomicallyInTime } from "../../platform/atomically.ts";
import { codedHomeError } from "../../platform/disk-trouble.ts";
import { inTime } from "../../platform/in-time.ts";
import { makeFolder } from "../../platform/make-folder.ts";
import { homeFolder, pathsOf } from "../../platform/paths.ts";
import { privateFileMode, privateFolderMode } from "../../platform/private.ts";
import { refuseBomb } from "./archive.ts";
import type { Place } from "./container.ts";

/** Of all together; more than one that is in use may pass it. */
const mostKeptBytes = 20e9;
/** A partial file that has not grown for an hour belongs to no living process. */
const stalePartialMillis = 3_600_000;

/**
 * The path of a file that holds the bytes of `place`, after gzip where it is that.
 * @throws StrataError `archive.bomb`, `archive.damaged`, `disk.*`, `file.no-answer`
 */
export async function unpacked(place: Place, isGzipped: boolean): Promise<string> {
  const { size, mtimeMs } = await inTime(place.path, () => stat(place.path));
  const identity = JSON.stringify([place.path, size, mtimeMs, place.start, place.storedBytes, isGzipped]);
  const folder = pathsOf(homeFolder()).archives;
  const kept = join(folder, createHash("sha256").update(identity).digest("hex").slice(0, 32));
  const now = new Date();
  // Marks it as used. One that is there is whole: it has its name only then.
  const isThere = await utimes(kept, now, now).then(
    () => true,
    () => false,
  );
  if (isThere) return kept;
  const storedBytes = place.storedBytes ?? size;
  try {
    makeFolder(folder, privateFolderMode);
    await atomicallyInTime(kept, (beside) => unpack(place, storedBytes, isGzipped, beside));
  } catch (thrown) {
    throw codedUnpackError(thrown, place.path, folder);
  }
  await trim(folder, kept);
  return kept;
}

async function unpack(
  { path, start, inflatedBytes }: Place,
  storedBytes: number,
  isGzipped: boolean,
  to: string,
): Promise<void> {
  let unpackedBytes = 0;
  await inTime(path, (answered) => {
    const count = new Transform({
      transform(chunk: Buffer, _, done) {
        answered();
        unpackedBytes += chunk.length;
        try {
          refuseBomb(storedBytes, unpackedBytes, path);
          done(null, chunk);
        } catch (thrown) {
          done(thrown as Error); // a StrataError
        }
      },
    });
    const from = createReadStream(path, { start, end: Math.max(start, start + storedBytes - 1) });
    const stages = [
      from,
      ...(inflatedBytes === null ? [] : [createInflateRaw()]),
      ...(isGzipped ? [createGunzip()] : []),
      count,
      createWriteStream(to, { flags: "wx", mode: privateFileMode }),
    ];
    return pipeline(stages);
  });
}

function codedUnpackError(thrown: unknown, path: string, folder: string): unknown {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (code.startsWith("Z_")) {
    const problem =
      code === "Z_BUF_ERROR" ? "it ends early, as after a download that broke off" : "its compression is broken";
    return new StrataError("archive.damaged", { problem, path }, { cause: thrown });
  }
  return codedHomeError(thrown, folder);
}

async function trim(folder: string, inUse: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      return found && { path, bytes: found.size, usedAtMillis: found.mtimeMs };
    }),
  );
  const there = files.filter((file) => file !== null).sort((a, b) => a.usedAtMillis - b.usedAtMillis);
  let bytes = there.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of there) {
    const isPartial = file.path.endsWith(".partial");
    const isStale = isPartial && Date.now() - file.usedAtMillis > stalePartialMillis;
    const isTooMuch = !isPartial && bytes > mostKeptBytes && file.path !== inUse;
    if (!isStale && !isTooMuch) continue;
    await rm(file.path, { force: true }).catch(() => {});
    bytes -= file.bytes;
  }
}
