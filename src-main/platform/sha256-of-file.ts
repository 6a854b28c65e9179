import { createHash } from "node:crypto";
import { createReadStream, readSync } from "node:fs";
import { StrataError } from "../contract/errors.ts";
import { withWeightsFile } from "./weights-file.ts";

/** Hex, of a file that may be larger than memory. @throws StrataError `weights.not-found` */
export function sha256OfFile(path: string): string {
  const hash = createHash("sha256");
  const piece = new Uint8Array(2 ** 20);
  withWeightsFile(path, (file) => {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read));
  });
  return hash.digest("hex");
}

/** The same beside whatever else the process does. @throws StrataError `weights.not-found` */
export async function sha256OfFileBeside(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece);
  } catch (thrown) {
    throw new StrataError("weights.not-found", { path }, { cause: thrown });
  }
  return hash.digest("hex");
}
