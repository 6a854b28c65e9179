import { expect, it } from "vitest";
import { queueMove } from "../../src-main/contract/queue.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { movedIn } from "../../src-main/store/queue.ts";
import { createRuns } from "../support/create-runs.ts";
import { experimentOf } from "../support/experiment-of.ts";
import { configuration, dataset, recordRuns } from "../support/recorded.ts";

function recordPair(store: Store): readonly number[] {
  const { id: datasetId } = store.datasets.record(dataset, "2026-01-01T00:00:00.000Z");
  const run = { model: { id: "alexnet", title: "AlexNet" }, title: "Arm", configuration };
  const createdAt = "2026-01-01T00:00:00.000Z";
  const pair = experimentOf(configuration, { setting: "smoothing", values: [0, 0.1] });
  return createRuns(store, {
    datasetId,
    experiment: { id: store.experiments.create(pair, createdAt), block: 0 },
    runs: [run, run],
    predictedMemoryBytes: 2e9,
    ownerId: "engine-1",
    createdAt,
  });
}

it("whatever is moved however often, the queue is as its whole list would be, also where arms have processes of their own", () => {
  const random = createRandom(7, "queue moves");
  for (let round = 0; round < 20; round++) {
    const store = openStore(":memory:");
    const runIds = Array.from({ length: 8 }, () => {
      const kind = random.integer(3);
      if (kind === 0) return recordRuns(store, 1);
      const arms = recordPair(store);
      if (kind === 2) store.runs.setThreads(arms, 1, 1e9);
      return arms;
    }).flat();
    for (let move = 0; move < 30; move++) {
      const runId = runIds[random.integer(runIds.length)]!;
      const to = queueMove.options[random.integer(3)]!;
      const before = store.queue.jobs();
      store.queue.move(runId, to);
      expect(store.queue.jobs(), `${runId} ${to} in ${JSON.stringify(before)}`).toEqual(movedIn(before, runId, to));
      const most = random.integer(10);
      expect(store.queue.jobs(most)).toEqual(store.queue.jobs().slice(0, most));
      expect(store.queue.count()).toBe(store.queue.jobs().length);
    }
    store.close();
  }
});
