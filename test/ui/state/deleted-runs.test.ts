// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import { RunsState } from "../../../src-renderer/entities/run/runs.svelte.ts";
import { DeletedRunsState } from "../../../src-renderer/features/runs/deleted-runs.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { sampleRun } from "../../support/sample-views.ts";
import { type Answers, refusal, scriptedEngine, snapshot } from "./scripted-engine.ts";

const deletedRun = (id: number) => ({
  ...{ id, title: `Run ${id}`, modelTitle: "LeNet-5", dataset: "cats", validation: null, diskBytes: 8 },
  ...{ deletedAt: "2026-01-01T00:00:00.000Z", keptUntil: "2026-01-31T00:00:00.000Z" },
});

function opened(answers: Answers) {
  let deleted = [2, 1];
  const take = (runIds: readonly number[]) => {
    deleted = deleted.filter((id) => !runIds.includes(id));
  };
  const engine = scriptedEngine({
    "runs.deleted": () => ({ runs: deleted.map(deletedRun), found: deleted.length, diskBytes: 8 * deleted.length }),
    "runs.restore": ({ runIds }: { runIds: number[] }) => {
      take(runIds);
      return runIds.map((id) => sampleRun({ id }));
    },
    "runs.forget": ({ runIds }: { runIds: number[] }) => take(runIds),
    ...answers,
  });
  const toasts = new ToastsState();
  const runs = new RunsState(engine.api, engine.connection, toasts);
  engine.emit(snapshot());
  return { ...engine, toasts, runs, deleted: new DeletedRunsState(engine.api, runs) };
}
const idsIn = ({ found }: DeletedRunsState) => found?.runs.map(({ id }) => id);

test("a run that is brought back is in the record again, and no longer among the deleted", async () => {
  const { deleted, runs } = opened({});
  await deleted.load();
  expect(idsIn(deleted)).toEqual([2, 1]);
  await deleted.restore([2]);
  expect([idsIn(deleted), runs.list.map(({ id }) => id), runs.changes]).toEqual([[1], [2], 1]);
});

test("all are deleted for good at once, and that is said", async () => {
  const { deleted, toasts } = opened({});
  await deleted.load();
  await deleted.forgetAll();
  expect(idsIn(deleted)).toEqual([]);
  expect(toasts.list.map(({ text }) => text)).toEqual([
    "2\u00a0runs deleted for good. The disk space is free at the next start.",
  ]);
});

test("one that is gone meanwhile is said to be, and the list stays as it was", async () => {
  const { deleted, toasts } = opened({
    "runs.restore": () => {
      throw refusal("There is no run 2.");
    },
  });
  await deleted.load();
  await deleted.restore([2]);
  expect(idsIn(deleted)).toEqual([2, 1]);
  expect(toasts.list).toHaveLength(1);
});
