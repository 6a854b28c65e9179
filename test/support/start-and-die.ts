/**
 * An engine that records an experiment of as many seeds and dies as if it were killed, after it gave others so many turns or, at `-1`, as soon as it is recorded:
 * `node start-and-die.ts <home> <seeds> <turns>`.
 */
import { setImmediate as turn } from "node:timers/promises";
import { createEngine } from "../../src-main/engine/create-engine.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { requestFor, scriptedTrainer } from "./with-engine.ts";

const [home = "", ...numbers] = process.argv.slice(2);
const [seeds = 0, turns = 0] = numbers.map(Number);
const engine = await createEngine({ paths: pathsOf(home), version: "0.0.0", trainerEntry: scriptedTrainer });
const die = () => process.kill(process.pid, "SIGKILL");
await engine.datasets.open(requestFor(1).configuration.dataset);
engine.scheduling
  .start({ ...requestFor(1), seeds: Array.from({ length: seeds }, (_, index) => index + 1) })
  .then(die, console.error);
for (let taken = 0; turns >= 0; taken++) {
  if (taken === turns) die();
  await turn();
}
