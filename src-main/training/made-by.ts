/** What makes the runs that this process trains. */
import { cpus } from "node:os";
import type { Precision } from "../contract/configuration.ts";
import type { MadeBy } from "../contract/made-by.ts";
import { processorFeatures, processorModel } from "../platform/processor.ts";
import { threadsOf } from "../platform/threads.ts";
import { strataCommit, strataVersion } from "../platform/version.ts";
import { deviceName, tensorFlowVersion } from "./report.ts";

let program: Pick<MadeBy, "version" | "commit" | "processorFeatures"> | undefined;

/**
 * @param refusal why steps run op by op; null if they are compiled
 * @param gpu as `gpuInUse` found it
 */
export function madeByThis(refusal: string | null, precision: Precision, gpu: MadeBy["gpu"]): MadeBy {
  // Asking git takes a moment: once for both arms.
  program ??= { version: strataVersion(), commit: strataCommit(), processorFeatures: processorFeatures() };
  return {
    ...program,
    tensorflow: tensorFlowVersion,
    device: deviceName,
    gpu,
    isCompiled: refusal === null,
    refusal,
    precision: refusal === null ? precision : "float32",
    threads: threadsOf(),
    cores: cpus().length,
    processor: processorModel(),
    platform: process.platform,
    architecture: process.arch,
  };
}
