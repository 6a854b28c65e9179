/**
 * The packaged app, moved to another folder, as someone has it who never saw the clone: no network (the tier cuts it off), an empty home and cache, no
 * variable of ours. One copy is as it was built; in the other the debugger's fuse alone is turned back, for Playwright.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { DoctorFinding } from "../../src-main/contract/machine.ts";
import { trainingLimitMillis } from "../support/patience.ts";
import { doMainJob } from "./main-job.ts";
import { packagedAt, root, test } from "./support/desktop.ts";
import { allowInspect, readFuses } from "./support/fuses.ts";

const built = process.env.STRATA_PACKAGED ?? "";
test.skip(!existsSync(join(built, "strata")), "there is no packaged app: STRATA_PACKAGED names none");

let folder: string;
let bare: NodeJS.ProcessEnv;
const moved = () => join(folder, "moved");

test.beforeAll(({ display }) => {
  folder = mkdtempSync(join(tmpdir(), "strata-moved-"));
  cpSync(built, moved(), { recursive: true });
  for (const name of ["person", "temporary"]) mkdirSync(join(folder, name));
  bare = { PATH: "/usr/bin:/bin", HOME: join(folder, "person"), TMPDIR: join(folder, "temporary"), DISPLAY: display };
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function outcomeOf(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const { executable, words: before } = packagedAt(moved());
  return new Promise((resolve) => {
    const child = spawn(executable, [...before, ...words], { env: environment });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

test("the self-test opens the window, trains a step and says so in one line, and leaves nothing behind", async () => {
  const { code, stdout } = await outcomeOf(["--self-test"], bare);
  expect(code).toBe(0);
  const lines = stdout.trim().split("\n");
  expect(lines).toHaveLength(1);
  const document = JSON.parse(lines[0] ?? "");
  expect(Object.keys(document)).toEqual(["window", "engine", "tensorflow", "millis"]);
  expect(document.tensorflow.version).toMatch(/^TensorFlow 2\./);
  // Two classes' worth of chance over ten is ln 10; one step moves it little.
  expect(document.tensorflow.hardLoss).toBeGreaterThan(1);
  expect(document.tensorflow.hardLoss).toBeLessThan(4);
  expect(readdirSync(join(folder, "temporary")).filter((name) => name.startsWith("strata-"))).toEqual([]);
});

test("asked in a terminal it answers without a window or a display, and leaves nothing behind", async () => {
  const elsewhere = { ...bare, HOME: join(folder, "asks"), DISPLAY: "" };
  mkdirSync(elsewhere.HOME);
  const version = await outcomeOf(["--version"], elsewhere);
  const { version: own } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect([version.code, version.stdout]).toEqual([0, `${own}\n`]);
  const help = await outcomeOf(["--help"], elsewhere);
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining(join(moved(), "resources/engine/bin/strata"))]);
  expect(readdirSync(elsewhere.HOME)).toEqual([]);
});

test("the self-test of a damaged installation says what failed", async () => {
  const binding = join(moved(), "resources", "engine", "native", "tfjs_binding.node");
  const aside = `${binding}.aside`;
  cpSync(binding, aside);
  rmSync(binding);
  const { code, stdout, stderr } = await outcomeOf(["--self-test"], bare);
  const findings = await doctorFindings();
  cpSync(aside, binding);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/Self-test failed: training: .*TensorFlow/);
  // An installed app has no npm to mend it.
  const wanting = findings.filter(({ isFine }) => !isFine);
  expect(new Map(wanting.map(({ name, remedy }) => [name, remedy]))).toEqual(
    new Map([
      ["TensorFlow", "Install Strata anew."],
      ["Native runtime", "Install Strata anew."],
    ]),
  );
});

test("the fuses are set: no Node, no debugger, no options from outside, no app but the packaged one", async () => {
  expect(readFuses(join(moved(), "strata"))).toMatchObject({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    nodeCliInspect: false,
    asarIntegrity: true,
    onlyLoadAppFromAsar: true,
  });
  const script = "process.stdout.write('run as Node')";
  const asNode = await outcomeOf(["--self-test", "-e", script], { ...bare, ELECTRON_RUN_AS_NODE: "1" });
  expect(asNode.stdout).not.toContain("run as Node");
  const inspected = await outcomeOf(["--self-test", "--inspect=0"], bare);
  expect([inspected.code, inspected.stderr.includes("Debugger listening")]).toEqual([0, false]);
});

test("what is not used when it runs was left out, and every licence is there", () => {
  const resources = join(moved(), "resources");
  const paths = readdirSync(resources, { recursive: true, encoding: "utf8" });
  expect(paths.filter((path) => /\.(py|pyc|h|d\.ts|map)$/.test(path))).toEqual([]);
  expect(readdirSync(join(moved(), "locales"))).toEqual(["en-US.pak"]);
  expect(statSync(join(resources, "app.asar")).size).toBeLessThan(4e6);
  const licences = readdirSync(join(resources, "licences"), { recursive: true, encoding: "utf8" });
  for (const name of [
    "strata.txt",
    "node.txt",
    "npm-packages.txt",
    "tensorflow-cpu/tensorflow/THIRD_PARTY_NOTICES.txt",
  ])
    expect(licences).toContain(name);
  const texts = readFileSync(join(resources, "licences", "npm-packages.txt"), "utf8");
  for (const name of ["fastify", "better-sqlite3", "sharp", "svelte", "chart.js", "@fontsource/ibm-plex-sans"])
    expect(texts).toMatch(new RegExp(`^${name} \\d`, "m"));
});

test("its command line answers without Electron", async () => {
  const findings = await doctorFindings();
  expect(findings).toContainEqual(expect.objectContaining({ name: "TensorFlow", isFine: true }));
});

async function doctorFindings(): Promise<readonly DoctorFinding[]> {
  const strata = join(moved(), "resources", "engine", "bin", "strata");
  const answer = await new Promise<string>((resolve) => {
    const child = spawn(strata, ["doctor", "--json"], { env: bare });
    let text = "";
    child.stdout.on("data", (piece) => {
      text += piece;
    });
    child.once("close", () => resolve(text));
  });
  return JSON.parse(answer).findings;
}

const driven = () => join(folder, "driven");
const drivenVariables = () => ({ HOME: bare.HOME, XDG_CACHE_HOME: undefined, STRATA_NATIVE: undefined });

/** One that a debugger may drive. */
function packagedToDrive() {
  if (!existsSync(driven())) {
    cpSync(moved(), driven(), { recursive: true });
    allowInspect(join(driven(), "strata"));
  }
  return packagedAt(driven());
}

test("its first start says what was found and where things are kept, and trains the proof", async ({ desktop }) => {
  const page = await desktop.start({ program: packagedToDrive(), environment: drivenVariables() });
  await expect(page.getByRole("heading", { level: 1, name: "Welcome to Strata" })).toBeVisible();
  await expect(page.getByText(join(desktop.home, "strata.sqlite"))).toBeVisible();
  await expect(page.getByText(/^2\.\d+\.\d+, works here$/)).toBeVisible();
  await page.getByRole("button", { name: "Train it now" }).click();
  await expect(page.getByText(/^This machine trains\./)).toBeVisible({ timeout: trainingLimitMillis });
  const { value } = desktop.row("SELECT value FROM evaluation_values WHERE split = 'test' AND metric = 'top1'");
  // By chance it is a tenth.
  expect(value).toBeGreaterThan(0.3);
  await desktop.close();
});

test("a person does the main job with it", async ({ desktop }) => {
  await doMainJob(desktop, packagedToDrive(), drivenVariables());
});
