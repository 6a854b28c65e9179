import { writeSync } from "node:fs";

/** Writes all bytes where the file stands; one call of the system writes 2 GiB at most. @throws the file system's own errors */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file, bytes, done, Math.min(bytes.length - done, 2 ** 30));
}
