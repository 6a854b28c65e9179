/** How the launcher takes the end of a window: as the app's own, or as a program that this machine cannot run, in whose place a browser is served. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/picture-folder.ts";

const {
  showWindow,
}: { showWindow(program: string, root: string, words: string[], env: object): Promise<number | null> } = await import(
  join(import.meta.dirname, "..", "..", "tools", "set-up", "window.mjs")
);

test.skipIf(process.platform === "win32").each([
  ["a library is missing, which the loader says", "exit 127", null],
  ["Chromium has no sandbox or display", "kill -TRAP $$", null],
  ["it is closed", "exit 0", 0],
  ["it failed", "exit 3", 3],
])("%s", async (_, script, code) => {
  const folder = temporaryFolder();
  const program = join(folder, "electron");
  writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  expect(await showWindow(program, folder, [], process.env)).toBe(code);
});
