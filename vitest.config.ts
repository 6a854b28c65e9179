import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

/** Two of the three tiers: *pure* needs neither TensorFlow nor SQLite; *native* uses the real ones. The third is Playwright's. */
export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: "pure",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.native.test.ts"],
          pool: "forks",
          // Some start programs of their own, which takes its time on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "native",
          include: ["test/**/*.native.test.ts"],
          pool: "forks",
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
