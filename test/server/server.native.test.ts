/** What the server answers, to whom: one server for all, hence one long file. */
import { mkdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createTRPCClient, createWSClient, httpLink, wsLink } from "@trpc/client";
import { pino } from "pino";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessFromHash, protocolsWith } from "../../src-main/contract/access.ts";
import type { EngineEvent } from "../../src-main/contract/events.ts";
import { singleRun } from "../../src-main/domain/experiments/experiment-plan.ts";
import { statusOfError } from "../../src-main/engine/calls/error-status.ts";
import type { Router } from "../../src-main/engine/router.ts";
import { makePipe } from "../support/no-files.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startServer, whenOver } from "../support/with-engine.ts";

type Started = Awaited<ReturnType<typeof startServer>>;
let test: Started;
let port: string;
beforeAll(async () => {
  test = await startServer();
  port = new URL(test.server.address).port;
});
afterAll(() => test.close());

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

/** A request with exactly these headers, which fetch would not send. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${test.server.address}${path}`, { headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.alloc(0) });
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** As a browser has them that opened the printed address: the cookie, and what the page reads of the address that it is led to. */
async function opened() {
  const { status, headers } = await ask(`/open?token=${test.server.token}`);
  const location = String(headers.location);
  const cookie = String(headers["set-cookie"]);
  const access = accessFromHash(location.slice(location.indexOf("#")));
  if (access === null) throw new Error(`No access in ${location}`);
  return { status, location, setCookie: cookie, cookie: cookie.split(";")[0]!, access };
}

const isOfPages = (route: string) => ["GET /", "HEAD /", "GET /*", "HEAD /*"].includes(route);
const isOfFiles = (route: string) => /^(GET|HEAD) \/(pictures|held-pictures|activations|runs)\//.test(route);

const withToken = () => ({ authorization: `Bearer ${test.server.token}` });
const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
};

describe("without the token", () => {
  it("every route answers 401 and says where the address is", async () => {
    const { routes } = test.server;
    expect(routes).toEqual(expect.arrayContaining(["GET /api", "POST /api/:path", "GET /pictures/:dataset/:example"]));
    for (const route of routes) {
      const [method, path] = route.split(" ") as [string, string];
      const { status, body } = await ask(path.replace("*", "anything"), {}, method);
      expect([route, status]).toEqual([route, 401]);
      if (method !== "HEAD") expect(body.toString()).toContain("/open?token=");
    }
  });

  it("neither is a path that does not exist told apart from one that does, nor any other method let through", async () => {
    for (const path of ["/nothing", "/api/status", "/api", "/assets/../../package.json", "/%2e%2e/package.json"])
      expect([path, (await ask(path)).status]).toEqual([path, 401]);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
      expect([method, (await ask("/", {}, method)).status]).toEqual([method, 401]);
  });

  it("no WebSocket is opened", async () => {
    for (const path of ["/api", "/", "/nothing"]) expect((await ask(path, upgrade)).status).toBe(401);
  });

  it("a wrong one is as good as none", async () => {
    for (const token of ["", "x", `${test.server.token}x`, test.server.token.slice(1)]) {
      expect((await ask("/", { authorization: `Bearer ${token}` })).status).toBe(401);
      expect((await ask("/", { cookie: `strata-${port}=${token}` })).status).toBe(401);
      expect((await ask(`/open?token=${token}`)).status).toBe(401);
    }
    expect((await ask("/open")).status).toBe(401);
    expect((await ask(`/open?token=${test.server.token}&token=x`)).status).toBe(401);
  });
});

describe("with the cookie alone, which a browser sends to every server of this host", () => {
  it("every route but the built pages answers 401, and no WebSocket is opened", async () => {
    const { cookie } = await opened();
    for (const route of test.server.routes.filter((each) => !isOfPages(each))) {
      const [method, path] = route.split(" ") as [string, string];
      expect([route, (await ask(path.replace("*", "anything"), { cookie }, method)).status]).toEqual([route, 401]);
    }
    for (const path of ["/api", "/", "/nothing"])
      expect([path, (await ask(path, { ...upgrade, cookie })).status]).toEqual([path, 401]);
    for (const method of ["POST", "PUT", "DELETE", "PATCH"])
      expect([method, (await ask("/", { cookie }, method)).status]).toEqual([method, 401]);
    expect((await ask("/", { cookie })).status).not.toBe(401);
  });

  it("it is as good as nothing as a token or as a key, at whatever place", async () => {
    const value = (await opened()).cookie.split("=")[1]!;
    expect(value).toMatch(/^[\w-]{43}$/);
    const offers: Record<string, string>[] = [
      { authorization: `Bearer ${value}` },
      { ...upgrade, "sec-websocket-protocol": protocolsWith(value).join(", ") },
    ];
    for (const headers of offers) expect((await ask("/api", headers)).status).toBe(401);
    for (const path of [`/open?token=${value}`, `/pictures/1/0?key=${value}`, `/runs/1/points.csv?key=${value}`])
      expect([path, (await ask(path)).status]).toEqual([path, 401]);
  });

  it("a page whose token is out of date is told so, though its cookie is good", async () => {
    const { cookie } = await opened();
    expect((await ask("/", { cookie, authorization: "Bearer none" }, "HEAD")).status).toBe(401);
  });
});

describe("with the key for files alone, which stands in addresses", () => {
  it("pictures and downloads are given, and every other route answers 401", async () => {
    const { filesKey } = (await opened()).access;
    for (const route of test.server.routes) {
      const [method, path] = route.split(" ") as [string, string];
      const { status } = await ask(`${path.replace("*", "anything")}?key=${filesKey}&token=${filesKey}`, {}, method);
      expect([route, status === 401]).toEqual([route, !isOfFiles(route)]);
    }
    expect((await ask(`/api?key=${filesKey}`, upgrade)).status).toBe(401);
    expect((await ask("/api/status", { authorization: `Bearer ${filesKey}` })).status).toBe(401);
  });
});

it("no secret is logged, whatever is asked with it", async () => {
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const logged = await startServer({}, { log });
  const { address, token } = logged.server;
  const entered = await fetch(`${address}/open?token=${token}`, { redirect: "manual" });
  const cookie = entered.headers.get("set-cookie")!.split(";")[0]!;
  const access = accessFromHash(new URL(entered.headers.get("location")!, address).hash)!;
  for (const path of ["/nothing", "/api/nothing", "/pictures/9/9", "/runs/9/points.csv", "/runs/x/points.csv"])
    for (const query of ["", `?key=${access.filesKey}`, `?token=${token}`, `?key=${token}&input=${token}`])
      for (const headers of [{}, { cookie }, { authorization: `Bearer ${token}` }])
        await fetch(`${address}${path}${query}`, { headers });
  await fetch(`${address}/open?token=${token}x`);
  await fetch(`${address}/api/runs.get?input=${token}`, { headers: { authorization: `Bearer ${token}` } });
  await logged.close();
  const text = lines.join("");
  expect(text).toContain("refused");
  expect(text).toContain("call failed");
  for (const secret of [token, access.filesKey, cookie.split("=")[1]!]) expect(text).not.toContain(secret);
});

describe("with the token", () => {
  it("the address that is printed sets a cookie that scripts and other sites cannot use, and leads to the app with what lets it in", async () => {
    const { status, location, setCookie, cookie, access } = await opened();
    expect([status, location]).toEqual([303, `/#access=${test.server.token}.${access.filesKey}`]);
    expect(setCookie).toContain(`strata-${port}=`);
    expect(setCookie).toContain("HttpOnly");
    expect(setCookie).toContain("SameSite=Strict");
    expect(new Set([cookie.split("=")[1], access.token, access.filesKey]).size).toBe(3);
    expect((await ask("/api/status", { authorization: `Bearer ${access.token}` })).status).toBe(200);
  });

  it("a page's WebSocket is opened by a subprotocol, which the answer does not repeat", async () => {
    const { headers, status } = await ask("/api", {
      ...upgrade,
      "sec-websocket-protocol": protocolsWith(test.server.token).join(", "),
    });
    expect([status, headers["sec-websocket-protocol"]]).toEqual([101, "strata"]);
    const wrong = { ...upgrade, "sec-websocket-protocol": protocolsWith("x".repeat(43)).join(", ") };
    expect((await ask("/api", wrong)).status).toBe(401);
    // A plain request is not let in by what only a socket may bring.
    const plain = { "sec-websocket-protocol": protocolsWith(test.server.token).join(", ") };
    expect((await ask("/api/status", plain)).status).toBe(401);
  });

  it("pages may run no script but the server's own, nor be framed", async () => {
    const policy = String((await ask("/", withToken())).headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port}`);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it("a path outside the pages is not found", async () => {
    for (const path of ["/nothing", "/../package.json", "/%2e%2e/%2e%2e/package.json", "/..%2fpackage.json"])
      expect([404, 403, 400]).toContain((await ask(path, withToken())).status);
  });
});

describe("pages of other servers", () => {
  it("are refused by their Host, though they hold the token", async () => {
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", "127.0.0.1:1", `127.0.0.1.nip.io:${port}`])
      for (const headers of [{}, upgrade])
        expect([host, (await ask("/api", { ...withToken(), ...headers, host })).status]).toEqual([host, 403]);
  });

  it("are refused by their Origin, though they hold the token", async () => {
    for (const origin of ["http://evil.example", "null", `https://127.0.0.1:${port}`, `http://localhost:${port}`])
      for (const headers of [{}, upgrade])
        expect([origin, (await ask("/api", { ...withToken(), ...headers, origin })).status]).toEqual([origin, 403]);
  });

  it("are all that is refused: the server's own pages connect by each of its names", async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const headers = { ...withToken(), ...upgrade, host, origin: `http://${host}` };
      expect((await ask("/api", headers)).status).toBe(101);
    }
  });
});

describe("the desktop window's pages, which this server did not serve", () => {
  const pageOrigin = "app://strata";

  it("are let in by their origin and the token together, by neither alone", async () => {
    const other = await startServer({}, { pageOrigin });
    const { port: otherPort } = new URL(other.server.address);
    const askOther = async (headers: Record<string, string>) =>
      (await fetch(`${other.server.address}/api/status`, { headers })).status;
    const authorization = `Bearer ${other.server.token}`;
    expect(await askOther({ origin: pageOrigin, authorization })).toBe(200);
    expect(await askOther({ origin: pageOrigin })).toBe(401);
    expect(await askOther({ origin: pageOrigin, cookie: `strata-${otherPort}=x` })).toBe(401);
    expect(await askOther({ origin: "app://other", authorization })).toBe(403);
    await other.close();
  });

  it("are refused where no window started the server", async () => {
    expect((await ask("/api", { ...withToken(), origin: pageOrigin })).status).toBe(403);
  });
});

describe("the wire", () => {
  it("answers calls over HTTP and over a WebSocket, and subscriptions begin with a snapshot", async () => {
    const http = createTRPCClient<Router>({
      links: [httpLink({ url: `${test.server.address}/api`, headers: withToken() })],
    });
    expect((await http.status.query()).version).toBe("0.0.0");

    class WebSocketWithToken extends WebSocket {
      constructor(url: string | URL) {
        // Node's WebSocket takes headers; the browser's type, which is all that TypeScript knows, does not.
        super(url, { headers: withToken() } as unknown as string[]);
      }
    }
    const socket = createWSClient({
      url: `${test.server.address.replace("http", "ws")}/api`,
      WebSocket: WebSocketWithToken,
    });
    const ws = createTRPCClient<Router>({ links: [wsLink({ client: socket })] });
    expect((await ws.models.list.query()).map(({ id }) => id)).toContain("alexnet");
    const first = await new Promise<EngineEvent>((resolve, reject) => {
      const subscription = ws.events.subscribe(undefined, {
        onError: reject,
        onData: (event) => {
          subscription.unsubscribe();
          resolve(event);
        },
      });
    });
    expect(first.kind).toBe("snapshot");
    await socket.close();
  });

  it("gives coded errors in words, and of a broken input which setting is wrong, without a stack", async () => {
    const http = createTRPCClient<Router>({
      links: [httpLink({ url: `${test.server.address}/api`, headers: withToken() })],
    });
    const unknown = await http.runs.get.query({ runId: 7 }).catch((error: unknown) => error);
    expect(unknown).toMatchObject({ data: { strata: { code: "run.unknown", problem: "There is no run 7." } } });
    const { configuration } = requestFor(1);
    const training = { ...configuration.training, smoothing: 1 };
    const wrong = await http.training.start
      .mutate(singleRun({ ...configuration, training }))
      .catch((error: unknown) => error);
    expect(wrong).toMatchObject({ data: { strata: { code: "settings.invalid" } } });
    expect(JSON.stringify(wrong)).toContain("configuration.training.smoothing");
    expect(JSON.stringify(wrong)).not.toContain("node_modules");
  });

  it("says over HTTP whose fault an error is", async () => {
    const asked = async (path: string, input: object) => {
      const { status, body } = await ask(
        `/api/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
        withToken(),
      );
      return [status, JSON.parse(String(body)).error.data.strata.code];
    };
    expect(await asked("runs.get", { runId: 999 })).toEqual([404, "run.unknown"]);
    expect(await asked("experiments.get", { experimentId: 999 })).toEqual([404, "experiment.unknown"]);
    expect(await asked("runs.list", { text: "smothing>0" })).toEqual([400, "find.unknown-name"]);
    expect(await asked("runs.list", { most: 0 })).toEqual([400, "settings.invalid"]);
    const statuses = (["training.busy", "store.busy", "disk.full", "data.no-classes"] as const).map(statusOfError);
    expect(statuses).toEqual([409, 503, 500, 400]);
  });

  it("takes no request that is larger than any could need", async () => {
    const answer = await fetch(`${test.server.address}/api/runs.annotate`, {
      method: "POST",
      headers: { ...withToken(), "content-type": "application/json" },
      body: JSON.stringify({ runId: 1, note: "x".repeat(1_100_000) }),
    });
    expect(answer.status).toBe(413);
  });
});

describe("pictures", () => {
  it("are shown at the size asked for, and answered from the browser's own copy when it has it", async () => {
    const { id } = await test.engine.datasets.inspect(requestFor(1).configuration.dataset);
    const { status, headers, body } = await ask(`/pictures/${id}/3?pixels=8`, withToken());
    expect([status, headers["content-type"]]).toEqual([200, "image/webp"]);
    expect(await sharp(body).metadata()).toMatchObject({ format: "webp", width: 8, height: 8 });
    const again = await ask(`/pictures/${id}/3?pixels=8`, { ...withToken(), "if-none-match": String(headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it("that are not there are not found", async () => {
    const { id } = await test.engine.datasets.inspect(requestFor(1).configuration.dataset);
    for (const path of [`/pictures/${id}/100`, "/pictures/99/0"])
      expect((await ask(path, withToken())).status).toBe(404);
    for (const path of [`/pictures/${id}/-1`, "/pictures/x/0", `/pictures/${id}/0?pixels=0`])
      expect((await ask(path, withToken())).status).toBe(400);
  });
});

it("who fails too often is told so, and who holds the token is still let in", async () => {
  const other = await startServer();
  const statuses = new Set<number>();
  // As many as it takes: the count begins anew each minute, which a busy machine may come to.
  while (!statuses.has(429)) statuses.add((await fetch(other.server.address)).status);
  expect([...statuses]).toEqual([401, 429]);
  const headers = { authorization: `Bearer ${other.server.token}` };
  expect((await fetch(`${other.server.address}/api/status`, { headers })).status).toBe(200);
  await other.close();
});

it("a port that is taken is said to be", async () => {
  await expect(startServer({}, { port: Number(port) })).rejects.toMatchObject({ code: "server.port-taken" });
});

describe("downloads", () => {
  it("give a run's points, its weights where there are any, and their code where there are none", async () => {
    const trained = async (script: number) => {
      const { runIds } = await test.engine.scheduling.start(requestFor(script));
      await whenOver(test.engine, runIds[0]!);
      return runIds[0]!;
    };
    const whole = await trained(scripts.trainsToTheEnd);
    const points = await ask(`/runs/${whole}/points.csv`, withToken());
    expect(points.body.toString()).toMatch(/hardLoss,train,batch,1,1,nats,\d+,0\.5\n/);
    const weights = await ask(`/runs/${whole}/weights.safetensors`, withToken());
    expect([weights.status, weights.body.toString()]).toEqual([200, "eight by"]);
    expect(weights.headers["content-disposition"]).toContain(`strata-run-${whole}.safetensors`);
    const last = await ask(`/runs/${whole}/last-weights.safetensors`, withToken());
    expect([last.status, last.body.toString()]).toEqual([200, "eight by"]);
    expect(last.headers["content-disposition"]).toContain(`strata-run-${whole}-last.safetensors`);
    const killed = await trained(scripts.killedAtStepThree);
    const none = await ask(`/runs/${killed}/weights.safetensors`, withToken());
    expect([none.status, JSON.parse(none.body.toString()).error.code]).toEqual([404, "weights.none"]);
    expect((await ask("/runs/x/weights.safetensors", withToken())).status).toBe(400);
    const path = test.engine.weights.pathOf(whole, null);
    rmSync(path);
    const gone = await ask(`/runs/${whole}/weights.safetensors`, withToken());
    expect([gone.status, JSON.parse(gone.body.toString()).error.code]).toEqual([404, "weights.not-found"]);
    // Windows has no pipes among its files.
    if (process.platform === "win32") mkdirSync(path);
    else makePipe(path);
    const noFile = await ask(`/runs/${whole}/weights.safetensors`, withToken());
    expect([noFile.status, JSON.parse(noFile.body.toString()).error.code]).toEqual([404, "file.not-regular"]);
  });
});
