/** Whether two names are one class typed twice. */
import { nearestOf } from "../nearest.ts";

/** Shorter names are near to too many others: `cat` and `car`. */
const shortestNear = 4;

/** What is left of a name without case, spaces and signs between words. Between digits they stay: `1_1` is not `11`. */
function foldedName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<!\p{N})[\s_.-]+|[\s_.-]+(?!\p{N})/gu, "");
}

/** What a folded name is the English plural of, if it is one. */
function singularsOf(folded: string): readonly string[] {
  return [
    folded.replace(/(?<=\p{L}{2})s$/u, ""),
    folded.replace(/ies$/, "y"),
    folded.replace(/(?<=ch|sh|o|s|x|z)es$/, ""),
  ];
}

/** Names that differ in case, spaces or a plural alone, together: two or more each. */
export function alikeNames(names: readonly string[]): readonly (readonly string[])[] {
  const folded = new Set(names.map(foldedName));
  const keyOf = (name: string): string => {
    const own = foldedName(name);
    return singularsOf(own).find((singular) => singular !== own && folded.has(singular)) ?? own;
  };
  const byKey = new Map<string, string[]>();
  for (const name of names) byKey.set(keyOf(name), [...(byKey.get(keyOf(name)) ?? []), name]);
  return [...byKey.values()].filter((alike) => alike.length > 1);
}

/** Of the names, the one that was meant; null where none is like it. */
export function likeName(name: string, names: readonly string[]): string | null {
  const same = names.find((other) => alikeNames([name, other]).length > 0);
  if (same !== undefined) return same;
  return foldedName(name).length < shortestNear ? null : nearestOf(name, names);
}
