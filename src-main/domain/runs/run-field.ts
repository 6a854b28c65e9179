/** What a field of a run is: something that runs can be found by and put in order by. */
import type { RunView } from "../../contract/run.ts";
import type { FieldValue } from "./run-values.ts";

/** What a field's values are. A share is in 0–1; an option is keyed by each word for it, in small letters. */
export type FieldKind =
  | { readonly kind: "number"; readonly unit: "share" | "nats" | "seconds" | "bytes" | "none" }
  | { readonly kind: "option"; readonly options: ReadonlyMap<string, string> }
  | { readonly kind: "yes-or-no" }
  | { readonly kind: "date" }
  | { readonly kind: "words" };

export interface RunField {
  /** One name for it: a metric's, or a setting's path. */
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly type: FieldKind;
  /** Null where the run has no value of it. */
  readonly read: (run: RunView) => FieldValue;
  /** Of a metric: the best are the highest. */
  readonly isBetterHigh?: boolean;
  /** Where words have several parts, such as tags: each of them. */
  readonly parts?: (run: RunView) => readonly string[];
}

/** @param titles what the page calls some of them */
function option(values: readonly string[], titles: Readonly<Record<string, string>> = {}): FieldKind {
  const titled = Object.entries(titles).map(([value, title]) => [title.toLowerCase(), value] as const);
  return {
    kind: "option",
    options: new Map([...values.map((value) => [value.toLowerCase(), value] as const), ...titled]),
  };
}

export const fieldKind = {
  number: (unit: Extract<FieldKind, { kind: "number" }>["unit"] = "none"): FieldKind => ({ kind: "number", unit }),
  option,
  yesOrNo: { kind: "yes-or-no" },
  date: { kind: "date" },
  words: { kind: "words" },
} as const satisfies Record<string, FieldKind | ((...parameters: never[]) => FieldKind)>;

/** `isPinned` is asked for as `pinned` too. */
export function namesOfKey(key: string): readonly string[] {
  return /^is[A-Z]/.test(key) ? [key, key.slice(2)] : [key];
}
