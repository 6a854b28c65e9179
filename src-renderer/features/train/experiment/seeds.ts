/** Seeds as they are typed, one or several parted by commas. Pure. */
import { runConfiguration } from "../../../../src-main/contract/configuration.ts";
import { typedParts } from "../sweep/sweep-draft.ts";

/** Null where one is none, or stands there twice. */
export function seedsOf(text: string): readonly [number, ...number[]] | null {
  const [first, ...more] = typedParts(text).map(
    (part) => runConfiguration.shape.seed.safeParse(numberOfSeed(part)).data,
  );
  const all = [first, ...more];
  if (first === undefined || new Set(all).size < all.length) return null;
  const seeds = more.filter((seed) => seed !== undefined);
  return seeds.length < more.length ? null : [first, ...seeds];
}

/** `1e3` is a number, and no seed that anybody types. */
function numberOfSeed(part: string): number {
  return /^\d+$/.test(part) ? Number(part) : Number.NaN;
}
