import { availableParallelism } from "node:os";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { trainingLimitMillis } from "./test/support/patience.ts";

const limits = { testTimeout: trainingLimitMillis, hookTimeout: trainingLimitMillis };

/** *pure* needs neither TensorFlow nor SQLite; *native* uses the real ones; *packages* what `npm run package` made. The other tiers are Playwright's. */
export default defineConfig({
  test: {
    pool: "forks",
    // Left to itself vitest leaves a core free, which on two is half the machine.
    maxWorkers: "100%",
    // Where a test says nothing else, a pair or a sweep is not measured first.
    env: { STRATA_RUNS_AT_ONCE: "1" },
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: "pure",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.native.test.ts", "test/packages/**"],
          pool: "forks",
          // A file takes less time than the modules that it imports: the files of a worker load them once. What a test changes it puts back.
          isolate: false,
          ...limits,
        },
      },
      {
        test: {
          name: "native",
          include: ["test/**/*.native.test.ts"],
          pool: "forks",
          // A file mostly waits for one thread, of a process that starts or trains something tiny. More than two might want for memory.
          maxWorkers: Math.min(2, availableParallelism()),
          sequence: { groupOrder: 1 },
          ...limits,
        },
      },
      {
        test: {
          name: "packages",
          include: ["test/packages/**/*.test.ts"],
          pool: "forks",
          // Each unpacks a gigabyte.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          ...limits,
        },
      },
    ],
  },
});
