/** A small message of whoever holds the token cannot stop the engine for others, nor grow it. */
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { modelList } from "../../src-main/engine/models/model-list.ts";
import { usualLimits } from "../../src-main/server/connections.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { type Answered, openSocket, query } from "../support/open-socket.ts";
import { recordRuns } from "../support/recorded.ts";
import { startServer } from "../support/with-engine.ts";

type Started = Awaited<ReturnType<typeof startServer>>;
let test: Started;
let runIds: readonly number[];
beforeAll(async () => {
  test = await startServer();
  const store = openStore(test.paths.database);
  runIds = recordRuns(store, 700);
  store.transaction(() => {
    for (const runId of runIds) store.runs.end(runId, "completed", null, "2026-01-01T00:00:00.000Z");
  });
  store.close();
});
afterAll(() => test.close());

it("a run that is named ten thousand times is looked at once", async () => {
  const wire = await openSocket(test.server);
  const read = vi.spyOn(test.engine.runs, "seriesInTurns");
  const mark = vi.spyOn(test.engine.runs, "mark");
  const named = Array.from({ length: 10_000 }, () => runIds[0]!);
  const metrics = Array.from({ length: 900 }, () => "hardLoss");
  wire.send(query(1, "runs.series", { runIds: named, metrics }));
  wire.send({ ...query(2, "runs.mark", { runIds: named, isPinned: true }), method: "mutation" });
  const answers = await wire.next(2);
  expect(answers.map(({ error }) => error)).toEqual([undefined, undefined]);
  expect(read).toHaveBeenCalledExactlyOnceWith({ runIds: [runIds[0]], metrics: ["hardLoss"], maxPoints: 2_000 });
  expect(mark).toHaveBeenCalledExactlyOnceWith([runIds[0]], { isPinned: true });
  wire.send(query(3, "runs.series", { runIds: runIds.slice(0, 51) }));
  const [tooMany] = await wire.next(1);
  expect(tooMany!.error!.data.strata).toMatchObject({
    code: "settings.invalid",
    problem: "runIds: at most 50 runs at once.",
  });
  wire.socket.close();
});

it("hundreds of runs that change at once are told in one event, and the engine serves others while their files go", async () => {
  const done = new AbortController();
  const events = test.engine.feed.subscribe(done.signal)[Symbol.asyncIterator]();
  const next = async () => (await events.next()).value;
  await next();
  const marked = test.engine.runs.mark(runIds, { isArchived: true, addTags: ["old"] });
  expect(marked.map(({ id, isArchived, tags }) => [id, isArchived, tags])).toEqual(
    runIds.map((id) => [id, true, ["old"]]),
  );
  expect(await next()).toMatchObject({ kind: "snapshot" });

  let turns = 0;
  const isOver = vi.fn();
  const countTurns = () => {
    turns++;
    if (isOver.mock.calls.length === 0) setImmediate(countTurns);
  };
  setImmediate(countTurns);
  const freed = await test.engine.runs.freeSpace(runIds).finally(isOver);
  expect(freed).toHaveLength(700);
  expect(turns).toBeGreaterThan(10);
  done.abort();
});

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));

it("a batch of more calls than a hundred is refused whole, over a WebSocket and over HTTP", async () => {
  const list = vi.spyOn(test.engine.runs, "list");
  const wire = await openSocket(test.server);
  wire.send(times(101, (id) => query(id, "runs.list")));
  const codes = (await wire.next(101)).map(({ error }) => error?.data.strata?.code);
  expect(new Set(codes)).toEqual(new Set(["server.too-many-calls"]));
  // A path of several names is no longer than one name may be.
  const paths = times(101, () => "x").join(",");
  const headers = { authorization: `Bearer ${test.server.token}` };
  const answer = await fetch(`${test.server.address}/api/${paths}?batch=1`, { headers });
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([
    429,
    expect.stringContaining("server.too-many-calls"),
  ]);
  expect(list).not.toHaveBeenCalled();
  wire.send(times(100, (id) => query(id, "status")));
  expect((await wire.next(100)).every(({ error }) => error === undefined)).toBe(true);
  list.mockRestore();
  wire.socket.close();
});

it("of one connection a hundred calls are going at most, those that listen among them; the rest is refused at once", async () => {
  const wire = await openSocket(test.server);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const inspect = vi.spyOn(test.engine.datasets, "inspect").mockImplementation(async () => {
    await answered;
    throw new Error("enough");
  });
  const source = { kind: "drawn", pictures: 100, pixels: 16, difficulty: 0.3, seed: 1 };
  wire.send({ id: 1, method: "subscription", params: { path: "events" } });
  await wire.next(2);
  // What is told meanwhile to who listens is no answer to a call.
  const nextAnswers = async (count: number) => {
    const answers: Answered[] = [];
    while (answers.length < count) answers.push(...(await wire.next(1)).filter(({ id }) => id !== 1));
    return answers;
  };
  for (let id = 2; id <= 122; id++) wire.send({ ...query(id, "data.inspect", { source }), method: "mutation" });
  const refused = await nextAnswers(22);
  expect(new Set(refused.map(({ error }) => error?.data.strata?.code))).toEqual(new Set(["server.too-many-calls"]));
  expect(inspect).toHaveBeenCalledTimes(99);
  answer();
  await nextAnswers(99);
  inspect.mockRestore();
  wire.send(query(200, "status"));
  expect((await nextAnswers(1))[0]).toMatchObject({ id: 200, result: {} });
  wire.socket.close();
});

it("a connection whose answers are not read is closed, and those of others go on", async () => {
  const { server, close } = await startServer({}, { limits: { ...usualLimits, silentMillis: 300, signMillis: 300 } });
  onTestFinished(close);
  const { socket, answerBytes } = await unreadSocket(server);
  const batch = frameOf(JSON.stringify(times(50, (id) => query(id, "models.list"))));
  let isClosed = false;
  let readBytes = 0;
  socket
    .on("error", () => {})
    .on("close", () => {
      isClosed = true;
    });
  const mostBatches = 2 + Math.ceil(150_000_000 / answerBytes / 50);
  for (let sent = 0; sent < mostBatches && !isClosed; sent++) {
    socket.write(batch);
    await pause(20);
  }
  socket.on("data", (data: Buffer) => {
    readBytes += data.length;
  });
  socket.resume();
  // An error may come first, as of Windows.
  if (!isClosed) await new Promise<void>((resolve) => socket.once("close", () => resolve()));
  expect(readBytes).toBeLessThan(120_000_000);
  const headers = { authorization: `Bearer ${server.token}` };
  expect((await fetch(`${server.address}/api/status`, { headers })).status).toBe(200);
});

it("a connection that reads late is waited for, and then has an answer to every call", async () => {
  const { socket, answerBytes } = await unreadSocket();
  const batch = frameOf(JSON.stringify(times(50, (id) => query(id, "models.list"))));
  const batches = Math.ceil(100_000_000 / answerBytes / 50);
  let isClosed = false;
  socket
    .on("error", () => {})
    .on("close", () => {
      isClosed = true;
    });
  for (let sent = 0; sent < batches; sent++) {
    socket.write(batch);
    await pause(20);
  }
  const read: Buffer[] = [];
  socket.on("data", (data: Buffer) => void read.push(data));
  socket.resume();
  // It reads, and says so as a page does.
  const signs = setInterval(() => socket.write(frameOf("PONG")), 1_000);
  // Of those that wait together some are refused: more than a hundred are going.
  const answers = () =>
    Buffer.concat(read)
      .toString("latin1")
      .match(/\{"id":\d+,"(result|error)":/g)?.length ?? 0;
  await expect.poll(() => isClosed || answers(), { timeout: 120_000, interval: 500 }).toBe(batches * 50);
  clearInterval(signs);
  socket.destroy();
});

it("what is wrong with an input is said in a few words, however much of it is wrong or however long it is", async () => {
  const wire = await openSocket(test.server);
  const wrong = (count: number) => ({ runIds: [1], metrics: times(count, () => "x") });
  const long = "x".repeat(500_000);
  wire.send(query(1, "runs.series", wrong(200_000)));
  wire.send(query(2, "runs.series", wrong(5_000)));
  wire.send(query(3, "models.show", { id: long }));
  wire.send(query(4, long));
  wire.send({ ...query(5, "data.inspect", { source: { kind: "folder", path: `/${long}` } }), method: "mutation" });
  const answers = await wire.next(5);
  for (const answer of answers) expect(JSON.stringify(answer).length).toBeLessThan(25_000);
  const codes = Object.fromEntries(answers.map(({ id, error }) => [id, error?.data.strata?.code]));
  expect(codes).toMatchObject({ 1: "request.invalid", 2: "settings.invalid", 3: "settings.invalid" });
  wire.socket.close();
});

it("what is no call of a procedure is refused with a code: no JSON, no such name, another method", async () => {
  const wire = await openSocket(test.server);
  wire.socket.send("{");
  wire.send(query(1, "runs.lost"));
  wire.send({ ...query(2, "status"), method: "mutation" });
  const answers = await wire.next(3);
  expect(answers.map(({ error }) => error?.data.strata?.code)).toEqual(answers.map(() => "request.invalid"));
  wire.socket.close();
  const headers = { authorization: `Bearer ${test.server.token}` };
  const answer = await fetch(`${test.server.address}/api/runs.get?input={`, { headers });
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([
    400,
    expect.stringContaining("request.invalid"),
  ]);
});

/** Open, and read no further. */
async function unreadSocket(
  { address, token } = test.server,
): Promise<{ readonly socket: Socket; readonly answerBytes: number }> {
  const headers = {
    authorization: `Bearer ${token}`,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"),
  };
  const sent = request(`${address}/api`, { headers }).end();
  const socket = await new Promise<Socket>((resolve) => sent.once("upgrade", (_, opened: Socket) => resolve(opened)));
  socket.pause();
  return { socket, answerBytes: JSON.stringify(modelList()).length };
}

/** A text frame as a client sends it, masked with zeros. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.from([0x81, 0x80 | 126, body.length >> 8, body.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([head, body]);
}
