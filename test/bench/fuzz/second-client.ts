/** Another person's client, in a process of its own: it asks for the list of runs again and again and, when it is asked, tells the longest wait. */
import { setTimeout as pause } from "node:timers/promises";
import type { EngineAddress } from "./engine-process.ts";
import { openWire } from "./wire.ts";

export interface Waits {
  readonly calls: number;
  readonly longestMillis: number;
  readonly lost: number;
}

const [address, token] = process.argv.slice(2);
if (!address || !token) throw new Error("Name an address and a token.");
const waits = { calls: 0, longestMillis: 0, lost: 0 };
process.on("disconnect", () => process.exit(0));
process.on("message", () => process.send?.(waits satisfies Waits));
const at: EngineAddress = { address, token };
for (let wire = await openWire(at); ; ) {
  const startedAt = performance.now();
  const answer = await wire.ask({ path: "runs.list", type: "query", input: {} });
  waits.calls++;
  if (answer?.result) waits.longestMillis = Math.max(waits.longestMillis, performance.now() - startedAt);
  else {
    waits.lost++;
    wire.close();
    wire = await openWire(at);
  }
  await pause(20);
}
