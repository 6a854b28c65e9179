/** An engine in a process of its own, to be killed: `node engine-process.ts <home>`. Says `at step 3` to its parent once its run is there. */
import { pathsOf } from "../../src-main/platform/paths.ts";
import { scripts } from "./trainer-scripts.ts";
import { requestFor, startEngine, whenAtStep } from "./with-engine.ts";

const home = process.argv[2];
if (!home) throw new Error("Name a home.");
const { engine } = await startEngine({ paths: pathsOf(home) });
const { runIds } = await engine.scheduling.start(requestFor(scripts.waitsAtStepThree));
await whenAtStep(engine, runIds[0]!, 3);
process.send?.("at step 3");
