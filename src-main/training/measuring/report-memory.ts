/** What the process holds, told at each epoch's end and at the job's. */
import { memoryOfProcess } from "../../platform/memory.ts";
import { tf } from "../../tensorflow/runtime.ts";
import type { Session } from "../session.ts";
import { leakedTensorsAnEpoch } from "./leak.ts";

export async function reportMemory({ tensorsAtEpochEnds, epoch, sink }: Session): Promise<void> {
  const memory = memoryOfProcess(process.pid);
  if (!memory) throw new Error("A process knows its own memory");
  const tensors = tf.memory().numTensors;
  await sink({ kind: "memory", epoch, tensors, leakedTensors: leakedTensorsAnEpoch(tensorsAtEpochEnds), ...memory });
}
