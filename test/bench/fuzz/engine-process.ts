/**
 * A real engine with its server in a process of its own: `node engine-process.ts <home>`. Training alone is scripted. It tells where it listens and, when it
 * is asked, the most memory that it ever held.
 */
import { openLog } from "../../../src-main/platform/log.ts";
import { pathsOf } from "../../../src-main/platform/paths.ts";
import { startServer } from "../../support/with-engine.ts";
import { watchForStandstill } from "./watch.ts";

export interface EngineAddress {
  readonly address: string;
  readonly token: string;
}
export interface EngineMemory {
  readonly peakBytes: number;
}

const [home] = process.argv.slice(2);
if (!home) throw new Error("Name a home.");
const paths = pathsOf(home);
watchForStandstill();
const { server } = await startServer({ paths, log: openLog(paths).log, keepsQueue: true });
process.on("disconnect", () => process.exit(0));
process.on("message", () =>
  process.send?.({ peakBytes: process.resourceUsage().maxRSS * 1_024 } satisfies EngineMemory),
);
process.send?.({ address: server.address, token: server.token } satisfies EngineAddress);
