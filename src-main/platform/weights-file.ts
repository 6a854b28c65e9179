/** Opening a file of weights to read from it. */
import { closeSync } from "node:fs";
import { StrataError } from "../contract/errors.ts";
import { openRegularFile, type RegularFile } from "./open-regular-file.ts";

/** For the caller to close. @throws StrataError `weights.not-found`, `file.not-regular` */
export function openWeightsFile(path: string): RegularFile<number> {
  try {
    return openRegularFile(path);
  } catch (thrown) {
    throw codedWeightsError(thrown, path);
  }
}

/** Open while `use` runs. @throws StrataError `weights.not-found`, `file.not-regular` */
export function withWeightsFile<T>(path: string, use: (file: number, bytes: number) => T): T {
  const { file, bytes } = openWeightsFile(path);
  try {
    return use(file, bytes);
  } finally {
    closeSync(file);
  }
}

/** The coded error for what opening or reading one threw. */
export function codedWeightsError(thrown: unknown, path: string): StrataError {
  if (thrown instanceof StrataError) return thrown;
  return new StrataError("weights.not-found", { path }, { cause: thrown });
}
