/**
 * An engine in a process of its own, to be killed while it trains a sweep of twelve: `node experiment-process.ts <home> start|go-on <log>`. It stays, as the app
 * does, so `go-on` takes up by itself what was left. Its runs 4 and 8 wait at step 3 until then. Says how many runs are finished, and at which step the one is that trains; ends when all are finished.
 */
import { pathsOf } from "../../src-main/platform/paths.ts";
import { gridOf } from "./experiment-of.ts";
import { requestFor, startEngine } from "./with-engine.ts";

const [home, wish, log] = process.argv.slice(2);
if (!home || !log) throw new Error("Name a home and a log.");
const { engine, close } = await startEngine({
  paths: pathsOf(home),
  keepsQueue: true,
  trainerEnvironment: { STRATA_SCRIPT_LOG: log, STRATA_SCRIPT_WAITS: "4,8" },
});
// Also keeps this process while another engine trains what is left.
process.on("disconnect", () => process.exit(1));
const done = new AbortController();
const events = engine.feed.subscribe(done.signal);
if (wish === "start")
  await engine.scheduling.start(
    gridOf(
      requestFor(1).configuration,
      [
        { setting: "smoothing", values: [0, 0.1] },
        { setting: "learningRate", values: [0.01, 0.1] },
      ],
      // Seeds that make the scripted trainer train to the end.
      [11, 12, 13],
    ),
  );
for await (const event of events) {
  const finished = engine.runs.list().filter(({ state }) => state === "finished").length;
  const step = event.kind === "progress" ? (event.active[0]?.step ?? 0) : 0;
  process.send?.({ finished, step });
  if (finished === 12) break;
}
done.abort();
await close();
process.exit(0);
