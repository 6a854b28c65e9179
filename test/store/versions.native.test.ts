import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { FolderSource } from "../../src-main/contract/dataset.ts";
import type { DatasetEdit } from "../../src-main/contract/dataset-version.ts";
import { openDatabase } from "../../src-main/store/database.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";

const cats: FolderSource = { kind: "folder", path: "/cats" };
const said = { author: "me", note: "mended", createdAt: "2026-01-01T00:00:00.000Z" };
const exclude = (...names: string[]): DatasetEdit => ({
  kind: "exclude",
  pictures: names.map((name) => ({ name, contentHash: `hash of ${name}` })),
});

const saveVersions = fileURLToPath(new URL("../support/save-versions.ts", import.meta.url));

let folder: string;
let path: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-versions-"));
  path = join(folder, "strata.sqlite");
  store = openStore(path);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

it("numbers the versions of each folder, and each names its parent and what to open for it", () => {
  const first = store.versions.record({ from: cats, edits: [exclude("a", "b")], ...said });
  const second = store.versions.record({ from: first.source, edits: [exclude("c")], ...said, note: "" });
  const other = store.versions.record({ from: { ...cats, path: "/dogs" }, edits: [exclude("d")], ...said });
  expect(first).toEqual({
    ...{ key: first.source.version, number: 1, parentKey: null, ...said },
    source: { ...cats, version: expect.stringMatching(/^[0-9a-f]{64}$/) },
    edits: [{ kind: "exclude", pictures: 2 }],
  });
  expect(second).toMatchObject({ number: 2, parentKey: first.key });
  expect(other.number).toBe(1);
  expect(store.versions.of("/cats")).toEqual([first, second]);
  expect(store.versions.toOpen("/cats", second.key)).toEqual({
    ...{ number: 2, note: "" },
    edits: [exclude("a", "b"), exclude("c")],
  });
});

it("takes none along, and ends, where versions of a damaged record lead back to themselves", () => {
  const first = store.versions.record({ from: cats, edits: [exclude("a")], ...said });
  const second = store.versions.record({ from: first.source, edits: [exclude("b")], ...said });
  expect(store.versions.withParents("/cats", second.key)).toHaveLength(2);
  const database = openDatabase(path);
  database.prepare("UPDATE dataset_versions SET parent_key = ? WHERE version_key = ?").run(second.key, first.key);
  database.close();
  expect(store.versions.withParents("/cats", second.key)).toEqual([]);
});

it("has the same key for the same changes on another record, whatever the folder is called and whoever says it", () => {
  const record = openStore(":memory:");
  const here = store.versions.record({ from: cats, edits: [exclude("a")], ...said });
  const from: FolderSource = { kind: "folder", path: "/elsewhere/cats" };
  const there = record.versions.record({ from, edits: [exclude("a")], ...said, author: "you", note: "" });
  expect(there.key).toBe(here.key);
  const reading = { layout: "class-folders", root: "" } as const;
  expect(record.versions.record({ from: { ...from, reading }, edits: [exclude("a")], ...said }).key).not.toBe(here.key);
  record.close();
});

it("refuses the same changes twice, and names the version that they are", () => {
  store.versions.record({ from: cats, edits: [exclude("a")], ...said });
  expect(() => store.versions.record({ from: cats, edits: [exclude("a")], ...said, note: "again" })).toThrow(
    "The same changes are version 1 already, “mended”.",
  );
  expect(store.versions.all()).toHaveLength(1);
});

it("answers with a code for a version that is not on this record, or whose parent is lost", () => {
  const first = store.versions.record({ from: cats, edits: [exclude("a")], ...said });
  const second = store.versions.record({ from: first.source, edits: [exclude("b")], ...said });
  const unknown = expect.objectContaining({ code: "data.version-unknown" });
  expect(() => store.versions.toOpen("/cats", "0".repeat(64))).toThrow(unknown);
  expect(() => store.versions.toOpen("/dogs", first.key)).toThrow(unknown);
  const from = { ...cats, version: "0".repeat(64) };
  expect(() => store.versions.record({ from, edits: [exclude("c")], ...said })).toThrow(unknown);
  const database = openDatabase(path);
  database.exec("DELETE FROM dataset_versions WHERE number = 1");
  database.close();
  expect(() => store.versions.toOpen("/cats", second.key)).toThrow(unknown);
});

it("sets a version aside whose changes cannot be read, and never opens less than all of them", () => {
  const first = store.versions.record({ from: cats, edits: [exclude("a")], ...said });
  const second = store.versions.record({ from: first.source, edits: [exclude("b")], ...said });
  const database = openDatabase(path);
  database.exec("UPDATE dataset_versions SET edits = substr(edits, 1, 20) WHERE number = 1");
  database.close();
  expect(store.versions.of("/cats")).toEqual([second]);
  expect(store.unreadableNews()).toEqual([{ table: "dataset_versions", id: 1, column: "edits" }]);
  expect(() => store.versions.toOpen("/cats", second.key)).toThrow(
    expect.objectContaining({ code: "store.unreadable" }),
  );
});

it("of a process that is killed while it saves, every version is whole or not there", async () => {
  store.close();
  const child = fork(saveVersions, [path], { execArgv: [] });
  let saved = 0;
  child.on("message", () => {
    saved++;
    if (saved === 20) child.kill("SIGKILL");
  });
  await once(child, "exit");
  store = openStore(path);
  const versions = store.versions.of("/cats");
  expect(versions.length).toBeGreaterThanOrEqual(20);
  expect(versions.map(({ number }) => number)).toEqual(versions.map((_, index) => index + 1));
  expect(store.versions.toOpen("/cats", versions.at(-1)!.key).edits).toHaveLength(versions.length);
  expect(store.unreadableNews()).toEqual([]);
});
