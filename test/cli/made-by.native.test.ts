/** Runs as a person starts them, with the real trainer: each says what made it. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MadePart } from "../../src-main/contract/made-by.ts";
import { processorFeatures } from "../../src-main/platform/processor.ts";
import { commitOfClone } from "../../src-main/platform/version.ts";
import { createTestCli } from "../support/run-cli.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cli = join(root, "src-main", "entrypoints", "cli.ts");
const train = "train --data drawn:pictures=100,pixels=16 --model lenet5 --input 32 --batch 8 --json".split(" ");

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "strata-made-by-"));
});
afterAll(() => rm(home, { recursive: true }));

const strata = async (words: readonly string[]): Promise<string> => {
  const env = { ...process.env, STRATA_HOME: home };
  return (await promisify(execFile)(process.execPath, [cli, ...words], { env })).stdout;
};
/** What only reads the record needs no process of its own. */
const read = async (words: string): Promise<string> => (await createTestCli(home).run(words)).out;
const madeBy = async (runId: number): Promise<readonly MadePart[]> =>
  JSON.parse(await read(`show ${runId} --json`)).run.madeBy;

it("a run says what made it, one that another setting made differs in it, and one that was gone on with has both", async () => {
  await strata([...train, "--epochs", "1"]);
  const doctor = JSON.parse(await strata(["doctor", "--json"])).findings;
  const here: MadePart = {
    fromStep: 0,
    version: JSON.parse(await readFile(join(root, "package.json"), "utf8")).version,
    commit: commitOfClone(root),
    tensorflow: doctor.find(({ name }: { name: string }) => name === "TensorFlow").found,
    device: doctor.find(({ name }: { name: string }) => name === "Devices").found.startsWith("GPU") ? "GPU" : "CPU",
    gpu: null,
    isCompiled: true,
    refusal: null,
    precision: "float32",
    threads: availableParallelism(),
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() || null,
    processorFeatures: processorFeatures(),
    platform: process.platform,
    architecture: process.arch,
  };
  expect(await madeBy(1)).toEqual([here]);
  const shown = await read("show 1");
  const lines = shown.split("\n").map((line) => line.replace(/ {2,}/, ": "));
  expect(lines).toEqual(expect.arrayContaining([`tensorflow: ${here.tensorflow}`, `strata: ${here.version}`]));

  // Sources may be changed while this runs, which a run then says.
  const commit = here.commit && expect.stringMatching(here.commit.slice(0, 40));
  const opByOp = { ...here, commit, isCompiled: false, refusal: "asked for" };
  const asked = spawn(process.execPath, [cli, ...train, "--epochs", "400", "--events"], {
    env: { ...process.env, STRATA_HOME: home, STRATA_EAGER: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: asked.stdout })) {
    const event = JSON.parse(line);
    if (event.kind === "run" && event.run.epochs >= 2) asked.kill("SIGINT");
  }
  if (asked.exitCode === null && asked.signalCode === null) await once(asked, "exit");
  expect(await madeBy(2)).toEqual([opByOp]);
  const compared = await read("compare 1 2");
  expect(compared).toContain("These runs were made by different ways to run a step");
  expect(compared).toMatch(/^training step +compiled step +step by single operations: asked for$/m);

  const resumed = spawn(process.execPath, [cli, "resume", "2", "--json", "--events"], {
    env: { ...process.env, STRATA_HOME: home },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: resumed.stdout })) {
    const event = JSON.parse(line);
    if (event.kind === "points") resumed.kill("SIGINT");
  }
  if (resumed.exitCode === null && resumed.signalCode === null) await once(resumed, "exit");
  const parts = await madeBy(2);
  expect(parts).toEqual([opByOp, { ...here, commit, fromStep: expect.any(Number) }]);
  expect(parts[1]?.fromStep).toBeGreaterThan(0);
});
