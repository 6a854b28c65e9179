/** What all readers of files of weights have in common: how one is opened, and the words for one that does not add up. */
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

/** Of one weight; the largest of the networks here, VGG's first dense layer, takes 411 MB. */
const mostWeightBytes = 2 ** 31;
/** What is said repeats names that are in the file, which may be of any length. */
const mostWordsLength = 300;

/** @param problem in the middle of a sentence */
export function damagedWeights(path: string, problem: string, options?: ErrorOptions): StrataError {
  const words = problem.length > mostWordsLength ? `${problem.slice(0, mostWordsLength)}…` : problem;
  return new StrataError("weights.damaged", { problem: words, path }, options);
}

/** A file may state any size, and take none of it on the disk. @throws StrataError `weights.damaged` */
export function refuseLargeWeight(name: string, bytes: number, path: string): void {
  if (bytes > mostWeightBytes)
    throw damagedWeights(path, `of one weight ${mostWeightBytes} bytes are read, and one has more: ${name}`);
}

/** The coded error for what opening or reading one threw. */
export function codedWeightsError(thrown: unknown, path: string): StrataError {
  if (thrown instanceof StrataError) return thrown;
  return new StrataError("weights.not-found", { path }, { cause: thrown });
}
