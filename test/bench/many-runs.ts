/**
 * What 10,000 waiting runs cost: `node test/bench/many-runs.ts [runs] [start|engine|pages|halving]`, all parts unless one is named. Times what a person waits for: that
 * so many runs are started; of a record where so many wait the engine's start, what a window is sent first, a page of the list, what is done to the queue, the
 * command line, and the first content of each page in Chromium; and a decision of successive halving. The pages have to be built. Medians of several tries but
 * for what happens once. Beside other work the processor's time is what can be compared.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { runListQuestion } from "../../src-main/contract/run-list.ts";
import { countRuns } from "../../src-main/domain/experiments/experiment-plan.ts";
import { createEngine } from "../../src-main/engine/create-engine.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { fillQueue } from "../support/large-record.ts";
import { requestFor, scriptedTrainer } from "../support/with-engine.ts";
import { timeHalving } from "./many-runs-halving.ts";
import { median } from "./median.ts";

const [runs = "10000", part] = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), "strata-many-"));
const paths = pathsOf(home);
const cli = fileURLToPath(new URL("../../src-main/entrypoints/cli.ts", import.meta.url));
const tries = 9;

async function millisOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
const say = (what: string, value: number, unit = "ms") =>
  console.log(`${what.padEnd(52)} ${value.toFixed(1).padStart(9)} ${unit}`);
async function again(what: string, work: (index: number) => unknown): Promise<void> {
  const all: number[] = [];
  for (let index = 0; index < tries; index++) all.push(await millisOf(() => work(index)));
  say(what, median(all));
}

async function timeEngine(runIds: readonly number[]): Promise<void> {
  let start = performance.now();
  const engine = await createEngine({ paths, version: "0.0.0", keepsQueue: true, trainerEntry: scriptedTrainer });
  say("the engine starts", performance.now() - start);
  const snapshot = async () => {
    const done = new AbortController();
    for await (const event of engine.feed.subscribe(done.signal)) {
      done.abort();
      return JSON.stringify(event);
    }
    throw new Error("The engine closed.");
  };
  start = performance.now();
  const { length } = await snapshot();
  say("the first snapshot", performance.now() - start);
  say("a snapshot", length / 1e3, "kB");
  await again("a snapshot, again", snapshot);
  const page = (changes = {}) => JSON.stringify(engine.runList.page(runListQuestion.parse(changes)));
  await again("a page of the list", () => page());
  say("a page of the list", page().length / 1e3, "kB");
  await again("a page of it, sorted by a setting", () =>
    page({ sort: { column: "training.learningRate", isDescending: true } }),
  );
  await again("a page of it, found by a condition", (index) => page({ text: `seed>${index}` }));
  const last = runIds.length - 1;
  await again("a job moved to the front", (index) => engine.queue.move(runIds[last - index]!, "front"));
  await again("a job moved up, in the middle", (index) => engine.queue.move(runIds[(last >> 1) + index]!, "up"));
  await again("a job taken out", (index) => engine.scheduling.stop(runIds[(last >> 2) + index]!));
  await again("the queue held", () => engine.queue.hold());
  // Each try begins one job, which waits at a step until it is stopped.
  await again("the queue goes on, and the next job begins", () => {
    engine.queue.goOn();
    engine.queue.hold();
  });
  await again("a page of the list, after a change", () => {
    engine.runs.rename(runIds[0]!, "Another");
    page();
  });
  start = performance.now();
  await engine.close();
  say("the engine closes", performance.now() - start);
}

/** A grid, and as many points of a random search, which have no settings in common. */
async function timeStart(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "strata-start-"));
  const engine = await createEngine({
    paths: pathsOf(folder),
    version: "0.0.0",
    keepsQueue: true,
    trainerEntry: scriptedTrainer,
  });
  engine.queue.hold();
  const base = requestFor(1);
  await engine.datasets.open(base.configuration.dataset);
  const side = Math.ceil(Math.sqrt(count));
  const numbers = Array.from({ length: side }, (_, index) => index + 1);
  const rates = numbers.map((number) => number / 1_000);
  const ranges = [
    { kind: "log", setting: "learningRate", from: 1e-4, to: 1 },
    { kind: "log", setting: "weightDecay", from: 1e-5, to: 1e-2 },
  ] as const;
  const requests = {
    "a grid": { ...base, factors: [{ setting: "learningRate", values: rates, isBlocked: false }], seeds: numbers },
    "a search": { ...base, factors: [{ draws: count, seed: 1, ranges: [...ranges], isBlocked: false as const }] },
  };
  for (const [name, request] of Object.entries(requests)) {
    const stretch = monitorEventLoopDelay({ resolution: 1 });
    await pause(100);
    stretch.enable();
    const before = process.cpuUsage();
    const millis = await millisOf(() => engine.scheduling.start(request));
    const { user, system } = process.cpuUsage(before);
    await pause(20);
    stretch.disable();
    say(`${name} of ${countRuns(request)} runs started`, millis);
    say("of it processor's time", (user + system) / 1e3);
    say("the engine's thread was held at most", stretch.max / 1e6);
  }
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Until a row of the page that the address names is there, from the moment when it is asked for. */
async function timePages(): Promise<void> {
  const child = spawn(process.execPath, [cli, "serve"], {
    env: { ...process.env, STRATA_HOME: home },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let address: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    address = /http:\/\/\S+/.exec(line)?.[0];
    if (address) break;
  }
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    const context = await browser.newContext();
    await (await context.newPage()).goto(address!);
    const pages = { live: "ol[aria-label] li", runs: "tbody a", compare: "h1", train: "h1" };
    for (const [name, content] of Object.entries(pages)) {
      await again(`first content of ${name} in Chromium`, async () => {
        const page = await context.newPage();
        await page.goto(new URL(`/#/${name}`, address).href);
        await page.locator(content).first().waitFor();
        await page.close();
      });
    }
  } finally {
    await browser.close();
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  }
}

const isAsked = (name: string) => part === undefined || part === name;

if (isAsked("start")) await timeStart(Number(runs));
if (isAsked("halving"))
  for (const { results, median: usual, most } of timeHalving(Number(runs))) {
    say(`a decision at a rung of ${results} results, processor`, usual);
    say("the longest of the last of them", most);
  }
try {
  const store = openStore(paths.database);
  let runIds: readonly number[] = [];
  const filled = await millisOf(() => {
    runIds = fillQueue(store, Number(runs));
  });
  store.queue.hold(new Date().toISOString());
  store.close();
  say(`${runs} waiting runs recorded`, filled);
  if (isAsked("engine")) {
    await timeEngine(runIds);
    await again("`strata runs --json`", () =>
      execFileSync(process.execPath, [cli, "runs", "--json"], {
        env: { ...process.env, STRATA_HOME: home },
        maxBuffer: 1e9,
      }),
    );
  }
  if (isAsked("pages")) await timePages();
} finally {
  rmSync(home, { recursive: true, force: true });
}
