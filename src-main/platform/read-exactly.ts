import { readSync } from "node:fs";

/** Bytes from a place in an open file; null where the file ends before them. One call of the system reads 2 GiB at most. */
export function readExactly(file: number, begin: number, count: number): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(count);
  for (let done = 0; done < count; ) {
    const read = readSync(file, bytes, done, Math.min(count - done, 2 ** 30), begin + done);
    if (read === 0) return null;
    done += read;
  }
  return bytes;
}
