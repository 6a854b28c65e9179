import { defineConfig } from "@playwright/test";
import { eventLimitMillis, testLimitMillis } from "../support/patience.ts";

/** The fourth tier: a real Electron on the real engine, without a network where the machine can cut it off. One worker: two would share the cores. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../out/test/desktop",
  workers: 1,
  timeout: testLimitMillis,
  expect: { timeout: eventLimitMillis },
  use: { actionTimeout: eventLimitMillis, navigationTimeout: eventLimitMillis },
});
