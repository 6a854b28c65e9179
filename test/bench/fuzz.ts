/**
 * Everything that comes from outside, mutated: messages of every procedure and pictures to a real engine in a process of its own, and pictures, archives, lists of labels, weights, records
 * and saved states to what reads them, in another. `node test/bench/fuzz.ts [inputs] [kind] [seed]`: 100,000 unless said, shared over the kinds. Fails unless
 * nothing crashed, everything refused has a code, no other client waited for two seconds, and the engine held less than a gigabyte.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { recordRuns } from "../support/recorded.ts";
import type { EngineAddress, EngineMemory } from "./fuzz/engine-process.ts";
import { fuzzInspections } from "./fuzz/inspections.ts";
import { fuzzMessages } from "./fuzz/messages.ts";
import type { Waits } from "./fuzz/second-client.ts";
import { createTally, type Tally } from "./fuzz/tally.ts";
import { createTarget } from "./fuzz/target.ts";
import { targetKinds, wholePictures, writeLenet } from "./fuzz/target-cases.ts";

/** Of a hundred inputs. */
const shares = {
  messages: 40,
  inspections: 10,
  pictures: 10,
  archives: 10,
  lists: 5,
  weights: 10,
  records: 8,
  states: 7,
};
type Kind = keyof typeof shares;
const mostWaitMillis = 2_000;
const mostBytes = 1e9;

const [wanted = "100000", only, seedText = "1"] = process.argv.slice(2);
if (only !== undefined && !(only in shares))
  throw new Error(`No kind is called ${only}: ${Object.keys(shares).join(", ")}.`);
const seed = Number(seedText);
const folder = mkdtempSync(join(tmpdir(), "strata-fuzz-"));
const inputsOf = (kind: Kind) => {
  if (only !== undefined) return only === kind ? Number(wanted) : 0;
  return Math.round((Number(wanted) * shares[kind]) / 100);
};
const tallies = new Map<string, Tally>();
const tallyOf = (kind: Kind): Tally => {
  const tally = createTally(kind);
  if (inputsOf(kind) > 0) tallies.set(kind, tally);
  return tally;
};
const program = (name: string) => fileURLToPath(new URL(`./fuzz/${name}.ts`, import.meta.url));
const told = async <T>(child: ChildProcess): Promise<T> => {
  // The other end is the bench's own program, which sends what its types say.
  const [message] = (await Promise.race([once(child, "message"), once(child, "exit").then(() => [null])])) as [
    T | null,
  ];
  if (message === null) throw new Error("It ended.");
  return message;
};
const asked = <T>(child: ChildProcess): Promise<T> => {
  const answer = told<T>(child);
  child.send("tell");
  return answer;
};

process.env.NODE_COMPILE_CACHE ??= join(folder, "compiled");
const problems: string[] = [];
try {
  if (inputsOf("messages") + inputsOf("inspections") > 0) await fuzzEngine();
  await fuzzTargets();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
let inputs = 0;
for (const tally of tallies.values()) {
  inputs += tally.inputs;
  console.log(tally.inWords());
  if (tally.bad > 0) problems.push(`${tally.bad} of ${tally.kind} crashed something or have no code`);
}
console.log(`${inputs} inputs: ${problems.length === 0 ? "all held" : problems.join("; ")}`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function fuzzEngine(): Promise<void> {
  const home = join(folder, "home");
  const paths = await writeHome(home);
  const cwd = join(folder, "empty", "empty");
  mkdirSync(cwd, { recursive: true });
  const engine = fork(program("engine-process"), [home], { cwd, env: { ...process.env, HOME: cwd } });
  const at = await told<EngineAddress>(engine);
  // The same with nothing to do: what its client waits is the machine's own.
  const idle = fork(program("engine-process"), [join(folder, "idle")]);
  const idleAt = await told<EngineAddress>(idle);
  const clients = [at, idleAt].map(({ address, token }) => fork(program("second-client"), [address, token]));
  try {
    const messages = tallyOf("messages");
    await fuzzMessages(at, inputsOf("messages"), { seed, tally: messages, paths });
    const tally = tallyOf("inspections");
    await fuzzInspections(at, inputsOf("inspections"), { seed, tally, folder: join(folder, "pictures") });
    const { peakBytes } = await asked<EngineMemory>(engine);
    const [waits, idleWaits] = (await Promise.all(clients.map((client) => asked<Waits>(client)))) as [Waits, Waits];
    console.log(
      `engine: ${(peakBytes / 1e6).toFixed(0)} MB at most; another client waited ${waits.longestMillis.toFixed(0)} ms at most in ${waits.calls} calls ` +
        `(${idleWaits.longestMillis.toFixed(0)} ms at most where nothing was done), ${waits.lost} were not answered`,
    );
    if (peakBytes > mostBytes) problems.push("the engine held a gigabyte or more");
    if (waits.longestMillis > mostWaitMillis + idleWaits.longestMillis)
      problems.push("another client waited two seconds or more");
    if (waits.lost > 0) problems.push("another client was not answered");
  } catch (thrown) {
    const isAlive = engine.signalCode === null && engine.exitCode === null;
    if (isAlive) console.error(thrown);
    problems.push(
      isAlive ? `the bench stopped: ${thrown}` : `the engine ended with ${engine.signalCode ?? engine.exitCode}`,
    );
  } finally {
    for (const child of [...clients, engine, idle]) child.kill("SIGKILL");
  }
}

async function fuzzTargets(): Promise<void> {
  mkdirSync(join(folder, "target"));
  const target = createTarget(join(folder, "target"), seed);
  for (const kind of targetKinds) {
    if (inputsOf(kind) === 0) continue;
    const tally = tallyOf(kind);
    for (let number = 0; number < inputsOf(kind); number++) tally.add(await target.read({ kind, number }));
  }
  if (target.peakBytes > 0) console.log(`reading files: ${(target.peakBytes / 1e6).toFixed(0)} MB at most`);
  target.close();
}

/** A record with runs, and beside it what messages may name. */
async function writeHome(home: string): Promise<readonly string[]> {
  const store = openStore(pathsOf(home).database);
  const where = { metric: "hardLoss", split: "train", cadence: "batch", epoch: 1 } as const;
  for (const id of recordRuns(store, 12)) {
    store.points.add(
      id,
      Array.from({ length: 2_000 }, (_, index) => ({ ...where, step: index + 1, value: 1 / (index + 1) })),
    );
    store.runs.end(id, "completed", null, "2026-01-01T00:00:00.000Z");
  }
  store.close();
  const data = join(folder, "data");
  const pictures = await wholePictures();
  for (const name of ["cat", "dog"]) {
    mkdirSync(join(data, name), { recursive: true });
    for (const [index, bytes] of pictures.entries())
      for (const copy of [0, 1])
        writeFileSync(join(data, name, `${index}-${copy}`), Buffer.concat([bytes, Buffer.from(`${name}${copy}`)]));
  }
  const weights = join(folder, "lenet.safetensors");
  writeLenet(weights);
  return [data, weights];
}
