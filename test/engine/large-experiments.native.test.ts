/** An experiment of thousands of runs is recorded as a whole, and others are answered meanwhile. */
import { spawnSync } from "node:child_process";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { runListQuestion } from "../../src-main/contract/run-list.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { endOfKilled } from "../support/killed.ts";
import { temporaryFolder } from "../support/picture-folder.ts";
import { requestFor, startEngine } from "../support/with-engine.ts";

const program = fileURLToPath(new URL("../support/start-and-die.ts", import.meta.url));
const firstPage = runListQuestion.parse({});
const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it("is seen by nobody before all of it is there, and what is asked meanwhile is answered", async () => {
  const { engine, close } = await startEngine({ keepsQueue: true });
  onTestFinished(close);
  engine.queue.hold();
  const request = {
    ...requestFor(1),
    factors: [{ setting: "learningRate", values: [0.01, 0.02, 0.03], isBlocked: false }],
    seeds: seeds(1_000),
  };
  const seen: number[] = [];
  let isStarted = false;
  const starting = engine.scheduling.start(request).finally(() => {
    isStarted = true;
  });
  while (!isStarted) {
    seen.push(engine.runList.page(firstPage).allRuns);
    await turn();
  }
  const { runIds, experimentId } = await starting;
  expect(new Set(seen.slice(0, -1))).toEqual(new Set([0]));
  expect(seen.length).toBeGreaterThan(3);
  expect(runIds).toEqual(seeds(3_000));
  const [last] = engine.runs.list();
  expect(last).toMatchObject({
    ...{ id: 3_000, title: "Inception-v3, learning rate 0.03, seed 1000", state: "queued" },
    experiment: { id: experimentId, block: 2_999, arm: null },
    configuration: { seed: 1_000, training: { learningRate: 0.03 } },
  });
  expect(engine.queue.view(3).jobs).toEqual([[1], [2], [3]]);
  expect(engine.queue.view().waiting).toBe(3_000);
});

it("the list has of runs that were just recorded what another process reads of them", async () => {
  const { engine, paths, close } = await startEngine({ keepsQueue: true });
  onTestFinished(close);
  engine.queue.hold();
  await engine.scheduling.start({
    ...requestFor(1, { pair: { setting: "smoothing", values: [0, 0.1] } }),
    seeds: [1, 2],
  });
  const code = `
    const { openStore } = await import(process.argv[1]);
    const store = openStore(process.argv[2]);
    console.log(JSON.stringify(store.runs.list().map(({ loss, ...run }) => run)));
    store.close();`;
  // As an address: of Windows' paths `import` takes the drive for a protocol.
  const store = new URL("../../src-main/store/open-store.ts", import.meta.url).href;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", code, store, paths.database], {
    encoding: "utf8",
  });
  expect(engine.runs.list().map(({ loss: _, ...run }) => run)).toEqual(JSON.parse(stdout));
});

it.for([
  [3, 0],
  [-1, 3_000],
])(
  "an engine that is killed after so many turns, or once it has recorded (%i), leaves %i of 3,000 runs",
  ([turns, left]) => {
    const home = temporaryFolder();
    const { status, signal, stderr } = spawnSync(process.execPath, [program, home, "3000", String(turns)], {
      encoding: "utf8",
    });
    expect({ status, signal, stderr }).toEqual({ ...endOfKilled, stderr: "" });
    const store = openStore(pathsOf(home).database);
    onTestFinished(store.close);
    expect(store.runs.list()).toHaveLength(left!);
    expect(store.experiments.list()).toHaveLength(left === 0 ? 0 : 1);
    expect(store.queue.count()).toBe(left);
  },
);
