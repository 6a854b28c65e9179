/**
 * The Windows app's engine under Wine trains what Linux trains, as far as rounding lets it. Values are read from both records by Linux' command line, as a record that was carried from one
 * system to the other. Nothing is said of the window, which Wine does not show, and nothing of Windows itself.
 */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWine, type Wine, windowsPath } from "./support/wine.ts";

const engine = join(process.env.STRATA_PACKAGES ?? "", "win-unpacked", "resources", "engine");
const canRun = existsSync(engine) && spawnSync("wine", ["--version"]).status === 0;
const commandLine = (root: string) => join(root, "src-main", "entrypoints", "cli.ts");
const clone = join(import.meta.dirname, "..", "..");

let wine: Wine;
beforeAll(async () => {
  if (canRun) wine = await openWine();
});
afterAll(async () => {
  if (canRun) await wine.remove();
});

async function onLinux(home: string, words: readonly string[]): Promise<void> {
  const env = { ...process.env, STRATA_HOME: join(wine.scratch, home) };
  await promisify(execFile)(process.execPath, [commandLine(clone), ...words], { env });
}

async function onWindows(home: string, words: readonly string[]): Promise<void> {
  await wine.runNode(join(engine, "node.exe"), [windowsPath(commandLine(engine)), ...words], {
    STRATA_HOME: windowsPath(join(wine.scratch, home)),
    STRATA_NATIVE: windowsPath(join(engine, "native")),
  });
}

/** The hard loss of every batch, of the only run in a record. */
async function lossesOf(home: string): Promise<readonly number[]> {
  const folder = join(wine.scratch, `${home}-curves`);
  await onLinux(home, ["curves", "1", "--to", folder, "--format", "csv"]);
  const [head = "", ...lines] = readFileSync(join(folder, "curves.csv"), "utf8").trim().split("\n");
  const columns = head.split(",");
  const rows = lines.map((line) => {
    const cells = line.split(",");
    return (column: string) => cells[columns.indexOf(column)];
  });
  const batches = rows.filter((cell) => cell("metric") === "hardLoss" && cell("per") === "batch");
  return batches.sort((one, other) => Number(one("step")) - Number(other("step"))).map((cell) => Number(cell("value")));
}

/** Trains the same on both systems: how far apart the losses are, batch by batch. */
async function apartOf(name: string, words: string): Promise<readonly number[]> {
  const all = ["train", ...words.split(" "), "--seed", "1", "--threads", "2", "--json"];
  await onLinux(`linux-${name}`, all);
  await onWindows(`windows-${name}`, all);
  const [linux, windows] = [await lossesOf(`linux-${name}`), await lossesOf(`windows-${name}`)];
  expect(windows.length).toBe(linux.length);
  // A network that learned nothing would prove nothing.
  expect(new Set(linux).size).toBe(linux.length);
  return linux.map((loss, step) => Math.abs(loss - (windows[step] ?? Number.NaN)));
}

describe.skipIf(!canRun)("Windows' engine (needs wine, and what npm run package -- --for windows makes)", () => {
  test("trains LeNet-5 to the losses of Linux but for their last bits", async () => {
    const apart = await apartOf("lenet5", "--data drawn:pictures=480 --model lenet5 --epochs 2");
    expect(apart.length).toBeGreaterThanOrEqual(20);
    expect(Math.max(...apart)).toBeLessThan(1e-6);
  });

  // Through batch normalisation what differs by rounding grows some tenfold a step, once it is there: these steps are before that.
  test("trains Inception-v3 through its first twelve steps to the losses of Linux but for their last bits", async () => {
    const size = "--data drawn:pictures=420 --model inception-v3 --input 32 --width 0.25 --batch 16 --epochs 1";
    const apart = await apartOf("inception", `${size} --optimizer sgd --learning-rate 0.01`);
    expect(apart.length).toBeGreaterThanOrEqual(20);
    expect(Math.max(...apart.slice(0, 12))).toBeLessThan(1e-5);
  });
});
