import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { openToOthers } from "../support/modes.ts";
import { temporaryFolder } from "../support/picture-folder.ts";
import { arraySink, eventsOf, neverInterrupted, tinyJob } from "./tiny-job.ts";

test.runIf(process.platform !== "win32")("what training keeps is for nobody else to read", async () => {
  const home = join(temporaryFolder(), "home");
  const paths = pathsOf(home);
  const { events, sink } = arraySink();
  await runTraining({ ...(await tinyJob([{}])), paths }, sink, neverInterrupted);
  expect(eventsOf(events, "weights")).toMatchObject([{ kept: { bytes: expect.any(Number) } }]);
  expect(eventsOf(events, "checkpoint")).not.toEqual([]);
  expect([paths.weights, paths.checkpoints, paths.pictureCache].map((folder) => existsSync(folder))).toEqual([
    true,
    true,
    true,
  ]);
  expect(openToOthers(home)).toEqual([]);
});
