import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { eventLimitMillis, testLimitMillis } from "../support/patience.ts";

/**
 * The third tier: a real browser on the real engine. Two at a time: a test mostly waits for one thread, of a page or of an engine. A trace takes a sixth of the
 * time: whoever looks into a failure asks for it by `--trace retain-on-failure`.
 */
export default defineConfig({
  testDir: ".",
  outputDir: "../../out/test/e2e",
  workers: Math.min(2, availableParallelism()),
  fullyParallel: true,
  timeout: testLimitMillis,
  expect: { timeout: eventLimitMillis },
  use: {
    actionTimeout: eventLimitMillis,
    navigationTimeout: eventLimitMillis,
    viewport: { width: 1280, height: 800 },
    launchOptions: await chromiumLaunchOptions(),
    screenshot: "only-on-failure",
  },
});
