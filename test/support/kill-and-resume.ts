/**
 * A command line that is killed again and again and taken up again until its runs are complete, as a person would: `train`, then `resume` with the
 * number that `runs --json` says. Real processes, the real trainer, SIGKILL.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RunsDocument, TrainDocument } from "../../src-main/cli/documents.ts";

const cli = fileURLToPath(new URL("../../src-main/entrypoints/cli.ts", import.meta.url));
const run = promisify(execFile);

export interface KilledTraining {
  readonly home: string;
  /** Words behind `train`. */
  readonly flags: readonly string[];
  readonly kills: number;
  /** Resolves when the next kill is to come, or the process is gone. */
  readonly moment: (gone: AbortSignal) => Promise<void>;
}

/** @returns what the last `resume --json`, or `train --json`, answered, and how many of the kills met a living process */
export async function trainThroughKills(
  training: KilledTraining,
): Promise<{ readonly document: TrainDocument; readonly killed: number }> {
  let killed = 0;
  for (let kill = 0; kill < training.kills; kill++) {
    const words = await nextWords(training);
    if (words === null) break;
    const child = spawn(process.execPath, [cli, ...words], { env: environment(training.home), stdio: "ignore" });
    const gone = new AbortController();
    const exited = once(child, "exit").finally(() => gone.abort());
    await training.moment(gone.signal);
    if (child.kill("SIGKILL")) killed++;
    await exited;
  }
  const words = (await nextWords(training)) ?? ["train", ...training.flags, "--json"];
  return { document: await answerOf<TrainDocument>(training.home, words), killed };
}

/** Null once every run is complete. */
async function nextWords({ home, flags }: KilledTraining): Promise<readonly string[] | null> {
  const { runs } = await answerOf<RunsDocument>(home, ["runs", "--json"]);
  const [latest] = runs;
  if (!latest) return ["train", ...flags, "--json"];
  return latest.state === "finished" ? null : ["resume", String(latest.id), "--json"];
}

export async function answerOf<T>(home: string, words: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [cli, ...words], {
    env: environment(home),
    maxBuffer: 2 ** 26,
  });
  // The command line's own document, whose type is the one it was printed from.
  return JSON.parse(stdout) as T;
}

function environment(home: string): NodeJS.ProcessEnv {
  return { ...process.env, STRATA_HOME: home };
}
