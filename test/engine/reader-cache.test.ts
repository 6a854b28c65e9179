import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReaders } from "../../src-main/engine/readers/readers.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-compiled-"));
  vi.stubEnv("NODE_COMPILE_CACHE", join(folder, "cache"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("a reader is killed in the end, and what it compiled is kept for the next one", async () => {
  const readers = createReaders();
  const browse = () =>
    readers.ask(
      { kind: "browse-folder", path: folder, files: undefined },
      { path: folder, signal: new AbortController().signal },
    );
  await browse();
  // The same process: once it answers again, all that comes after the first answer is done.
  await browse();
  readers.close();
  expect(existsSync(join(folder, "cache"))).toBe(true);
  const entries = readdirSync(join(folder, "cache"), { recursive: true });
  expect(entries.length).toBeGreaterThan(10);
});
