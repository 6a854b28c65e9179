/** Strata as a person starts it: `serve` in a process and a home of its own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test as base, expect, type Page } from "@playwright/test";
import { recordRow } from "../../support/record-row.ts";

const cli = fileURLToPath(new URL("../../../src-main/entrypoints/cli.ts", import.meta.url));

export interface Strata {
  readonly home: string;
  /** With the token in it. */
  readonly address: string;
  /** One row of the record. */
  row(sql: string, ...values: (string | number)[]): Record<string, unknown>;
  /** Runs a command on the same home; resolves to its one JSON document. */
  command(...args: string[]): Promise<unknown>;
  /** As a power cut would. */
  kill(): Promise<void>;
  /** Serves the same home again, with these variables and flags besides. */
  start(variables?: NodeJS.ProcessEnv, ...flags: string[]): Promise<void>;
}

export const test = base.extend<{ strata: Strata }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  strata: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), "strata-e2e-"));
    // Where a test says nothing else, a pair or a sweep is not measured first.
    const environment = { ...process.env, STRATA_HOME: home, STRATA_RUNS_AT_ONCE: "1" };
    let served = await serve(environment);
    await use({
      home,
      get address() {
        return served.address;
      },
      row: (sql, ...values) => recordRow(home, sql, ...values),
      async command(...args) {
        const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { env: environment });
        return JSON.parse(stdout);
      },
      kill: () => end(served.process, "SIGKILL"),
      async start(variables, ...flags) {
        served = await serve({ ...environment, ...variables }, flags);
      },
    });
    await end(served.process, "SIGTERM");
    await rm(home, { recursive: true, force: true });
  },
});

/** The printed address, and then a page of the app. */
export async function openAt(page: Page, address: string, hash: string): Promise<void> {
  await page.goto(address);
  await page.goto(new URL(hash, page.url()).href);
  await expect(page.getByText("Engine ready")).toBeVisible();
}

async function serve(
  env: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Promise<{ process: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [cli, "serve", ...flags], { env, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address) return { process: child, address };
  }
  throw new Error("Strata ended before it printed its address");
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}
