/** The import rules of .dependency-cruiser.cjs bite: each sample file below breaks one of them, and the last breaks none. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

const sample: Record<string, string> = {
  "node_modules/better-sqlite3/package.json": '{ "name": "better-sqlite3", "version": "1.0.0", "main": "index.js" }',
  "node_modules/better-sqlite3/index.js": "module.exports = {};",
  // What a compiled component imports.
  "node_modules/svelte/package.json": '{ "name": "svelte", "version": "5.0.0", "exports": { "./*": "./index.js" } }',
  "node_modules/svelte/index.js": "export {};",
  "package.json": '{ "name": "sample", "type": "module", "dependencies": { "better-sqlite3": "1.0.0" } }',
  "tsconfig.json": '{ "compilerOptions": { "allowImportingTsExtensions": true } }',
  "src-main/contract/words.ts": 'import "node:fs"; export const words = 1;',
  "src-main/domain/query.ts": 'import { clock } from "../platform/clock.ts"; export const query = clock;',
  "src-main/platform/clock.ts": "export const clock = 1;",
  "src-main/datasets/example.ts": "export interface Example { id: number } export const example = 1;",
  "src-main/store/database.ts": 'import sqlite from "better-sqlite3"; export const database = sqlite;',
  "src-main/training/step.ts": 'import { database } from "../store/database.ts"; export const step = database;',
  "src-main/training/label.ts": 'import { example } from "../datasets/example.ts"; export const label = example;',
  "src-main/engine/queue.ts": 'import sqlite from "better-sqlite3"; export const queue = sqlite;',
  "src-main/engine/router.ts": "export const router = 1; export type Router = typeof router;",
  "src-main/cli/runs.ts": 'import { queue } from "../engine/queue.ts"; export const runs = queue;',
  "src-main/cli/with-engine.ts": 'import { queue } from "../engine/queue.ts"; export const api = queue;',
  "src-main/engine/ring-a.ts": 'import { b } from "./ring-b.ts"; export const a = b;',
  "src-main/engine/ring-b.ts": 'import { a } from "./ring-a.ts"; export const b: number = a;',
  "src-main/server/start.ts": 'import "../entrypoints/engine.ts"; import { missing } from "./nowhere.ts"; missing();',
  "src-main/entrypoints/engine.ts": "export {};",
  "src-renderer/calls.ts": 'import { router } from "../src-main/engine/router.ts"; export const calls = router;',
  "src-renderer/lib/engine/client.ts":
    "export interface Api { readonly calls: number } export const createApi = (): Api => ({ calls: 0 });",
  "src-renderer/app/create-app-state.ts":
    'import { createApi } from "../lib/engine/client.ts"; export const app = createApi();',
  "src-renderer/entities/run/fine.svelte.ts":
    'import type { Api } from "../../lib/engine/client.ts"; export const calls = (api: Api) => api.calls;',
  "src-renderer/entities/run/calls.svelte.ts":
    'import { createApi } from "../../lib/engine/client.ts"; export const api = createApi();',
  "src-renderer/app/Fine.svelte":
    '<script lang="ts">import { words } from "../../src-main/contract/words.ts"; import Fine from "../ui/Fine.svelte";</script>{words}<Fine />',
  "src-renderer/ui/Fine.svelte": "<p></p>",
  "test/support/tool.ts": "export const tool = 1;",
  "src-renderer/fine.ts":
    'import type { Router } from "../src-main/engine/router.ts"; export type R = Router; import { words } from "../src-main/contract/words.ts"; export const w = words;',
  "src-main/store/fine.ts":
    'import type { Example } from "../datasets/example.ts"; import { clock } from "../platform/clock.ts"; export const fine = (e: Example) => e.id + clock;',
};

/** A component of each layer that imports what it may not, and the rules that this breaks. */
const wrongComponents: readonly (readonly [component: string, imports: string, rules: readonly string[]])[] = [
  ["lib/Wrong", "../ui/Fine.svelte", ["lib-imports"]],
  ["ui/Wrong", "../entities/run/Wrong.svelte", ["ui-imports"]],
  ["entities/run/Wrong", "../../features/train/Wrong.svelte", ["entities-imports"]],
  ["features/train/Wrong", "../../pages/Wrong.svelte", ["features-imports"]],
  ["features/runs/Wrong", "../train/Wrong.svelte", ["no-feature-imports-another"]],
  ["pages/Wrong", "../app/Fine.svelte", ["pages-imports"]],
  ["app/Node", "node:fs", ["shared-is-browser-safe"]],
  ["app/Engine", "../../src-main/engine/queue.ts", ["renderer-imports"]],
  ["app/Router", "../../src-main/engine/router.ts", ["renderer-takes-only-the-routers-type"]],
  ["app/Store", "better-sqlite3", ["better-sqlite3-has-one-door"]],
  ["app/Test", "../../test/support/tool.ts", ["product-does-not-import-tests", "renderer-imports"]],
  ["app/Nowhere", "./nowhere.ts", ["everything-resolves"]],
  ["app/Ring", "./ring.ts", ["no-cycles"]],
  ["features/train/Calls", "../../lib/engine/client.ts", ["components-call-no-api"]],
];
sample["src-renderer/app/ring.ts"] = 'import Ring from "./Ring.svelte"; export default Ring;';
for (const [component, imports] of wrongComponents) {
  sample[`src-renderer/${component}.svelte`] =
    `<script lang="ts">import wrong from ${JSON.stringify(imports)}; let held: unknown = $state(wrong);</script>{held}`;
}

test("a file that breaks a rule is named with the rule, and files that break none are not", () => {
  const folder = mkdtempSync(join(tmpdir(), "strata-imports-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(sample)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const program = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const options = ["--config", join(root, ".dependency-cruiser.cjs"), "--output-type", "json", "--no-cache"];
  const output = execFileSync(process.execPath, [program, ...options, "src-main", "src-renderer"], {
    cwd: folder,
    encoding: "utf8",
  });
  const report: { summary: { violations: { from: string; rule: { name: string } }[] } } = JSON.parse(output);
  const broken = report.summary.violations.map(({ from, rule }) => `${from.replace("src-main/", "")}: ${rule.name}`);

  const expected = wrongComponents.flatMap(([component, , rules]) =>
    rules.map((rule) => `src-renderer/${component}.svelte: ${rule}`),
  );
  expect([...new Set(broken)].sort()).toEqual(
    [
      ...expected,
      "cli/runs.ts: commands-call-endpoints",
      "contract/words.ts: shared-is-browser-safe",
      "domain/query.ts: domain-imports",
      "engine/queue.ts: better-sqlite3-has-one-door",
      "engine/ring-a.ts: no-cycles",
      "server/start.ts: everything-resolves",
      "server/start.ts: nobody-imports-entrypoints",
      "server/start.ts: server-imports",
      "src-renderer/entities/run/calls.svelte.ts: client-is-made-in-app",
      "src-renderer/calls.ts: renderer-takes-only-the-routers-type",
      "training/label.ts: example-is-only-a-type",
      "training/step.ts: training-imports",
      "training/step.ts: training-records-nothing",
    ].sort(),
  );
});
