import { doMainJob } from "./main-job.ts";
import { fromSource, test } from "./support/desktop.ts";

test("a person opens a folder, trains a pair, compares, closes the window on a run, and comes back to it", async ({
  desktop,
}) => {
  await doMainJob(desktop, fromSource());
});
