/**
 * A command line that is killed again and again and taken up again until its runs are complete, as a person would: `train` or `sweep`, then `resume` with
 * the number that the record says. Real processes, the real trainer, SIGKILL.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TrainDocument } from "../../src-main/cli/documents.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { recordRow } from "./record-row.ts";

const cli = fileURLToPath(new URL("../../src-main/entrypoints/cli.ts", import.meta.url));
const run = promisify(execFile);

/** Who is killed: the engine (whose training process then ends by itself), its training process (and the engine tells of it), or both at once. */
export const victims = ["engine", "trainer", "both"] as const;
export type Victim = (typeof victims)[number];

export interface KilledTraining {
  readonly home: string;
  /** `train` or `sweep`, and what stands behind it. */
  readonly words: readonly string[];
  readonly kills: number;
  /** That its processes have otherwise than this one. */
  readonly variables?: NodeJS.ProcessEnv;
  /** Resolves when the next kill is to come, or the process is gone. */
  readonly moment: (gone: AbortSignal) => Promise<void>;
  /** Of the next kill; the engine unless said. The engine too where no training process is there yet. */
  readonly victim?: () => Victim;
  /** Told after each kill that met a living process, once it is gone. */
  readonly onKilled?: () => void;
}

/** @returns what the last `resume --json`, or the first command, answered, and how many of the kills met a living process */
export async function trainThroughKills(
  training: KilledTraining,
): Promise<{ readonly document: TrainDocument; readonly killed: number }> {
  const { home, variables, victim = () => "engine", onKilled = () => {} } = training;
  let killed = 0;
  for (let kill = 0; kill < training.kills; kill++) {
    const words = nextWords(training);
    if (words === null) break;
    const child = spawn(process.execPath, [cli, ...words], { env: environment(home, variables), stdio: "ignore" });
    const gone = new AbortController();
    const exited = once(child, "exit").finally(() => gone.abort());
    await training.moment(gone.signal);
    const isMet = killOne(child, victim());
    await exited;
    if (isMet) killed++;
    if (isMet) onKilled();
  }
  const words = nextWords(training) ?? [...training.words, "--json"];
  return { document: await answerOf<TrainDocument>(home, words, variables), killed };
}

function killOne(child: ChildProcess, victim: Victim): boolean {
  if (child.exitCode !== null || child.signalCode !== null) return false;
  const trainers = victim === "engine" ? [] : childrenOf(child.pid!);
  for (const pid of trainers) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended meanwhile.
    }
  }
  return victim === "trainer" && trainers.length > 0 ? true : child.kill("SIGKILL");
}

/** None where the system does not list them (Linux does). */
function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Null once every run is complete. */
function nextWords({ home, words }: KilledTraining): readonly string[] | null {
  const { runs, open, latest } = runsOnRecord(home);
  if (runs === 0) return [...words, "--json"];
  if (open === 0) return null;
  return words[0] === "sweep" ? ["resume", "--experiment", "1", "--json"] : ["resume", String(latest), "--json"];
}

/** Read without the program, which would take a second. A killed engine may have left no record, or one without a table. */
function runsOnRecord(home: string): { readonly runs: number; readonly open: number; readonly latest: number } {
  if (!existsSync(pathsOf(home).database)) return { runs: 0, open: 0, latest: 0 };
  if (recordRow(home, "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'runs'").n === 0)
    return { runs: 0, open: 0, latest: 0 };
  const row = recordRow(
    home,
    "SELECT count(*) AS runs, count(*) FILTER (WHERE state <> 'finished') AS open, max(id) AS latest FROM runs",
  );
  return { runs: Number(row.runs), open: Number(row.open), latest: Number(row.latest) };
}

export async function answerOf<T>(home: string, words: readonly string[], variables?: NodeJS.ProcessEnv): Promise<T> {
  const { stdout } = await run(process.execPath, [cli, ...words], {
    env: environment(home, variables),
    maxBuffer: 2 ** 26,
  });
  // The command line's own document, whose type is the one it was printed from.
  return JSON.parse(stdout) as T;
}

function environment(home: string, variables: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...variables, STRATA_HOME: home };
}
