/**
 * Windows' app as its installer brings it, under Wine: installed without a question, asked, trained, served, brought up to date and removed. It trains what Linux
 * trains, weight by weight: values are read from both records by Linux' command line, as a record that was carried from one system to the other. The
 * tests go on from one another. Nothing is said of the window, which Wine does not show, and nothing of Windows itself.
 */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { DoctorFinding } from "../../src-main/contract/machine.ts";
import { openWeights } from "../../src-main/models/weights-file.ts";
import { eventLimitMillis, testLimitMillis } from "../support/patience.ts";
import { fitToWine, openWine, type Wine, windowsPath } from "./support/wine.ts";

const made = process.env.STRATA_PACKAGES ?? "";
const installer = existsSync(made) ? readdirSync(made).find((name) => name.endsWith(".exe")) : undefined;
const canRun = installer !== undefined && spawnSync("wine", ["--version"]).status === 0;
const linuxCommandLine = join(import.meta.dirname, "..", "..", "src-main", "entrypoints", "cli.ts");

let wine: Wine;
const program = () => join(wine.localFolder, "Programs", "Strata");
const engine = () => join(program(), "resources", "engine");
const record = () => join(wine.localFolder, "Strata");
const linuxHome = () => join(wine.scratch, "linux-home");

/**
 * oneDNN's kernels on both: TensorFlow takes them by itself on Windows, and on Linux where the processor has instructions for networks, as AVX-512 VNNI. On
 * another one the systems would compute by different code.
 */
const kernels = { TF_ENABLE_ONEDNN_OPTS: "1" };

beforeAll(async () => {
  if (canRun) wine = await openWine(kernels);
});
afterAll(async () => {
  if (canRun) await wine.remove();
});

/** Silently; resolves to the exit code. An installer adds its bytes up before it begins, which takes most of its time where it is not compressed: `/NCRC` is without. */
async function install(...more: readonly string[]): Promise<number | null> {
  return (await wine.run(join(made, installer ?? ""), "/S", ...more)).code;
}

const commandLine = () => ["cmd", "/c", windowsPath(join(engine(), "bin", "strata.cmd"))];

async function onWindows(...words: readonly string[]): Promise<string> {
  const { code, said, complained } = await wine.run(...commandLine(), ...words);
  expect(code, complained.slice(-2_000)).toBe(0);
  return said;
}

async function onLinux(home: string, words: readonly string[]): Promise<string> {
  const env = { ...process.env, ...kernels, STRATA_HOME: home };
  return (await promisify(execFile)(process.execPath, [linuxCommandLine, ...words], { env })).stdout;
}

/** The hard loss of every batch of a run. */
async function lossesOf(home: string, run: number): Promise<readonly number[]> {
  const folder = join(home, `curves-${run}`);
  await onLinux(home, ["curves", String(run), "--to", folder, "--format", "csv"]);
  const [head = "", ...lines] = readFileSync(join(folder, "curves.csv"), "utf8").trim().split("\n");
  const columns = head.split(",");
  const rows = lines.map((line) => {
    const cells = line.split(",");
    return (column: string) => cells[columns.indexOf(column)];
  });
  const batches = rows.filter((cell) => cell("metric") === "hardLoss" && cell("per") === "batch");
  return batches.sort((one, other) => Number(one("step")) - Number(other("step"))).map((cell) => Number(cell("value")));
}

async function weightsOf(home: string, run: number): Promise<ReadonlyMap<string, Float32Array>> {
  const folder = join(home, `weights-${run}`);
  await onLinux(home, ["export", String(run), "--to", folder]);
  const file = openWeights(join(folder, "weights.safetensors"));
  const weights = new Map([...file.shapes.keys()].map((name) => [name, file.read(name)]));
  file.close();
  return weights;
}

/** The same training on both systems, as the next run of either's record. */
async function trainOnBoth(words: string): Promise<void> {
  const all = ["train", ...words.split(" "), "--seed", "1", "--threads", "2", "--json"];
  await onLinux(linuxHome(), all);
  await onWindows(...all);
}

/** How far apart the losses of both records' run of that number are, batch by batch. */
async function apartOf(run: number): Promise<readonly number[]> {
  const [linux, windows] = [await lossesOf(linuxHome(), run), await lossesOf(record(), run)];
  expect(windows.length).toBe(linux.length);
  // A network that learned nothing would prove nothing.
  expect(new Set(linux).size).toBe(linux.length);
  return linux.map((loss, step) => Math.abs(loss - windows[step]!));
}

/** All weights to the last bit, and all losses within their last bits. */
async function expectAlike(run: number, leastSteps: number): Promise<void> {
  const apart = await apartOf(run);
  expect(apart.length).toBeGreaterThanOrEqual(leastSteps);
  expect(Math.max(...apart)).toBeLessThan(1e-6);
  const [ours, theirs] = [await weightsOf(linuxHome(), run), await weightsOf(record(), run)];
  expect([...theirs.keys()]).toEqual([...ours.keys()]);
  const isOther = (name: string) => ours.get(name)!.some((value, at) => !Object.is(value, theirs.get(name)![at]));
  expect([...ours.keys()].filter(isOther)).toEqual([]);
}

describe.skipIf(!canRun)(
  "Windows' app (needs wine, and the installer that npm run package -- --for windows makes)",
  // A compressed installer took 21 minutes on two cores with a load of 17.
  { timeout: testLimitMillis },
  () => {
    test("is installed without a question, and finds all that it needs", async () => {
      expect(await install()).toBe(0);
      fitToWine(join(engine(), "node.exe"));
      const { findings }: { findings: readonly DoctorFinding[] } = JSON.parse(await onWindows("doctor", "--json"));
      expect(findings.filter(({ isFine }) => !isFine)).toEqual([]);
      expect(findings).toContainEqual(
        expect.objectContaining({ name: "Node", found: expect.stringContaining("win32") }),
      );
    });

    // A batch's loss is a sum, which Windows' TensorFlow adds up in another order: its last bit may be another, which no weight depends on.
    test("trains LeNet-5 to the weights of Linux, and to its losses but for their last bits", async () => {
      await trainOnBoth("--data drawn:pictures=480 --model lenet5 --epochs 2");
      await expectAlike(1, 20);
    });

    const inception = "--data drawn:pictures=420 --model inception-v3 --input 32 --width 0.25 --batch 16 --epochs 1";

    // The norm that gradients are clipped by is such a sum, and all weights depend on it: without clipping.
    test("trains the whole of Inception-v3 over twenty steps to the weights of Linux, and to its losses but for their last bits", async () => {
      await trainOnBoth(`${inception} --clip-norm none`);
      await expectAlike(2, 20);
    });

    // With clipping, what differs by rounding grows tenfold a step and more: later losses say nothing of the engines.
    test("trains Inception-v3 as its preset has it, with clipping, through its first steps to the losses of Linux", async () => {
      await trainOnBoth(inception);
      // The second has seen a gradient of every layer.
      expect(Math.max(...(await apartOf(3)).slice(0, 2))).toBeLessThan(1e-5);
    });

    test("serves the app to a browser, and is not replaced meanwhile", async () => {
      const serving = wine.start(...commandLine(), "serve", "--json");
      const { openAddress } = await vi.waitFor(() => JSON.parse(serving.said()), {
        ...{ timeout: eventLimitMillis, interval: 250 },
      });
      const opened = await fetch(openAddress, { redirect: "manual" });
      expect(opened.status).toBe(303);
      const [cookie = ""] = (opened.headers.get("set-cookie") ?? "").split(";");
      const page = await fetch(new URL(opened.headers.get("location") ?? "", openAddress), { headers: { cookie } });
      expect(await page.text()).toContain("<title>Strata</title>");

      expect(await install("/NCRC")).toBe(2);
      expect((await wine.run("taskkill", "/f", "/im", "node.exe")).code).toBe(0);
    });

    test("a newer installation takes its place and leaves the record", async () => {
      expect(await install("/NCRC")).toBe(0);
      fitToWine(join(engine(), "node.exe"));
      expect(JSON.parse(await onWindows("show", "1", "--json"))).toMatchObject({ run: { id: 1, state: "finished" } });
    });

    test("is removed, but for the record", async () => {
      // `_?=` keeps it from going on in a copy of itself, which no one could wait for; what it runs from, it leaves.
      const words = ["/S", `_?=${windowsPath(program())}`];
      expect((await wine.run(join(program(), "Uninstall Strata.exe"), ...words)).code).toBe(0);
      expect(readdirSync(program())).toEqual(["Uninstall Strata.exe"]);
      expect(JSON.parse(await onLinux(record(), ["show", "1", "--json"]))).toMatchObject({ run: { id: 1 } });
    });
  },
);
