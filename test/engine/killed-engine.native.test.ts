import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, whenOver } from "../support/with-engine.ts";

const engineProcess = fileURLToPath(new URL("../support/engine-process.ts", import.meta.url));

it("an engine that is killed while it trains loses no recorded point, and its run says that it was interrupted", async () => {
  const home = await mkdtemp(join(tmpdir(), "strata-killed-"));
  const child = fork(engineProcess, [home], { execArgv: [] });
  await once(child, "message");

  // A second engine beside the living one leaves the run alone.
  const beside = await startEngine({ paths: pathsOf(home) });
  expect(beside.engine.runs.list().map(({ state }) => state)).toEqual(["running"]);
  await beside.close();

  child.kill("SIGKILL");
  await once(child, "exit");

  const next = await startEngine({ paths: pathsOf(home) });
  const [run] = next.engine.runs.list();
  expect(run).toMatchObject({ state: "interrupted", endReason: "engine-died", stepsDone: 3 });
  expect(run?.configuration).toEqual(requestFor(scripts.waitsAtStepThree).configuration);
  expect(next.engine.runs.series({ runIds: [run!.id] })[0]).toMatchObject({
    steps: [1, 2, 3],
    values: [1, 1 / 2, 1 / 3],
  });

  const [another] = (await next.engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
  expect(await whenOver(next.engine, another)).toMatchObject({ state: "finished" });
  await next.close();
  await rm(home, { recursive: true });
});
