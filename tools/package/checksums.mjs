/** The list that sha256sum -c reads. */
import { createHash } from "node:crypto";
import { createReadStream, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";

/** @param {string} folder @param {readonly string[]} paths of what was made */
export async function writeChecksums(folder, paths) {
  const lines = [];
  for (const path of paths) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    lines.push(`${hash.digest("hex")}  ${basename(path)}\n`);
  }
  writeFileSync(join(folder, "SHA256SUMS"), lines.sort().join(""));
}
