import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLog } from "../../src-main/platform/log.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openTurningFile } from "../../src-main/platform/turning-file.ts";
import { askInChild } from "../support/in-child.ts";
import { modeOf, openToOthers } from "../support/modes.ts";
import { makePipe } from "../support/no-files.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");
const isUnix = process.platform !== "win32";

test.runIf(isUnix)(
  "a log, and the home that it makes, are for nobody else to read; a home that is there keeps its mode",
  () => {
    const home = join(temporaryFolder(), "new", "home");
    openLog(pathsOf(home)).log.info("begun");
    expect(openToOthers(home)).toEqual([]);
    const open = temporaryFolder();
    chmodSync(open, 0o755);
    openLog(pathsOf(open)).log.info("begun");
    expect([modeOf(open), modeOf(join(open, "strata.log"))]).toEqual(["755", "600"]);
  },
);

test("a flood of one message is cut short and said, and other messages are logged all the same", () => {
  const home = temporaryFolder();
  const { log } = openLog(pathsOf(home));
  for (let request = 0; request < 20_000; request++) log.warn({ path: `/${request}` }, "refused");
  log.info("served");
  const told = linesOf(join(home, "strata.log")).map((line): string => JSON.parse(line).msg);
  expect(told).toEqual([
    ...Array.from({ length: 100 }, () => "refused"),
    "more of these lines are left out for a while",
    "served",
  ]);
});

test("a file turns over where it would become too large, with two that add to it, and no line is torn", () => {
  const folder = temporaryFolder();
  const path = join(folder, "log");
  const writers = [openTurningFile(path, 1_000, 3), openTurningFile(path, 1_000, 3)];
  for (let line = 0; line < 1_000; line++)
    writers[line % 7 === 0 ? 1 : 0]?.write(`line ${String(line).padStart(4, "0")}\n`);
  expect(readdirSync(folder).sort()).toEqual(["log", "log.1", "log.2"]);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1_000);
    if (isUnix) expect(modeOf(join(folder, name))).toBe("600");
    for (const line of linesOf(join(folder, name))) expect(line).toMatch(/^line \d{4}$/);
  }
  expect(linesOf(path).at(-1)).toBe("line 0999");
});

test.runIf(isUnix)("a pipe where the log should be is not waited for: nothing is logged, which is said", () => {
  const home = temporaryFolder();
  makePipe(join(home, "strata.log"));
  const call = "module.openLog({ home: value, log: value + '/strata.log' }).problem";
  expect(askInChild("src-main/platform/log.ts", call, [home])).toEqual([expect.stringContaining("Nothing is logged")]);
});
