import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openDatabase } from "../../src-main/store/database.ts";
import { createTestCli, type TestCli } from "../support/run-cli.ts";
import { startEngine } from "../support/with-engine.ts";

let cli: TestCli;
let record: string;
beforeEach(async () => {
  cli = createTestCli();
  record = join(cli.home, "strata.sqlite");
  await cli.run("train --data drawn:pictures=100,pixels=16 --model inception-v3 --epochs 2 --json");
});
afterEach(() => cli.remove());

/** The page of a run's answers. */
function damage(): void {
  const database = openDatabase(record);
  const { rootpage } = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'predictions'").get() as {
    rootpage: number;
  };
  // All that was written is in the one file.
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  const bytes = readFileSync(record);
  bytes.fill(0xa5, (rootpage - 1) * 4_096, rootpage * 4_096);
  writeFileSync(record, bytes);
}

it("the doctor names a damaged record and changes nothing; the next command sets it aside, says so once, and answers", async () => {
  damage();
  const before = readFileSync(record);
  const sick = await cli.run("doctor --json");
  expect(sick.exitCode).toBe(1);
  expect(JSON.parse(sick.out).findings).toContainEqual(
    expect.objectContaining({ name: "Record's file", isFine: false, found: expect.stringContaining("damaged") }),
  );
  expect(readFileSync(record)).toEqual(before);

  const first = await cli.run("runs --json");
  expect(first.exitCode).toBe(0);
  expect(first.err).toContain("The record of runs was damaged.");
  const runs = [expect.objectContaining({ id: 1, state: "finished" })];
  expect(JSON.parse(first.out)).toEqual({ sortedBy: null, found: 1, more: 0, runs });
  expect((await cli.run("runs --json")).err).toBe("");

  const { out } = await cli.run("doctor --json");
  const found = JSON.parse(out).findings.filter(({ name }: { name: string }) => name.startsWith("Record"));
  expect(found.map(({ isFine }: { isFine: boolean }) => isFine)).toEqual(found.map(() => true));
  expect(found.at(-1).found).toContain("strata-damaged-");
});

it("the doctor says of a record that a newer Strata brought up what every other command says", async () => {
  const database = openDatabase(record);
  database.pragma("user_version = 9999");
  database.close();
  const { exitCode, out } = await cli.run("doctor --json");
  expect(exitCode).toBe(1);
  const { error } = JSON.parse((await cli.run("runs --json")).out);
  expect(error.code).toBe("store.newer");
  expect(JSON.parse(out).findings).toContainEqual({
    ...{ name: "Record's file", isFine: false, found: error.problem, remedy: error.remedy },
  });
});

it("every window is told until a person has read it", async () => {
  damage();
  const { engine, close } = await startEngine({ paths: pathsOf(cli.home) });
  const [notice] = engine.notices.open();
  expect(notice?.problem).toContain("1 run and");
  engine.notices.dismiss(notice!.id);
  expect(engine.notices.open()).toEqual([]);
  await close();
});
