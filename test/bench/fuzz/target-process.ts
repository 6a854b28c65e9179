/** Reads mutated files in a process of its own, case by case as its parent names them: `node target-process.ts <folder> <seed>`. */
import { join } from "node:path";
import { createRandom } from "../../../src-main/platform/random.ts";
import type { Case } from "./tally.ts";
import { prepareTargets, readCase, type TargetKind } from "./target-cases.ts";

export interface TargetQuestion {
  readonly kind: TargetKind;
  readonly number: number;
}
export type TargetAnswer = Case & { readonly peakBytes: number };

const [folder, seed] = process.argv.slice(2);
if (!folder || !seed) throw new Error("Name a folder and a seed.");
const targets = await prepareTargets(join(folder, "whole"));
process.on("disconnect", () => process.exit(0));
process.on("message", async (message) => {
  // The other end is the bench itself.
  const { kind, number } = message as TargetQuestion;
  const random = createRandom(Number(seed), "fuzz", kind, number);
  const one = await readCase(targets[kind], join(folder, "case"), random);
  process.send?.({ ...one, peakBytes: process.resourceUsage().maxRSS * 1_024 } satisfies TargetAnswer);
});
process.send?.("ready");
