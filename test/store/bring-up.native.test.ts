/** Versions of Strata one after the other, and side by side, on one record: in processes of their own, as a person starts them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EngineToShell } from "../../src-main/contract/engine-process.ts";
import { latestOpenable } from "../../src-main/store/backup.ts";
import { openDatabase, openReadOnly } from "../../src-main/store/database.ts";
import { migrations, versionOf } from "../../src-main/store/migrate.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { fillOldRecord } from "../support/old-record.ts";
import { createTestCli } from "../support/run-cli.ts";

const latest = migrations.length;
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let folder: string;
let path: string;
let children: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-bring-up-"));
  path = join(folder, "strata.sqlite");
  children = [];
});
afterEach(async () => {
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  rmSync(folder, { recursive: true });
});

function recordOf(version: number): void {
  const database = openDatabase(path);
  fillOldRecord(database, version);
  database.close();
}
function versionNow(): number {
  const database = openReadOnly(path);
  try {
    return versionOf(database);
  } finally {
    database.close();
  }
}
const copies = () => (existsSync(join(folder, "backups")) ? readdirSync(join(folder, "backups")) : []);

/** What the engine's process tells the window that starts it, once it listens or has failed. */
async function startOfEngine(): Promise<{ child: ChildProcess; first: EngineToShell }> {
  const child = spawn(process.execPath, [file("../../src-main/entrypoints/engine.ts"), "app://strata"], {
    env: { ...process.env, STRATA_HOME: folder },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.push(child);
  for (;;) {
    const [message] = (await once(child, "message")) as [EngineToShell];
    if (message.kind === "listening" || message.kind === "failed") return { child, first: message };
  }
}

/** An older Strata, as far as a newer one sees it: a process that says in the record, by this SQL, that it lives. */
function olderStrata(insert: (pid: number) => string): ChildProcess {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  children.push(child);
  const database = openDatabase(path);
  database.exec(insert(child.pid!));
  database.close();
  return child;
}

describe("an older record", () => {
  it("opens in the engine of the window, which tells where the copy is", async () => {
    recordOf(latest - 1);
    const { child, first } = await startOfEngine();
    expect(first.kind).toBe("listening");
    child.disconnect();
    await once(child, "exit");

    const [copy] = copies();
    const store = openStore(path);
    // The old record's own notice cannot be read, which is another.
    expect(store.notices.open().slice(0, 1)).toEqual([
      expect.objectContaining({
        isNews: true,
        problem: expect.stringContaining("brought up to this version"),
        remedy: expect.stringContaining(join(folder, "backups", copy!)),
      }),
    ]);
    expect([store.runs.get(7).title, store.isBroughtUp]).toEqual(["Old", false]);
    store.close();
  });

  it("opens on the command line, which says so once and apart from its answer", async () => {
    recordOf(4);
    const cli = createTestCli(folder);
    const first = await cli.run("runs --json");
    expect(first.err).toMatch(/^The record of runs was brought up .*[\\/]backups[\\/]strata-\S+-v4\.sqlite\n$/);
    expect(JSON.parse(first.out).runs).toHaveLength(1);
    expect((await cli.run("runs --json")).err).toBe("");
  });

  it.each([latest - 1, 4])(
    "of version %d is not changed while the older Strata runs on it, and is once that has ended",
    async (version) => {
      recordOf(version);
      const now = new Date().toISOString();
      const older = olderStrata(
        (pid) => `INSERT INTO engines (id, pid, heartbeat_at) VALUES ('older', ${pid}, '${now}')`,
      );
      for (let tries = 0; tries < 2; tries++) {
        const { child, first } = await startOfEngine();
        expect(first).toMatchObject({
          kind: "failed",
          error: { code: "store.older-open", remedy: expect.stringMatching(/Close that one first/) },
        });
        if (child.exitCode === null) await once(child, "exit");
      }
      const answer = await createTestCli(folder).run("runs --json");
      expect([answer.exitCode, JSON.parse(answer.out).error.code]).toEqual([1, "store.older-open"]);
      expect([versionNow(), copies()]).toEqual([version, []]);

      older.kill();
      await once(older, "exit");
      expect((await startOfEngine()).first.kind).toBe("listening");
      expect([versionNow(), copies()]).toEqual([latest, [expect.stringMatching(`-v${version}\\.sqlite$`)]]);
    },
  );

  it("is brought up once, and copied once, by engines that start at the same time", async () => {
    recordOf(latest - 1);
    const starts = await Promise.all([startOfEngine(), startOfEngine(), startOfEngine()]);
    expect(starts.map(({ first }) => first.kind)).toEqual(["listening", "listening", "listening"]);
    expect(copies()).toHaveLength(1);
    const copy = openReadOnly(join(folder, "backups", copies()[0]!));
    expect(versionOf(copy)).toBe(latest - 1);
    copy.close();
    const database = openReadOnly(path);
    expect(database.prepare("SELECT count(*) AS n FROM notices WHERE kind = 'record-brought-up'").get()).toEqual({
      n: 1,
    });
    database.close();
  });

  it("keeps no copy of a try that failed, which pushes out none of the others", () => {
    recordOf(latest - 1);
    const database = openDatabase(path);
    // The next step finds what it would make.
    database.exec(
      "PRAGMA foreign_keys = OFF; INSERT INTO points VALUES (999, 'hardLoss', 'train', 'batch', 1, 1, 0.7);",
    );
    database.close();
    mkdirSync(join(folder, "backups"));
    const kept = [1, 2, 3].map((version) => `strata-2026-01-0${version}T00-00-00-000Z-v${version}.sqlite`);
    for (const name of kept) writeFileSync(join(folder, "backups", name), "");
    expect(() => openStore(path)).toThrow(/rows that belong to nothing/);
    expect(versionNow()).toBe(latest - 1);
    expect(copies().sort()).toEqual(kept);
  });
});

describe("a newer record", () => {
  function newerRecord(): void {
    recordOf(latest);
    const database = openDatabase(path);
    database.exec("CREATE TABLE of_later (id INTEGER) STRICT;");
    database.pragma(`user_version = ${latest + 1}`);
    database.close();
  }

  it("is refused by window and command line with the way back that there is, which works", async () => {
    recordOf(latest - 1);
    openStore(path).close();
    const [copy] = copies();
    rmSync(path);
    newerRecord();
    const { first } = await startOfEngine();
    expect(first).toMatchObject({ kind: "failed", error: { code: "store.newer" } });
    const answer = await createTestCli(folder).run("runs");
    const copyPath = join(folder, "backups", copy!);
    expect([answer.exitCode, answer.out]).toEqual([1, ""]);
    expect(answer.err).toMatch(
      /^The record of runs was written by a newer version of Strata\. Use that version\. To go back/,
    );
    expect(answer.err).toContain(`as ${path}: ${copyPath}\n`);
    expect(versionNow()).toBe(latest + 1);

    // What the sentence says.
    mkdirSync(join(folder, "newer"));
    for (const name of readdirSync(folder).filter((each) => each.startsWith("strata.sqlite")))
      renameSync(join(folder, name), join(folder, "newer", name));
    renameSync(copyPath, path);
    expect((await createTestCli(folder).run("runs --json")).exitCode).toBe(0);
    expect(versionNow()).toBe(latest);
  });

  it("without a copy that this version can open names the other way", async () => {
    newerRecord();
    const { err } = await createTestCli(folder).run("runs");
    expect(err).toBe(
      `The record of runs was written by a newer version of Strata. Use that version, or set STRATA_HOME to another folder: ${path}\n`,
    );
  });

  it("that came while an engine opened the older one stops that engine before it writes", () => {
    const store = openStore(path);
    const later = openDatabase(path);
    later.pragma(`user_version = ${latest + 1}`);
    expect(() => store.owners.beat("late", process.pid, new Date(), [])).toThrow(
      expect.objectContaining({ code: "store.newer" }),
    );
    expect(later.prepare("SELECT * FROM engines").all()).toEqual([]);
    later.close();
    store.close();
  });
});

it("of the copies the newest is named that this version can open", () => {
  const of = (day: number, version: number) => `strata-2026-01-0${day}T00-00-00-000Z-v${version}.sqlite`;
  expect(latestOpenable([of(3, 21), of(1, 18), of(2, 19), "strata-notes.txt"], 19)).toBe(of(2, 19));
  expect(latestOpenable([of(3, 21)], 19)).toBeNull();
});
