/**
 * Names of files whose bytes are not UTF-8, as older systems left them and Linux keeps them. They are read as Latin-1, which has a letter for every byte,
 * and found again by those bytes.
 */
import { existsSync } from "node:fs";

/** What Node puts where bytes are not UTF-8. */
export const replacement = "\uFFFD";
const latin = /[\u0080-\u00ff]/;

export function latinName(bytes: Buffer): string {
  const text = bytes.toString();
  return text.includes(replacement) ? bytes.toString("latin1") : text;
}

/** Of a path where nothing stands: the bytes under which it does, read as Latin-1 wherever nothing stands as it is written; null where nothing does. */
export function latinPath(path: string): Buffer | null {
  if (process.platform === "win32" || !latin.test(path)) return null;
  const [first = "", ...rest] = path.split("/");
  let found = Buffer.from(first);
  for (const name of rest) {
    const within = (bytes: Buffer) => Buffer.concat([found, Buffer.from("/"), bytes]);
    const asWritten = within(Buffer.from(name));
    found = !latin.test(name) || existsSync(asWritten) ? asWritten : within(Buffer.from(name, "latin1"));
  }
  return existsSync(found) ? found : null;
}

/** What `use` gives for the path or, where nothing stands there, for its bytes read as Latin-1. */
export async function byEitherName<T>(path: string, use: (path: string | Buffer) => Promise<T>): Promise<T> {
  try {
    return await use(path);
  } catch (thrown) {
    return use(otherName(path, thrown));
  }
}

/** The same at once. */
export function byEitherNameAtOnce<T>(path: string, use: (path: string | Buffer) => T): T {
  try {
    return use(path);
  } catch (thrown) {
    return use(otherName(path, thrown));
  }
}

/** @param thrown what came of the path as it is written; thrown again where there is no other name for it */
function otherName(path: string, thrown: unknown): Buffer {
  const { code } = thrown as NodeJS.ErrnoException; // node:fs throws nothing else
  const bytes = code === "ENOENT" ? latinPath(path) : null;
  if (bytes === null) throw thrown;
  return bytes;
}
