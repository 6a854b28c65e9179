/** A sweep as a person starts it, with the real trainer, killed with everything that it started. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const cli = fileURLToPath(new URL("../../src-main/entrypoints/cli.ts", import.meta.url));
const words =
  "sweep --data drawn:pictures=200,pixels=16 --model lenet5 --input 32 --epochs 30 --batch 8 --vary smoothing=0,0.1 --json".split(
    " ",
  );

const run = async (home: string, ...args: readonly string[]) => {
  const env = { ...process.env, STRATA_HOME: home };
  return JSON.parse((await promisify(execFile)(process.execPath, [cli, ...args], { env })).stdout);
};

it("a sweep that is killed in its second run finishes with the figures of one that was not", async () => {
  const homes = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), "strata-real-experiment-"))));
  const [killed, whole] = homes as [string, string];
  const env = { ...process.env, STRATA_HOME: killed };
  const child = spawn(process.execPath, [cli, ...words, "--events"], { env, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    // An epoch of the second run is behind it, and many are before it.
    if (event.kind === "run" && event.run.id === 2 && event.run.epochs >= 1) child.kill("SIGKILL");
  }
  if (child.signalCode === null) await once(child, "exit");
  const before = await run(killed, "runs", "--json");
  expect(before.runs.map(({ state }: { state: string }) => state)).toEqual(["interrupted", "finished"]);

  const resumed = await run(killed, "resume", "--experiment", "1", "--json");
  const { runs } = await run(whole, ...words);
  const figures = (all: readonly { validation: object; test: object; steps: number }[]) =>
    all.map(({ validation, test, steps }) => ({ validation, test, steps }));
  expect(figures(resumed.runs)).toEqual(figures(runs));
  expect(resumed.experiment).toBe(1);
  for (const home of homes) await rm(home, { recursive: true });
});
