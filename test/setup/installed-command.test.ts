/** What `strata` opens or answers in an installed Linux: the script that packages bring, between stand-ins for the window's program and the command line. */
import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/picture-folder.ts";

const script = join(import.meta.dirname, "..", "..", "tools", "package", "strata.sh");

/** The installed folder, with the script linked into another one, as `/usr/bin` has it. */
function installed(): string {
  const folder = temporaryFolder();
  const bin = join(folder, "app", "resources", "engine", "bin");
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(folder, "bin"));
  cpSync(script, join(bin, "strata"));
  chmodSync(join(bin, "strata"), 0o755);
  const standIn = (path: string, text: string) => writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  standIn(join(folder, "app", "strata"), 'echo "window:$*"');
  standIn(join(bin, "..", "node"), 'shift; echo "command:$*:$STRATA_NO_WINDOW"');
  // Whoever runs the tests, this is who is asked about.
  standIn(join(folder, "bin", "id"), 'echo "$WHO"');
  symlinkSync(join(bin, "strata"), join(folder, "bin", "strata"));
  return join(folder, "bin");
}

function strata(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const bin = installed();
  const env = { PATH: `${bin}:/usr/bin:/bin`, WHO: "1000", ...environment };
  return new Promise<string>((resolve) =>
    execFile(join(bin, "strata"), [...words], { env }, (error, out, complained) =>
      resolve(error ? `${error.code}: ${complained.trim()}` : out.trim()),
    ),
  );
}

test.skipIf(process.platform !== "linux").each([
  [[], "window:"],
  [["app"], "window:app"],
  [["flowers.zip"], "window:flowers.zip"],
  [["./my flowers"], "window:./my flowers"],
  [["strata://open?folder=/srv/pictures"], "window:strata://open?folder=/srv/pictures"],
  [["--self-test"], "window:--self-test"],
  [["doctor", "--json"], "command:doctor --json:"],
  [["train", "--data", "a b"], "command:train --data a b:"],
  [["--version"], "command:--version:"],
  [["--threads", "2", "runs"], "command:--threads 2 runs:"],
])("%j with a display: %s", async (words, expected) => {
  expect(await strata(words, { DISPLAY: ":1" })).toBe(expected);
  expect(await strata(words, { WAYLAND_DISPLAY: "wayland-0" })).toBe(expected);
});

test.skipIf(process.platform !== "linux")(
  "where no window can be shown the command line serves the app, and says why",
  async () => {
    expect(await strata([], {})).toBe("command::there is no display");
    expect(await strata(["./flowers"], {})).toBe("command:./flowers:there is no display");
    expect(await strata(["doctor"], {})).toMatch(/^command:doctor:/);
    expect(await strata([], { DISPLAY: ":1", WHO: "0" })).toBe("command::root is not given one");
    expect(await strata(["--no-sandbox", "--self-test"], { DISPLAY: ":1", WHO: "0" })).toBe(
      "window:--no-sandbox --self-test",
    );
    expect(await strata(["--self-test"], {})).toBe(
      "1: The self-test opens the window (there is no display): strata doctor does without.",
    );
  },
);
