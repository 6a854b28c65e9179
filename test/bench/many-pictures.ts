/**
 * What scanning very many pictures takes: `node test/bench/many-pictures.ts [pictures]`, 100,000 unless named. Writes so many small JPEGs of ten classes with
 * splits, and has a real engine in a process of its own scan them, the first time and nine times more, and stops it on the way. Told are time, the
 * processor's time of the engine and of the process that reads for it, the most that each held, and how long the engine's event loop stood still at most, and
 * after the first and the last scan what its heap holds once it is collected: what grows until then is garbage, which V8 collects when it finds it worth its while.
 * Linux alone.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeManyPictures } from "../support/many-pictures.ts";
import type { AskedScan, ScanTold } from "./many-pictures/engine-process.ts";

const [wanted = "100000"] = process.argv.slice(2);
const pictures = Number(wanted);
const scans = 10;
const ticksPerSecond = 100;
const samplingMillis = 100;
const folder = mkdtempSync(join(tmpdir(), "strata-many-pictures-"));
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

interface Sample {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

function sampleOf(pid: number): Sample | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // Behind the name in brackets, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    return { cpuSeconds, residentBytes: Number(fields[21]) * 4_096 };
  } catch {
    return null; // it has ended
  }
}
function childrenOf(pid: number): readonly number[] {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ");
  return pids.filter((text) => text !== "").map(Number);
}

/** Follows a process and those that it started; what one has used until its last sample stays counted. */
function follow(pid: number) {
  const cpuSeconds = new Map<number, number>();
  let peakBytes = 0;
  let readersPeakBytes = 0;
  const look = (): void => {
    const own = sampleOf(pid);
    if (own) {
      cpuSeconds.set(pid, own.cpuSeconds);
      peakBytes = Math.max(peakBytes, own.residentBytes);
    }
    let readersBytes = 0;
    for (const child of childrenOf(pid)) {
      const sample = sampleOf(child);
      if (sample) cpuSeconds.set(child, sample.cpuSeconds);
      readersBytes += sample?.residentBytes ?? 0;
    }
    readersPeakBytes = Math.max(readersPeakBytes, readersBytes);
  };
  look();
  const before = new Map(cpuSeconds);
  const timer = setInterval(look, samplingMillis);
  return () => {
    look();
    clearInterval(timer);
    const used = [...cpuSeconds].map(([of, seconds]) => [of, seconds - (before.get(of) ?? 0)] as const);
    const engineSeconds = used.find(([of]) => of === pid)?.[1] ?? 0;
    const readersSeconds = used.reduce((sum, [of, seconds]) => sum + (of === pid ? 0 : seconds), 0);
    return { engineSeconds, readersSeconds, peakBytes, readersPeakBytes, heldBytes: sampleOf(pid)?.residentBytes ?? 0 };
  };
}

async function scan(engine: ChildProcess, asked: AskedScan): Promise<ScanTold> {
  engine.send(asked);
  const [told] = await once(engine, "message");
  return told as ScanTold; // the bench's own program sends what its types say
}

const load = () => `load ${loadavg()[0]!.toFixed(1)}`;
const path = join(folder, "pictures");
const begun = performance.now();
await writeManyPictures(path, pictures);
console.log(`${pictures} pictures written in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
const program = fileURLToPath(new URL("./many-pictures/engine-process.ts", import.meta.url));
const engine = fork(program, [join(folder, "home")], { execArgv: ["--expose-gc"] });
try {
  await once(engine, "message");
  const pid = engine.pid!;
  console.log(
    `${availableParallelism()} cores, ${load()}, the engine holds ${megabytes(sampleOf(pid)!.residentBytes)}`,
  );
  for (let number = 1; number <= scans; number++) {
    const told = follow(pid);
    const {
      millis,
      longestBlockMillis,
      longestTurnMillis,
      pictures: seen,
      liveHeapBytes,
    } = await scan(engine, { path, stopAt: null, collects: number === 1 || number === scans });
    const { engineSeconds, readersSeconds, peakBytes, readersPeakBytes, heldBytes } = told();
    console.log(
      `scan ${number}: ${seen} pictures in ${(millis / 1_000).toFixed(1)} s; processor ${engineSeconds.toFixed(1)} s engine, ` +
        `${readersSeconds.toFixed(1)} s reader; at most ${megabytes(peakBytes)} engine, ${megabytes(readersPeakBytes)} reader; ` +
        `${megabytes(heldBytes)} engine afterwards; event loop blocked ${longestBlockMillis.toFixed(0)} ms at most, ` +
        `${longestTurnMillis.toFixed(0)} ms of them computing; ${load()}` +
        (liveHeapBytes === null ? "" : `; ${megabytes(liveHeapBytes)} of its heap alive`),
    );
  }
  for (const share of [0, 0.01, 0.5, 1]) {
    const { stoppedAfterMillis, pictures: seen } = await scan(engine, {
      path,
      stopAt: Math.floor(share * pictures),
      collects: false,
    });
    const words = seen > 0 ? "had ended" : `stopped after ${stoppedAfterMillis?.toFixed(0)} ms`;
    console.log(`stop at ${100 * share} %: ${words}`);
  }
} finally {
  engine.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
