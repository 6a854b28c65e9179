/** Homes that cannot be one: every command says so in the one coded sentence, and a log that cannot be written stops none. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import type { EngineToShell } from "../../src-main/contract/engine-process.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { createTestCli } from "../support/run-cli.ts";
import { homeWithoutLog, temporaryFolder, unusablePlace, unusablePlaces } from "../support/unusable-places.ts";

const entry = (name: string) => fileURLToPath(new URL(`../../src-main/entrypoints/${name}.ts`, import.meta.url));
const sentence = /^The folder cannot be written\. Set STRATA_HOME to one that can: \S+\n$/;
const training = "--data drawn:pictures=100,pixels=16 --model lenet5 --input 32 --epochs 1";
/** All that open the record. */
const commands = [
  "runs",
  "show 1",
  "compare 1 2",
  "queue",
  "sweeps",
  "resume 1",
  "export 1 --to out",
  "data inspect drawn:pictures=100,pixels=16",
  `train ${training}`,
  `sweep ${training} --vary smoothing=0,0.1`,
  "serve",
  "app",
];

const representatives: readonly string[] = ["below a file", "a read-only disk"];

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly messages: readonly EngineToShell[];
}

/** A program of ours as a process of its own, which is told to end once it has said what `until` waits for. */
async function outcomeOf(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  until: (message: EngineToShell) => boolean = () => false,
): Promise<Outcome> {
  const [command = "", ...rest] = words;
  const env = { ...process.env, ...environment };
  const child = spawn(command, rest, { env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (text) => {
    stdout += text;
  });
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  const messages: EngineToShell[] = [];
  child.on("message", (message) => {
    const told = message as EngineToShell;
    messages.push(told);
    if (until(told)) child.kill();
  });
  const [code] = await once(child, "close");
  return { code, stdout, stderr, messages };
}

describe.for(unusablePlaces)("a home that is %s", (place) => {
  it("is said as one document with --json, and in a sentence with its path without", async () => {
    const home = unusablePlace(place);
    const cli = createTestCli(home);
    const asked = await cli.run("runs --json");
    expect([asked.exitCode, asked.err]).toEqual([1, ""]);
    expect(JSON.parse(asked.out)).toMatchObject({ error: { code: "disk.read-only" } });
    const { exitCode, out, err } = await cli.run("runs");
    expect([exitCode, out, err]).toEqual([1, "", expect.stringMatching(sentence)]);
    expect(err).toContain(home);
  });

  it("costs a picture cache there its run, with the sentence", async () => {
    const dataset = await openDataset({ kind: "drawn", pictures: 100, pixels: 16, difficulty: 0, seed: 1 });
    const cacheFolder = unusablePlace(place);
    await expect(preparePictures({ dataset, inputPixels: 16, resize: usualResize, cacheFolder })).rejects.toMatchObject(
      {
        code: "disk.read-only",
        remedy: expect.stringContaining(cacheFolder),
      },
    );
  });
});

// Whoever opens the home gets the same error of one table: here one place that can be no folder and one that refuses stand for all.
describe.for(unusablePlaces.filter((place) => representatives.includes(place)))("a home that is %s", (place) => {
  it("is said in one sentence by every command", async () => {
    const home = unusablePlace(place);
    const cli = createTestCli(home);
    for (const words of commands) {
      const { exitCode, out, err } = await cli.run(words);
      const said = err.replace(/^No desktop window.*\n/, "");
      expect([words, exitCode, out, said]).toEqual([words, 1, "", expect.stringMatching(sentence)]);
      expect(said).toContain(home);
    }
  });

  it("is a finding of the doctor's", async () => {
    const { exitCode, out } = await createTestCli(unusablePlace(place)).run("doctor --json");
    expect(exitCode).toBe(1);
    const finding = {
      name: "Record of runs",
      isFine: false,
      remedy: "Set STRATA_HOME to a folder that can be written.",
    };
    expect(JSON.parse(out).findings).toContainEqual(expect.objectContaining(finding));
  });

  it("is told to the shell by the engine's process, which ends, and leaves no stack trace in a terminal", async () => {
    const environment = { STRATA_HOME: unusablePlace(place) };
    const engine = await outcomeOf([process.execPath, entry("engine"), "app://strata"], environment);
    expect(engine).toMatchObject({ code: 1, stdout: "", stderr: "" });
    expect(engine.messages).toMatchObject([{ kind: "failed", error: { code: "disk.read-only" } }]);
    const { code, stdout, stderr } = await outcomeOf([process.execPath, entry("cli"), "runs"], environment);
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(sentence)]);
  });
});

describe("a log that cannot be written", () => {
  const line = /^Nothing is logged \(something that is no folder is in the way\): \S+strata\.log\n/;

  it("is said once by a command, which does its work", async () => {
    const { exitCode, out, err } = await createTestCli(homeWithoutLog()).run("runs");
    expect([exitCode, out]).toEqual([0, "No run is recorded yet. Start one with strata train.\n"]);
    expect(err).toMatch(new RegExp(`${line.source}$`));
  });

  it("leaves a training its record", async () => {
    const { exitCode, out, err } = await createTestCli(homeWithoutLog()).run(`train ${training} --json`);
    expect([exitCode, JSON.parse(out).runs[0].state]).toEqual([0, "finished"]);
    expect(err).toMatch(line);
  });

  it("is said by the engine's process on its standard error, and the engine listens", async () => {
    const words = [process.execPath, entry("engine"), "app://strata"];
    const isListening = ({ kind }: EngineToShell) => kind === "listening";
    const { stderr, messages } = await outcomeOf(words, { STRATA_HOME: homeWithoutLog() }, isListening);
    expect(messages.some(isListening)).toBe(true);
    expect(stderr).toMatch(new RegExp(`${line.source}$`));
  });
});

describe.skipIf(process.platform === "win32")("without STRATA_HOME (Windows has other variables)", () => {
  const runs = [process.execPath, entry("cli"), "runs"];
  const unset = { STRATA_HOME: "", XDG_DATA_HOME: "" };

  it("an empty one counts as not set, and so does an XDG_DATA_HOME that is empty or relative", async () => {
    for (const XDG_DATA_HOME of ["", "relative"]) {
      const HOME = temporaryFolder();
      expect((await outcomeOf(runs, { ...unset, XDG_DATA_HOME, HOME })).code).toBe(0);
      expect(existsSync(pathsOf(join(HOME, ".local", "share", "strata")).database)).toBe(true);
    }
  });

  it("a user who has no home folder is told what to set, by the doctor too", async () => {
    const { code, stderr } = await outcomeOf(runs, { ...unset, HOME: "" });
    expect([code, stderr]).toEqual([
      1,
      "This user has no home folder to keep the record of runs in. Set STRATA_HOME to a folder that can be written.\n",
    ]);
    const doctor = await outcomeOf([process.execPath, entry("cli"), "doctor", "--json"], { ...unset, HOME: "" });
    const finding = {
      name: "Record of runs",
      isFine: false,
      remedy: "Set STRATA_HOME to a folder that can be written.",
    };
    expect(JSON.parse(doctor.stdout).findings).toContainEqual(expect.objectContaining(finding));
  });

  const asNobody = ["setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups"];
  const canBeNobody = process.getuid?.() === 0 && process.platform === "linux";

  it.skipIf(!canBeNobody)("so is one whom the system does not know (needs the right to become another)", async () => {
    const withoutHome = ["env", "-u", "HOME", ...runs];
    const { code, stderr } = await outcomeOf([...asNobody, ...withoutHome], unset);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^This user has no home folder/)]);
  });

  it.skipIf(!canBeNobody)("another user's home is not written (needs the right to become another)", async () => {
    const { code, stderr } = await outcomeOf([...asNobody, ...runs], { STRATA_HOME: temporaryFolder() });
    expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
  });
});
