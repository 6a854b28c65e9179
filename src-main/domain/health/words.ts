/** Parts of the sentences of findings. */
import type { SplitName } from "../../contract/dataset.ts";
import { roundedDecimal, roundedPercent } from "../rounding.ts";
import { visibleText } from "../visible-text.ts";

/** Of names; a sentence with more says how many. */
export const mostInSentence = 3;

export const splitWords: Readonly<Record<SplitName, string>> = {
  train: "training",
  validation: "validation",
  test: "test",
};

/** `1 picture`, `1,200 pictures` */
export function countInWords(count: number, one: string, many = `${one}s`): string {
  return `${roundedDecimal(count, 0)} ${count === 1 ? one : many}`;
}

/** `“cat”` */
export function quoted(name: string): string {
  return `“${visibleText(name)}”`;
}

/** `“cat”, “dog”, “frog” and 4 more` */
export function namesInWords(names: readonly string[]): string {
  const shown = names.slice(0, mostInSentence).map(quoted);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** `53.1 %` */
export function percentInWords(share: number): string {
  return `${roundedPercent(share)} %`;
}
