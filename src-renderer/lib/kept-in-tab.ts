/**
 * What outlives a reload of the page. It is the tab's own (`sessionStorage`): two tabs set up two experiments, and what is left of an afternoon does not
 * come back weeks later under a record and pictures of another kind. Whatever comes back is parsed, since an update of the app may lie between.
 */
import type { z } from "zod";

export interface KeptInTab<T> {
  /** Null where nothing was kept, or nothing that is understood. */
  read(): T | null;
  /** Null forgets. */
  write(value: T | null): void;
}

export function keptInTab<T>(name: string, schema: z.ZodType<T>): KeptInTab<T> {
  const key = `strata.${name}`;
  return {
    read() {
      try {
        return schema.parse(JSON.parse(window.sessionStorage.getItem(key) ?? "null"));
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        if (value === null) window.sessionStorage.removeItem(key);
        else window.sessionStorage.setItem(key, JSON.stringify(value));
      } catch {
        // A browser that keeps nothing: the page works, and forgets.
      }
    },
  };
}
