/** TensorFlow's build for GPUs, where this machine has it. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { nativeFolder } from "../../src-main/platform/native.ts";

/** Folder of the native runtime in use, if it is for GPUs, or of one beside it. */
export function gpuRuntime(): string | null {
  const native = nativeFolder();
  if (native === null) return null;
  const beside = readdirSync(dirname(native)).map((name) => join(dirname(native), name));
  return [native, ...beside].find((one) => existsSync(join(one, "nvidia"))) ?? null;
}
