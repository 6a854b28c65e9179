import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "../support/chromium.ts";

/** The third tier: a real browser on the real engine. One worker: two would share this machine's cores with training. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../out/test/e2e",
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  use: {
    actionTimeout: 20_000,
    viewport: { width: 1280, height: 800 },
    launchOptions: await chromiumLaunchOptions(),
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
