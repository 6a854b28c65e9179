import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { eventLimitMillis, testLimitMillis } from "../support/patience.ts";

/** The fourth tier: a real Electron on the real engine, without a network where the machine can cut it off. Two files at a time, each on a display of its own. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../out/test/desktop",
  workers: Math.min(2, availableParallelism()),
  timeout: testLimitMillis,
  expect: { timeout: eventLimitMillis },
  use: { actionTimeout: eventLimitMillis, navigationTimeout: eventLimitMillis },
});
