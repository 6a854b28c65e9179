import { defineConfig } from "@playwright/test";

/** The fourth tier: a real Electron on the real engine, without a network where the machine can cut it off. One worker: two would share the cores. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../out/test/desktop",
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: { actionTimeout: 30_000 },
});
