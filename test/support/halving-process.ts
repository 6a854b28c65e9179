/**
 * An engine in a process of its own, to be killed while it trains a search with successive halving: `node halving-process.ts <home> start|go-on`. It stays, as the
 * app does, and `go-on` goes on with what was left. Says how many decisions are recorded; ends when every run is over.
 */
import { pathsOf } from "../../src-main/platform/paths.ts";
import { gridOf } from "./experiment-of.ts";
import { requestFor, startEngine } from "./with-engine.ts";

const [home, wish] = process.argv.slice(2);
if (!home) throw new Error("Name a home.");
const { engine, close } = await startEngine({
  paths: pathsOf(home),
  keepsQueue: true,
  trainerEnvironment: { STRATA_SCRIPT_LOSS_IS_RATE: "yes" },
});
process.on("disconnect", () => process.exit(1));
const done = new AbortController();
const events = engine.feed.subscribe(done.signal);
if (wish === "start") {
  engine.threads.chooseRunsAtOnce(2);
  const rates = [0.8, 0.3, 0.6, 0.4, 0.1, 0.7, 0.2, 0.5];
  const { configuration } = requestFor(1, { training: { epochs: 4 } });
  const grid = gridOf(configuration, [{ setting: "learningRate", values: rates }]);
  await engine.scheduling.start({ ...grid, halving: { leastEpochs: 1, factor: 2 } });
} else engine.experiments.goOn(1);
for await (const event of events) {
  const view = engine.experiments.view(1);
  process.send?.(view.decisions.length);
  const isLook = event.kind === "snapshot" || event.kind === "progress";
  const areOver = view.runIds.every((runId) => engine.runs.get(runId).endReason !== null) && !view.isResumable;
  if (isLook && event.active.length === 0 && areOver) break;
}
done.abort();
await close();
process.exit(0);
