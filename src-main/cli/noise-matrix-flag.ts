/** `--noise-matrix`: a file that says what classes become, in the form that a run records. */
import { readFileSync, statSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { mostNoiseMatrixTyped, noiseMatrix } from "../contract/noise-matrix.ts";
import { textOfBytes } from "../domain/text-of-bytes.ts";

/** `none` stays a word, since commander takes null for a flag that was not given. */
export function noiseMatrixFlag(file: string): string {
  if (file === "none") return file;
  const parsed = noiseMatrix.safeParse(textOf(file));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`${file}: ${parsed.error.issues[0]?.message ?? "it cannot be understood"}.`);
}

function textOf(file: string): string {
  try {
    const found = statSync(file);
    // A character has four bytes at most.
    if (found.isFile() && found.size <= mostNoiseMatrixTyped * 4) return textOfBytes(readFileSync(file));
  } catch {
    throw new InvalidArgumentError(`${file} cannot be read.`);
  }
  throw new InvalidArgumentError(`${file} is no file of at most ${mostNoiseMatrixTyped * 4} bytes.`);
}
