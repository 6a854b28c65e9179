/** What a key decides on a suspect. Pure. */
import type { LabelSuspect } from "../../../../src-main/contract/label-suspects.ts";
import type { Decision } from "./suspects.svelte.ts";

/** Null for a key that decides nothing. A number picks a class by its place, from 1 on. */
export function decisionOfKey(
  key: string,
  { resembles }: Pick<LabelSuspect, "resembles">,
  classes: readonly string[],
): Decision | null {
  switch (key.toLowerCase()) {
    case "a":
      return { kind: "relabel", className: resembles };
    case "k":
      return { kind: "keep" };
    case "x":
    case "delete":
      return { kind: "exclude" };
  }
  const className = /^[1-9]$/.test(key) ? classes[Number(key) - 1] : undefined;
  return className === undefined ? null : { kind: "relabel", className };
}
