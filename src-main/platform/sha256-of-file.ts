import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { openRegularFileBeside } from "./open-regular-file.ts";
import { codedWeightsError, withWeightsFile } from "./weights-file.ts";

const pieceBytes = 2 ** 20;

/** Hex, of a file that may be larger than memory. What is written to its end meanwhile is left out. @throws StrataError `weights.not-found`, `file.not-regular` */
export function sha256OfFile(path: string): string {
  const hash = createHash("sha256");
  const piece = new Uint8Array(pieceBytes);
  withWeightsFile(path, (file, bytes) => {
    for (let done = 0, read = -1; done < bytes && read !== 0; done += read) {
      read = readSync(file, piece, 0, Math.min(pieceBytes, bytes - done), done);
      hash.update(piece.subarray(0, read));
    }
  });
  return hash.digest("hex");
}

/** The same beside whatever else the process does. @param onPiece called for each piece that came @throws StrataError `weights.not-found`, `file.not-regular` */
export async function sha256OfFileBeside(path: string, onPiece?: () => void): Promise<string> {
  const hash = createHash("sha256");
  const piece = new Uint8Array(pieceBytes);
  try {
    const { file, bytes } = await openRegularFileBeside(path);
    await using _ = file;
    for (let done = 0, read = -1; done < bytes && read !== 0; done += read) {
      read = (await file.read(piece, 0, Math.min(pieceBytes, bytes - done), done)).bytesRead;
      onPiece?.();
      hash.update(piece.subarray(0, read));
    }
  } catch (thrown) {
    throw codedWeightsError(thrown, path);
  }
  return hash.digest("hex");
}
