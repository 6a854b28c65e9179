/** Work on a record in a process of its own, to be killed: `node record-work.ts <work> <home>`. Says `ready` when it begins, and `done`. */
import { perform, recordWorks } from "./perform.ts";

const [name, home] = process.argv.slice(2);
const work = recordWorks.find((one) => one === name);
if (!work || !home) throw new Error("Name a work and a home.");
await new Promise<void>((resolve) => process.send!("ready", () => resolve()));
await perform(work, home);
process.send!("done", () => process.exit(0));
