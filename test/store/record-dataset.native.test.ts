/** A data set is recorded piece by piece, and is there as a whole or not at all. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../src-main/store/database.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { largeDataset } from "../support/large-dataset.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

const program = fileURLToPath(new URL("../support/record-and-wait.ts", import.meta.url));
const pictures = 5_000;
const dataset = largeDataset(pictures);
const moment = "2026-01-02T00:00:00.000Z";

function openAgain(path: string) {
  const store = openStore(path);
  onTestFinished(store.close);
  const database = openDatabase(path);
  onTestFinished(() => {
    database.close();
  });
  const rows = database.prepare<[], number>("SELECT count(*) FROM examples").pluck();
  return { store, rows: () => rows.get()! };
}

async function killedInTheMiddle(pieces = 3) {
  const path = join(temporaryFolder(), "record.sqlite");
  const child = fork(program, [path, String(pictures), "1000", String(pieces)], { execArgv: [] });
  await once(child, "message");
  child.kill("SIGKILL");
  await once(child, "exit");
  return openAgain(path);
}

it("a process that is killed in the middle leaves nothing that anybody is shown", async () => {
  const { store, rows } = await killedInTheMiddle();
  expect(rows()).toBe(3_000);
  expect([store.datasets.all(), store.datasets.recent(), store.datasets.latestOf(dataset.source)]).toEqual([
    [],
    [],
    null,
  ]);
  expect(() => store.datasets.view(1)).toThrow(expect.objectContaining({ code: "data.unknown" }));
});

it("what a killed process left is taken up by the next look at the same pictures", async () => {
  const { store, rows } = await killedInTheMiddle();
  expect(store.datasets.recordPiece(dataset, moment, 1_000)).toBeNull();
  const view = store.datasets.recordPiece(dataset, moment, 1_000);
  expect(view).toMatchObject({ counts: dataset.counts, lookedAt: moment, fingerprint: dataset.fingerprint });
  expect(rows()).toBe(pictures);
  for (const index of [0, 2_999, 3_000, pictures - 1])
    expect(store.datasets.example(view!.id, index)).toEqual(dataset.examples[index]);
});

it("what a killed process left and nobody takes up is deleted, and what is recorded meanwhile begins anew", async () => {
  const { store, rows } = await killedInTheMiddle();
  store.purge.begin(moment);
  // Between the two somebody records the same pictures.
  expect(store.datasets.recordPiece(dataset, moment, 1_000)).toBeNull();
  while (!store.purge.piece(500).isLast);
  expect(rows()).toBe(1_000);
  const view = store.datasets.record(dataset, moment);
  expect(rows()).toBe(pictures);
  expect(store.datasets.example(view.id, 17)).toEqual(dataset.examples[17]);
});

it("two who record the same pictures at once come to one version", async () => {
  const path = join(temporaryFolder(), "record.sqlite");
  const [one, other] = [openAgain(path), openAgain(path)];
  const found: unknown[] = [];
  for (let turn = 0; found.length < 2; turn++) {
    const { store } = turn % 2 === 0 ? one : other;
    const view = store.datasets.recordPiece(dataset, moment, 1_000);
    if (view) found.push(view.id);
  }
  expect(found).toEqual([1, 1]);
  expect(one.rows()).toBe(pictures);
});
