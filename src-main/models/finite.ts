/** Weights with NaN or infinity, as a run that diverged leaves them: whatever is computed with them is no number. */
import { type CodedError, StrataError } from "../contract/errors.ts";
import type { NotFinite } from "../contract/weights.ts";

function notFiniteValues(values: Float32Array): number {
  let count = 0;
  for (const value of values) if (!Number.isFinite(value)) count++;
  return count;
}

/** For messages: how many values, and in which weights. */
function notFiniteInWords(found: readonly NotFinite[]): { readonly values: number; readonly weights: string } {
  const mostNamed = 3;
  const names = found.slice(0, mostNamed).map(({ name, values }) => `${name} (${values})`);
  const others = found.length - names.length;
  return {
    values: found.reduce((sum, { values }) => sum + values, 0),
    weights: `${names.join(", ")}${others > 0 ? ` and ${others} more weights` : ""}`,
  };
}

/** A reader that keeps count of what it read and was not finite. */
export function watchFinite(read: (name: string) => Float32Array): {
  readonly read: (name: string) => Float32Array;
  /** Each weight once, in the order in which they were read. */
  found(): readonly NotFinite[];
} {
  const counts = new Map<string, number>();
  return {
    read(name) {
      const values = read(name);
      counts.set(name, notFiniteValues(values));
      return values;
    },
    found: () => [...counts].flatMap(([name, values]) => (values > 0 ? [{ name, values }] : [])),
  };
}

/** What is said of weights that are written all the same. */
export function exportWarning(found: readonly NotFinite[]): CodedError {
  return new StrataError("export.not-finite", notFiniteInWords(found)).toJSON();
}

/** @throws StrataError `weights.not-finite` where something was found */
export function refuseNotFinite(found: readonly NotFinite[], path: string): void {
  if (found.length > 0) throw new StrataError("weights.not-finite", { ...notFiniteInWords(found), path });
}
