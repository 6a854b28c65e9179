import type { PictureTone } from "../../../entities/term/term.ts";

/** The colour of a line, a bar or a cell. */
export const strokeOf: Readonly<Record<PictureTone, string>> = {
  one: "var(--arm-a)",
  other: "var(--arm-b)",
  quiet: "var(--ink-3)",
};

/** What a letter in a square of cells stands for; null for an empty cell. */
export function toneOfLetter(letter: string): PictureTone | null {
  return ({ a: "one", b: "other", c: "quiet" } as const)[letter as "a" | "b" | "c"] ?? null;
}
