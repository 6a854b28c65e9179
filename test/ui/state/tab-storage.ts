import { vi } from "vitest";

/** A window with a session's storage and nothing else; `vi.unstubAllGlobals` takes it away. */
export function tabStorage(): Map<string, string> {
  const kept = new Map<string, string>();
  const sessionStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  vi.stubGlobal("window", { sessionStorage });
  return kept;
}
