/**
 * `npm test`: every tier that this machine can run but that of packages, one after the other, then what was left out and the sum. A failed check counts as one
 * failed test and a passed one as one passed, so that the closing line never contradicts the exit code.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { electronForTests, withoutNetwork } from "./desktop-tests.mjs";
import { hindranceToPackages, hindranceToWindows } from "./package-tests.mjs";

const BIN = {
  types: ["typescript/bin/tsc", "-p", "tsconfig.json"],
  "types of tools": ["typescript/bin/tsc", "-p", "tools/tsconfig.json"],
  pages: ["svelte-check/bin/svelte-check", "--tsconfig", "src-renderer/tsconfig.json", "--fail-on-warnings"],
  "format and lint": ["@biomejs/biome/bin/biome", "check", "--error-on-warnings"],
  imports: [
    "dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    ".dependency-cruiser.cjs",
    "src-main",
    "src-renderer",
  ],
  "unused code": ["knip/bin/knip.js"],
  spelling: ["cspell/bin.mjs", "lint", "--no-progress", "--no-summary"],
};
const PLAYWRIGHT_CONFIG = "test/e2e/playwright.config.ts";
const DESKTOP_CONFIG = "test/desktop/playwright.config.ts";

const TIERS = {
  check: async (context) => {
    // Two at a time: each of them is one thread's work.
    const waiting = Object.entries(BIN);
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [name, [bin, ...args]] = next;
        const code = await execute({ ...context, isTogether: true }, `check: ${name}`, bin, args);
        context.count(code === 0 ? { passed: 1 } : { failed: 1 });
      }
    };
    await Promise.all([lane(), lane()]);
  },
  pure: (context) => vitest(context, "pure"),
  native: (context) => vitest(context, "native"),
  e2e: async (context) => {
    if (!existsSync(join(context.root, PLAYWRIGHT_CONFIG))) {
      context.leaveOut(`e2e: there is no ${PLAYWRIGHT_CONFIG} yet`);
      return;
    }
    const args = ["test", "--config", PLAYWRIGHT_CONFIG, "--reporter=list,json"];
    await withReport(context, "e2e", "@playwright/test/cli.js", args, "PLAYWRIGHT_JSON_OUTPUT_FILE", readPlaywright);
  },
  desktop: async (context) => {
    const electron = await electronForTests(context.root);
    if ("hindrance" in electron) {
      context.leaveOut(`desktop: ${electron.hindrance}`);
      return;
    }
    const before = await withoutNetwork();
    if (!before) context.leaveOut("desktop: cutting the network off, which this machine does not allow");
    const made = await packagesForTests(context, electron.folder);
    const environment = { ...context.environment, ELECTRON_OVERRIDE_DIST_PATH: electron.folder };
    environment.STRATA_PACKAGED = made ? join(made, "linux-unpacked") : "";
    const cutOff = { ...context, environment, before: before ?? [] };
    const args = ["test", "--config", DESKTOP_CONFIG, "--reporter=list,json"];
    await withReport(cutOff, "desktop", "@playwright/test/cli.js", args, "PLAYWRIGHT_JSON_OUTPUT_FILE", readPlaywright);
  },
  packages: async (context) => {
    const electron = await electronForTests(context.root);
    if ("hindrance" in electron) {
      context.leaveOut(`packages: ${electron.hindrance}`);
      return;
    }
    const hindrance = await hindranceToPackages();
    if (hindrance !== null) {
      context.leaveOut(`packages: ${hindrance}`);
      return;
    }
    const hindranceHere = hindranceToWindows();
    if (hindranceHere !== null) context.leaveOut(`packages: Windows' app: ${hindranceHere}`);
    const made = await packagesForTests(context, electron.folder);
    if (!made) return;
    await vitest({ ...context, environment: { ...context.environment, STRATA_PACKAGES: made } }, "packages");
  },
};

/** Far more than packages take: only what never ends comes to it. */
const packageLimitMillis = 30 * 60_000;

/**
 * Makes what the desktop tier's last file starts, a folder, and what the tier of packages installs, as `npm run package` does; once, where both are asked for.
 * The folder that they lie in, or null where there is none. What could not be made counts as a failure, and the rest is tested.
 */
async function packagesForTests(context, electron) {
  context.packages ??= (async () => {
    const made = join(context.root, "out", "package", "cpu", "made");
    rmSync(made, { recursive: true, force: true });
    const isFolderOnly = !context.chosen.includes("packages") || (await hindranceToPackages()) !== null;
    const environment = { ...context.environment, ELECTRON_OVERRIDE_DIST_PATH: electron };
    const limit = { timeout: packageLimitMillis, killSignal: "SIGKILL" };
    const systems = hindranceToWindows() === null ? "linux,windows" : "linux";
    // What takes longest to compress is installed here once and thrown away.
    const all = ["--for", systems, "--kinds", "deb,rpm,AppImage,exe", "--quick"];
    const words = ["package", ...(isFolderOnly ? ["--dir"] : all)];
    const code = await execute({ ...context, environment, limit }, "package", "../tools/launch.mjs", words);
    context.count(code === 0 ? { passed: 1 } : { failed: 1 });
    return existsSync(made) ? made : null;
  })();
  return context.packages;
}

/** Runs the named tiers (all but that of packages when none is named) and resolves to the exit code. */
export async function runTests(root, node, names, environment) {
  const unknown = names.filter((name) => !(name in TIERS));
  if (unknown.length > 0) {
    process.stderr.write(`There is no tier ${unknown.join(", ")}: choose of ${Object.keys(TIERS).join(", ")}.\n`);
    return 2;
  }
  // Packages take as long again as they are large: they are asked for by name.
  const chosen = names.length > 0 ? names : Object.keys(TIERS).filter((name) => name !== "packages");
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const leftOut = [];
  const failures = [];
  const timings = [];
  const context = {
    root,
    node,
    environment,
    timings,
    chosen,
    packages: null,
    count: (counts) => {
      for (const [key, value] of Object.entries(counts)) sum[key] += value;
    },
    leaveOut: (line) => leftOut.push(line),
    fail: (line) => failures.push(line),
  };
  for (const name of chosen) await TIERS[name](context);
  for (const name of Object.keys(TIERS)) if (!chosen.includes(name)) leftOut.push(`${name}: not asked for`);

  console.log("\n— Summary");
  for (const line of timings) console.log(line);
  for (const line of leftOut) console.log(`left out — ${line}`);
  for (const line of failures) console.log(`failed — ${line}`);
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return sum.failed > 0 ? 1 : 0;
}

function vitest(context, project) {
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json"];
  const report = join(context.root, "out", "test", `${project}.json`);
  return withReport(context, project, "vitest/vitest.mjs", [...args, `--outputFile.json=${report}`], null, readVitest);
}

/** Runs a test runner and adds what its report counts; one that fails without a failed test (it crashed) counts as one failure. */
async function withReport(context, name, bin, args, reportVariable, read) {
  const folder = join(context.root, "out", "test");
  const path = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(path, { force: true });
  const environment = reportVariable ? { [reportVariable]: path } : {};
  const code = await execute(context, name, bin, args, environment);
  const report = existsSync(path) ? read(JSON.parse(readFileSync(path, "utf8"))) : null;
  const counts = report?.counts ?? { passed: 0, failed: 0, skipped: 0 };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  context.count(counts);
  for (const title of report?.skipped ?? []) context.leaveOut(`${name}: ${title}`);
  for (const { title, message } of report?.failed ?? []) context.fail(`${name}: ${title}\n${beginningOf(message)}`);
}

/** The first lines of a failure's message, indented: the summary stays readable, and a log cut short at its top still says what failed. */
function beginningOf(message) {
  const lines = stripVTControlCharacters(message ?? "no message").split("\n");
  return lines
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join("\n");
}

function readVitest(report) {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: basename(file.name) })),
  );
  const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed").map((test) => test.fullName);
  const crashedFiles = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const failed = [
    ...tests
      .filter(({ status }) => status === "failed")
      .map((test) => ({ title: `${test.file} › ${test.fullName}`, message: test.failureMessages[0] })),
    ...crashedFiles.map((file) => ({ title: file.name, message: file.message })),
  ];
  return { counts: { passed: report.numPassedTests, failed: failed.length, skipped: skipped.length }, skipped, failed };
}

function readPlaywright(report) {
  const skipped = [];
  const failed = [];
  const visit = (suite) => {
    for (const child of suite.suites ?? []) visit(child);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === "skipped") skipped.push(reasonOf(spec, test));
        if (test.status === "unexpected" || test.status === "flaky") {
          const result = test.results.find(({ error }) => error);
          failed.push({ title: `${spec.file} › ${spec.title}`, message: result?.error.message });
        }
      }
    }
  };
  for (const suite of report.suites) visit(suite);
  const { expected, flaky, unexpected } = report.stats;
  // A test that only passed when tried again is not a passing test.
  return { counts: { passed: expected, failed: unexpected + flaky, skipped: skipped.length }, skipped, failed };
}

function reasonOf(spec, test) {
  const reason = test.annotations?.find((annotation) => annotation.description)?.description;
  return reason ? `${spec.title} (${reason})` : spec.title;
}

/**
 * Runs one of our packages' programs under Node 24 in plain sight, with a heading before and the time after; where others run beside it (`isTogether`),
 * what it says is shown at its end.
 */
function execute(context, title, bin, args, extra = {}) {
  const heading = `\n— ${title}`;
  if (!context.isTogether) console.log(heading);
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const [command, ...words] = [
      ...(context.before ?? []),
      context.node,
      join(context.root, "node_modules", bin),
      ...args,
    ];
    const child = spawn(command, words, {
      cwd: context.root,
      stdio: context.isTogether ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      env: { ...context.environment, ...extra },
      ...context.limit,
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => said.push(bytes));
    const stop = (signal) => child.kill(signal);
    process.once("SIGINT", stop).once("SIGTERM", stop);
    child.once("close", (code, signal) => {
      process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
      if (signal === "SIGINT" || signal === "SIGTERM") process.exit(130);
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      const verdict = code === 0 ? "passed" : "failed";
      if (context.isTogether) console.log(`${heading}\n${Buffer.concat(said)}`);
      console.log(`${title}: ${verdict} in ${seconds} s`);
      context.timings.push(`${title}: ${verdict}, ${seconds} s`);
      resolve(code ?? 1);
    });
  });
}
