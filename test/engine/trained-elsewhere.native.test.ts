import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { eventWhere, startEngine } from "../support/with-engine.ts";

const engineProcess = fileURLToPath(new URL("../support/engine-process.ts", import.meta.url));

it("what another engine's process trains is told here, with its points in the record, and a stop reaches it", async () => {
  const home = await mkdtemp(join(tmpdir(), "strata-elsewhere-"));
  const here = await startEngine({ paths: pathsOf(home), keepsQueue: true });
  const heard = eventWhere(here.engine, (event) =>
    event.kind === "run" && event.run.state === "running" && event.run.stepsDone === 3 ? event.run : undefined,
  );
  const child = fork(engineProcess, [home], { execArgv: [] });
  const exited = once(child, "exit");
  await once(child, "message");

  // Told of by the heartbeat, though this engine trains nothing itself and says so.
  const run = await heard;
  expect(run).toMatchObject({ id: 1, endReason: null, stepsPerEpoch: expect.any(Number) });
  const snapshot = await eventWhere(here.engine, (event) => (event.kind === "snapshot" ? event : undefined));
  expect(snapshot).toMatchObject({ active: [], runs: [{ id: 1, state: "running" }] });
  expect(here.engine.runs.series({ runIds: [run.id] })[0]).toMatchObject({ steps: [1, 2, 3] });

  const over = eventWhere(here.engine, (event) =>
    event.kind === "run" && event.run.endReason !== null ? event.run : undefined,
  );
  here.engine.scheduling.stop(run.id);
  expect(await over).toMatchObject({ id: 1, state: "stopped", endReason: "stopped-by-person" });
  child.kill("SIGKILL");
  await exited;
  await here.close();
  await rm(home, { recursive: true });
});
