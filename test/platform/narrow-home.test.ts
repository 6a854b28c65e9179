import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { narrowHome } from "../../src-main/platform/narrow-home.ts";
import { modeOf, openToOthers } from "../support/modes.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

/** As a version made it that left files to the person's own settings. */
function openHome(): string {
  const home = join(temporaryFolder(), "home");
  for (const folder of ["", "weights", "checkpoints", "checkpoints/1-a", "backups"]) {
    mkdirSync(join(home, folder));
    chmodSync(join(home, folder), 0o755);
  }
  const files = [
    "strata.sqlite",
    "strata.sqlite-wal",
    "strata.log.1",
    "weights/1.safetensors",
    "checkpoints/1-a/manifest.json",
  ];
  for (const file of files) {
    writeFileSync(join(home, file), "");
    chmodSync(join(home, file), 0o644);
  }
  return home;
}

describe.runIf(process.platform !== "win32")("a home from before", () => {
  test("becomes the person's alone, with all that lies in it", () => {
    const home = openHome();
    expect(openToOthers(home)).toHaveLength(10);
    narrowHome(home);
    expect(openToOthers(home)).toEqual([]);
    expect([modeOf(home), modeOf(join(home, "strata.sqlite"))]).toEqual(["700", "600"]);
  });

  test("keeps what is not Strata's as it is, and then its own mode, and no link is followed", () => {
    const home = openHome();
    const other = join(home, "notes.txt");
    writeFileSync(other, "");
    chmodSync(other, 0o644);
    symlinkSync(other, join(home, "weights", "2.safetensors"));
    narrowHome(home);
    expect([modeOf(home), modeOf(other), modeOf(join(home, "strata.log.1"))]).toEqual(["755", "644", "600"]);
  });

  test("need not be there", () => {
    expect(() => narrowHome(join(temporaryFolder(), "nowhere"))).not.toThrow();
  });
});
