/** Electron's security checklist, a test a line and so a long file, on the window as it stands. Fuses are the packaged app's: see packaged.spec.ts. */

import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { createDesktop, type Desktop, test } from "./support/desktop.ts";

let desktop: Desktop;
let page: Page;
/** Stands for everything outside: whoever reaches it has left the window. */
let outside: Server;
let outsidePort: number;
let arrivals: string[] = [];

test.beforeAll(async ({ display }) => {
  outside = createServer((request, response) => {
    arrivals.push(request.url ?? "");
    response.setHeader("Access-Control-Allow-Origin", "*").end("reached");
  }).listen(0, "127.0.0.1");
  await once(outside, "listening");
  outside.on("upgrade", (request, socket) => {
    arrivals.push(`upgrade ${request.url}`);
    socket.end();
  });
  const address = outside.address();
  outsidePort = typeof address === "object" && address ? address.port : 0;
  desktop = createDesktop(mkdtempSync(join(tmpdir(), "strata-security-")), display);
  // Chromium's test pattern stands for a camera.
  page = await desktop.start({ words: ["--use-fake-device-for-media-stream"] });
  await expect(page.getByText("Engine ready")).toBeVisible();
});
test.beforeEach(() => {
  arrivals = [];
});
test.afterAll(async () => {
  await desktop.end();
  outside.close();
  rmSync(desktop.scratch, { recursive: true, force: true });
});

test("pages are sandboxed, apart from their preload script, and have no Node", async () => {
  const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Electron's own types leave this one out.
    return (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  const globals = await page.evaluate(() => [
    typeof Reflect.get(window, "require"),
    typeof Reflect.get(window, "process"),
    typeof Reflect.get(window, "module"),
  ]);
  expect(globals).toEqual(["undefined", "undefined", "undefined"]);
});

test("the preload script gives the page two functions and no more, which the page cannot replace", async () => {
  const bridge = await page.evaluate(() => {
    const before = window.strata?.call;
    try {
      Object.assign(window.strata ?? {}, { call: null, more: 1 });
    } catch {
      // Frozen, as it should be.
    }
    return { names: Object.keys(window.strata ?? {}).sort(), isSame: window.strata?.call === before };
  });
  expect(bridge).toEqual({ names: ["call", "onEvent"], isSame: true });
});

test("the content security policy stops scripts that are not the page's own, evaluation, frames and foreign addresses", async () => {
  const fetched = await page.evaluate(async (port) => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const add = (tag: string, properties: object) =>
      document.body.append(Object.assign(document.createElement(tag), properties));
    add("script", { textContent: "window.hasRunInline = true" });
    add("script", { src: `http://127.0.0.1:${port}/script.js` });
    add("img", { src: `http://127.0.0.1:${port}/picture.png` });
    add("iframe", { src: "app://strata/" });
    // The debugger's own evaluation is exempt; a timer that is given text runs in the page's name.
    setTimeout("window.hasEvaluated = true", 0);
    return fetch(`http://127.0.0.1:${port}/fetch`).catch(() => "refused");
  }, outsidePort);
  expect(fetched).toBe("refused");
  const stopped = () => page.evaluate(() => [...new Set<string>(Reflect.get(window, "violations"))].sort());
  const directives = ["connect-src", "frame-src", "img-src", "script-src", "script-src-elem"];
  await expect.poll(stopped).toEqual(expect.arrayContaining(directives));
  const ran = await page.evaluate(() => {
    for (const added of document.querySelectorAll("body > script, body > img, body > iframe")) added.remove();
    return ["hasRunInline", "hasEvaluated"].filter((name) => Reflect.has(window, name));
  });
  expect(ran).toEqual([]);
  expect(arrivals).toEqual([]);
});

test("the pages' own protocol serves built files and pictures, and nothing else of the disk", async () => {
  const statuses = await page.evaluate(async () => {
    const addresses = [
      "/index.html",
      "/../main.cjs",
      "/%2e%2e/shell/main.cjs",
      "/..%2fshell%2fmain.cjs",
      "/assets/../../../package.json",
    ];
    addresses.push(
      "/package.json",
      "/.sources",
      "/assets",
      "/etc/passwd",
      "//etc/passwd",
      "/runs/1/weights.safetensors",
    );
    return Promise.all(
      addresses.map(async (address) => [address, (await fetch(`app://strata${address}`)).status] as const),
    );
  });
  expect(statuses[0]).toEqual(["/index.html", 200]);
  for (const [address, status] of statuses.slice(1)) expect([address, status]).toEqual([address, 404]);
});

test("the page cannot be led to another address, and opens no window", async () => {
  for (const address of [
    "https://example.org/",
    `http://127.0.0.1:${outsidePort}/`,
    "file:///etc/passwd",
    "app://other/",
  ]) {
    await page.evaluate((to) => window.location.assign(to), address);
    await page.evaluate((to) => window.open(to) ?? null, address).then((opened) => expect(opened).toBeNull());
  }
  const shown = await page.evaluate(() => [window.location.href.split("#")[0], document.title]);
  expect(shown).toEqual(["app://strata/", "What do you want to compare? · Strata"]);
  expect(desktop.app.windows()).toHaveLength(1);
  expect(arrivals).toEqual([]);
  // Playwright waits for the refused ones until another ends.
  await page.reload();
});

test("every permission is denied", async () => {
  const states = await page.evaluate(async () => {
    const names = [
      "geolocation",
      "notifications",
      "camera",
      "microphone",
      "midi",
      "clipboard-read",
      "persistent-storage",
    ];
    // The type knows fewer names than browsers do.
    const query = (name: string) => navigator.permissions.query({ name: name as PermissionName });
    const queried = await Promise.all(names.map(async (name) => [name, (await query(name)).state]));
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => "given",
      () => "refused",
    );
    return [...queried, ["getUserMedia", media], ["Notification", await Notification.requestPermission()]];
  });
  for (const [name, state] of states) expect([name, state === "denied" || state === "refused"]).toEqual([name, true]);
});

test("the camera is given to the page while a person wants it, without sound, and is not kept when the page is loaded anew", async () => {
  const ask = (wanted: boolean | null, asked: MediaStreamConstraints) =>
    page.evaluate(
      async ({ isWanted, constraints }) => {
        if (isWanted !== null) await window.strata?.call({ kind: "camera", isWanted });
        return navigator.mediaDevices.getUserMedia(constraints).then(
          (stream) => {
            for (const track of stream.getTracks()) track.stop();
            return stream
              .getTracks()
              .map(({ kind }) => kind)
              .join();
          },
          (error: Error) => error.name,
        );
      },
      { isWanted: wanted, constraints: asked },
    );
  expect(await ask(false, { video: true })).toBe("NotAllowedError");
  expect(await ask(true, { video: true })).toBe("video");
  expect(await ask(true, { audio: true })).toBe("NotAllowedError");
  expect(await ask(true, { audio: true, video: true })).toBe("NotAllowedError");
  expect(await ask(false, { video: true })).toBe("NotAllowedError");
  expect(await ask(true, { video: true })).toBe("video");
  await page.reload();
  await expect(page.getByText("Engine ready")).toBeVisible();
  expect(await ask(null, { video: true })).toBe("NotAllowedError");
});

test("main answers no call that its schema does not know", async () => {
  const outcomes = await page.evaluate(async () => {
    const calls: unknown[] = [
      null,
      1,
      "engine",
      {},
      { kind: "run" },
      { kind: "engine", more: 1 },
      { kind: "choose-pictures", what: "folder", start: 3 },
      { kind: "choose-pictures", what: "program", start: null },
    ];
    calls.push({ kind: "save", runId: -1, what: "points" }, { kind: "save", runId: 1, what: "../../etc/passwd" });
    const drawing = { kind: "save-drawing", name: "map", format: "svg", bytes: new Uint8Array(1) };
    calls.push({ ...drawing, name: "../map" }, { ...drawing, format: "exe" }, { ...drawing, bytes: "text" });
    const lesson = { kind: "save-lesson", name: "lesson.strata-lesson.json", text: "{}" };
    calls.push(
      { ...lesson, name: "../l.strata-lesson.json" },
      { ...lesson, name: "lesson.exe" },
      { ...lesson, text: 1 },
    );
    calls.push({ kind: "dropped", paths: "everything" }, { kind: "recent-folders", paths: [{}] });
    // Past the type on purpose: this is what a page gone wrong would send.
    const call = window.strata?.call as unknown as (request: unknown) => Promise<unknown>;
    return Promise.all(
      calls.map((request) =>
        call(request).then(
          () => "answered",
          () => "refused",
        ),
      ),
    );
  });
  expect(new Set(outcomes)).toEqual(new Set(["refused"]));
});

test("main answers no page but its own, though it had the preload script", async () => {
  const answer = await desktop.app.evaluate(async ({ app, BrowserWindow }) => {
    const other = new BrowserWindow({
      show: false,
      webPreferences: { preload: `${app.getAppPath()}/out/window/preload/preload.cjs`, sandbox: true },
    });
    await other.loadURL("data:text/html,<title>other</title>");
    const call = "window.strata.call({ kind: 'engine' }).then(() => 'answered', () => 'refused')";
    const outcome: unknown = await other.webContents.executeJavaScript(call);
    other.destroy();
    return outcome;
  });
  expect(answer).toBe("refused");
});

test("a page that its own policy does not hold back still reaches nothing outside: the session lets nothing through", async () => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Page.setBypassCSP", { enabled: true });
  await page.reload();
  await expect(page.getByText("Engine ready")).toBeVisible();
  const reached = await page.evaluate(async (port) => {
    const target = `127.0.0.1:${port}`;
    const tried = (deed: Promise<unknown>) =>
      deed.then(
        () => "reached",
        () => "stopped",
      );
    const loaded = (tag: "img" | "script" | "iframe") =>
      new Promise((resolve, reject) => {
        const element = Object.assign(document.createElement(tag), { onload: resolve, onerror: reject });
        element.src = `http://${target}/${tag}`;
        document.body.append(element);
      });
    const socket = new Promise((resolve, reject) => {
      Object.assign(new WebSocket(`ws://${target}/socket`), { onopen: resolve, onerror: reject });
    });
    navigator.sendBeacon(`http://${target}/beacon`);
    return {
      fetch: await tried(fetch(`http://${target}/fetch`, { mode: "no-cors" })),
      name: await tried(fetch(`http://localhost:${port}/name`, { mode: "no-cors" })),
      abroad: await tried(fetch("https://example.org/", { mode: "no-cors" })),
      image: await tried(loaded("img")),
      script: await tried(loaded("script")),
      socket: await tried(socket),
    };
  }, outsidePort);
  expect(new Set(Object.values(reached))).toEqual(new Set(["stopped"]));
  expect(arrivals).toEqual([]);
  await cdp.send("Page.setBypassCSP", { enabled: false });
  await page.reload();
});

test("what stops it is the session: one without the guard reaches the same server", async () => {
  const ask = (partition: string) =>
    desktop.app.evaluate(
      ({ net, session }, { port, partition: name }) =>
        new Promise<string>((resolve) => {
          const request = net.request({
            url: `http://127.0.0.1:${port}/${name}`,
            session: session.fromPartition(name),
          });
          request.on("response", () => resolve("reached"));
          request.on("error", (error) => resolve(error.message));
          request.end();
        }),
      { port: outsidePort, partition },
    );
  expect(await ask("strata")).toBe("net::ERR_BLOCKED_BY_CLIENT");
  expect(await ask("unguarded")).toBe("reached");
  expect(arrivals).toEqual(["/unguarded"]);
});

test("no name resolves, and no connection goes around the session", async () => {
  const outcome = await desktop.app.evaluate(async ({ BrowserWindow, net, session }, port) => {
    const byName = new Promise<string>((resolve) => {
      const request = net.request({ url: `http://localhost:${port}/`, session: session.fromPartition("unguarded") });
      request.on("response", () => resolve("reached"));
      request.on("error", (error) => resolve(error.message));
      request.end();
    });
    return { byName: await byName, peers: BrowserWindow.getAllWindows()[0]?.webContents.getWebRTCIPHandlingPolicy() };
  }, outsidePort);
  expect(outcome).toEqual({ byName: "net::ERR_NAME_NOT_RESOLVED", peers: "disable_non_proxied_udp" });
});

test("the engine's token is in no address, no command line, no log and no page", async () => {
  const addresses: string[] = [];
  const cdp = await page.context().newCDPSession(page);
  cdp.on("Network.requestWillBeSent", ({ request }) => addresses.push(request.url));
  cdp.on("Network.webSocketCreated", ({ url }) => addresses.push(url));
  await cdp.send("Network.enable");
  // As it goes out on the wire: the guard listens at an earlier point, and is not replaced.
  await desktop.app.evaluate(({ session }) => {
    session.fromPartition("strata").webRequest.onSendHeaders(({ requestHeaders }) => {
      if (requestHeaders.Authorization) Object.assign(globalThis, { authorization: requestHeaders.Authorization });
    });
  });
  await page.reload();
  await expect(page.getByText("Engine ready")).toBeVisible();
  expect(addresses.some((address) => address.startsWith("ws://127.0.0.1:"))).toBe(true);

  const engine = desktop.pids("engine")[0];
  const commandLine = readFileSync(`/proc/${engine}/cmdline`, "utf8");
  const logs = readdirSync(desktop.home).filter((name) => name.endsWith(".log"));
  expect(logs).not.toEqual([]);
  const log = logs.map((name) => readFileSync(join(desktop.home, name), "utf8")).join("");
  const kept = await page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]));
  const html = await page.content();

  const authorization = await desktop.app.evaluate(() => String(Reflect.get(globalThis, "authorization")));
  const token = authorization.replace(/^Bearer /, "");
  // 256 bits in base64url, which no encoding of an address changes.
  expect(token).toMatch(/^[\w-]{43}$/);
  const places = { addresses: addresses.join(" "), commandLine, log, kept, html };
  expect(Object.entries(places).filter(([, text]) => text.includes(token))).toEqual([]);
  expect(Object.entries(places).filter(([, text]) => text === "")).toEqual([]);
});
