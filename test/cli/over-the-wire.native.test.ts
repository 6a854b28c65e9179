/** Commands against an engine that another process could have: served, and called over a WebSocket. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSocket } from "../support/open-socket.ts";
import { createTestCli, type TestCli } from "../support/run-cli.ts";
import { wireApi } from "../support/wire-api.ts";
import { startServer } from "../support/with-engine.ts";

let test: Awaited<ReturnType<typeof startServer>>;
let wire: ReturnType<typeof wireApi>;
let cli: TestCli;
beforeAll(async () => {
  test = await startServer();
  wire = wireApi(test.server);
  cli = createTestCli();
});
afterAll(async () => {
  await wire.close();
  await test.close();
  cli.remove();
});

const data = "--data drawn:pictures=100,pixels=16 --model inception-v3 --input 32 --width 0.25 --epochs 2 --batch 16";

it("train follows the other engine's events to the run's end, which its record holds", async () => {
  const { exitCode, out } = await cli.run(`train ${data} --json --events`, { api: wire.api });
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect([exitCode, lines.at(-1)]).toMatchObject([0, { kind: "ended", runs: [{ id: 1, state: "finished" }] }]);
  expect(lines.some(({ kind }) => kind === "points")).toBe(true);
  expect(test.engine.runs.list().map(({ id, state }) => [id, state])).toEqual([[1, "finished"]]);
});

it("runs, show and queue answer with what it has, and its errors keep their code", async () => {
  const answer = async (words: string) => {
    const { exitCode, out } = await cli.run(`${words} --json`, { api: wire.api });
    return { exitCode, ...JSON.parse(out) };
  };
  expect(await answer("runs")).toMatchObject({ exitCode: 0, runs: [{ id: 1 }] });
  expect(await answer("show 1")).toMatchObject({ exitCode: 0, run: { id: 1 } });
  expect(await answer("queue")).toMatchObject({ exitCode: 0, held: null, jobs: [] });
  expect(await answer("show 7")).toMatchObject({ exitCode: 1, error: { code: "run.unknown" } });
  expect(await answer("models show nothing")).toMatchObject({ exitCode: 2, error: { code: "model.unknown" } });
});

it("what writes into a folder of this machine is no endpoint of the wire", async () => {
  const { socket, send, next } = await openSocket(test.server);
  const input = { runId: 1, weights: null, format: "safetensors", folder: cli.home };
  send({ id: 1, method: "mutation", params: { path: "local.weights.export", input } });
  const [answered] = await next(1);
  expect(answered?.error?.message).toContain(`No "mutation"-procedure on path "local.weights.export"`);
  socket.close();
});
