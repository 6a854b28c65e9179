import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { eventLimitMillis, testLimitMillis } from "../support/patience.ts";

/** The third tier: a real browser on the real engine. One worker: two would share this machine's cores with training. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../out/test/e2e",
  workers: 1,
  timeout: testLimitMillis,
  expect: { timeout: eventLimitMillis },
  use: {
    actionTimeout: eventLimitMillis,
    navigationTimeout: eventLimitMillis,
    viewport: { width: 1280, height: 800 },
    launchOptions: await chromiumLaunchOptions(),
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
