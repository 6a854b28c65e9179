/** What somebody without the token can do by connections alone. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { usualLimits } from "../../src-main/server/connections.ts";
import { startServer } from "../support/with-engine.ts";

const fewHandles = fileURLToPath(new URL("../support/few-handles.ts", import.meta.url));

interface Opened {
  readonly socket: Socket;
  /** All that came back, once the other side has closed. */
  readonly closed: Promise<string>;
}

async function open(address: string): Promise<Opened> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let text = "";
  socket.on("data", (data: Buffer) => {
    text += data;
  });
  socket.on("error", () => {});
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(text)));
  await once(socket, "connect");
  return { socket, closed };
}

const openMany = async (address: string, count: number): Promise<Opened[]> => {
  const opened: Opened[] = [];
  for (let index = 0; index < count; index++) opened.push(await open(address));
  return opened;
};

const statusOf = async (address: string, token: string) =>
  (await fetch(`${address}/api/status`, { headers: { authorization: `Bearer ${token}` } })).status;

async function serverWith(limits: Partial<typeof usualLimits>) {
  const started = await startServer({}, { limits: { ...usualLimits, ...limits } });
  onTestFinished(() => started.close());
  return started.server;
}

it("who sends nothing, half of the headers, or a body drop by drop is answered 408 and closed", async () => {
  const server = await serverWith({ headersMillis: 200, requestMillis: 400 });
  const host = new URL(server.address).host;
  const [silent, halfAHeader, slowBody] = await openMany(server.address, 3);
  halfAHeader!.socket.write("GET / HTTP/1.1\r\nHost: ");
  const headers = `Host: ${host}\r\nAuthorization: Bearer ${server.token}\r\nContent-Type: application/json`;
  slowBody!.socket.write(`POST /api/runs.annotate HTTP/1.1\r\n${headers}\r\nContent-Length: 1000\r\n\r\n{`);
  const drops = setInterval(() => slowBody!.socket.write(" "), 50);
  for (const { closed } of [silent!, halfAHeader!, slowBody!]) expect(await closed).toMatch(/^(HTTP\/1\.1 408 |$)/);
  clearInterval(drops);
  expect(await statusOf(server.address, server.token)).toBe(200);
});

it("of more strangers than there may be the longest waits least, and who holds the token is let in and stays", async () => {
  const server = await serverWith({ strangers: 3, connections: 8 });
  const known = await open(server.address);
  const ask = `GET /api/status HTTP/1.1\r\nHost: ${new URL(server.address).host}\r\nAuthorization: Bearer ${server.token}\r\n\r\n`;
  known.socket.write(ask);
  await once(known.socket, "data");
  const strangers = await openMany(server.address, 5);
  await Promise.all(strangers.slice(0, 2).map(({ closed }) => closed));
  expect(strangers.slice(2).map(({ socket }) => socket.closed)).toEqual([false, false, false]);
  known.socket.write(ask);
  expect(String((await once(known.socket, "data"))[0])).toContain("HTTP/1.1 200");
  expect(await statusOf(server.address, server.token)).toBe(200);
});

it("connections in all are capped, with the token too", async () => {
  const server = await serverWith({ connections: 4 });
  const opened = await openMany(server.address, 6);
  await Promise.all(opened.slice(4).map(({ closed }) => closed));
  expect(opened.slice(0, 4).map(({ socket }) => socket.closed)).toEqual([false, false, false, false]);
});

it.runIf(process.platform === "linux")(
  "strangers who open as many connections as there are handles do not fail a run",
  async () => {
    const child = fork(fewHandles, ["160"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    const [{ address, token }] = (await once(child, "message")) as [{ address: string; token: string }];
    await openMany(address, 300);
    child.send("train");
    const [ended] = await once(child, "message");
    expect(ended).toEqual({ state: "finished", error: null });
    expect(token).toMatch(/^[\w-]{43}$/);
  },
);
