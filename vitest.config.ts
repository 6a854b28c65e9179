import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { trainingLimitMillis } from "./test/support/patience.ts";

const limits = { testTimeout: trainingLimitMillis, hookTimeout: trainingLimitMillis };

/** Two of the three tiers: *pure* needs neither TensorFlow nor SQLite; *native* uses the real ones. The third is Playwright's. */
export default defineConfig({
  test: {
    pool: "forks",
    // Where a test says nothing else, a pair or a sweep is not measured first.
    env: { STRATA_RUNS_AT_ONCE: "1" },
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: "pure",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.native.test.ts"],
          pool: "forks",
          ...limits,
        },
      },
      {
        test: {
          name: "native",
          include: ["test/**/*.native.test.ts"],
          pool: "forks",
          fileParallelism: false,
          ...limits,
        },
      },
    ],
  },
});
