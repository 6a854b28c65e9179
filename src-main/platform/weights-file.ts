/** Opening a file of weights to read from it. */
import { closeSync, openSync } from "node:fs";
import { StrataError } from "../contract/errors.ts";

/** The open file, for the caller to close. @throws StrataError `weights.not-found` */
export function openWeightsFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (thrown) {
    throw new StrataError("weights.not-found", { path }, { cause: thrown });
  }
}

/** Open while `use` runs. @throws StrataError `weights.not-found` */
export function withWeightsFile<T>(path: string, use: (file: number) => T): T {
  const file = openWeightsFile(path);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
