/** A machine with GPUs, as far as the engine sees it: a runtime for GPUs, and a stand-in for nvidia-smi that says what a file holds. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface MachineWithGpus {
  /** Of an engine and its training processes. */
  readonly environment: NodeJS.ProcessEnv;
  readonly uuids: readonly string[];
  /** As nvidia-smi says it from now on. */
  setFree(mebibytes: readonly number[]): void;
  remove(): void;
}

/** @param freeMebibytes of 24,576 of each GPU */
export function machineWithGpus(freeMebibytes: readonly number[]): MachineWithGpus {
  const folder = mkdtempSync(join(tmpdir(), "strata-gpus-"));
  const uuids = freeMebibytes.map((_, index) => `GPU-${index}b84e6d0-77c3-4f19-a5de-c018f6b39a72`);
  mkdirSync(join(folder, "native", "nvidia"), { recursive: true });
  const setFree = (mebibytes: readonly number[]): void => {
    const lines = mebibytes.map(
      (free, index) => `${index}, ${uuids[index]}, NVIDIA GeForce RTX 3090, 24576, ${free}, 550.54.14\n`,
    );
    writeFileSync(join(folder, "answer"), lines.join(""));
  };
  setFree(freeMebibytes);
  const program = join(folder, "nvidia-smi");
  writeFileSync(program, `#!/bin/sh\nexec cat "${join(folder, "answer")}"\n`);
  chmodSync(program, 0o755);
  return {
    uuids,
    setFree,
    environment: { PATH: `${folder}:${process.env.PATH}`, STRATA_NATIVE: join(folder, "native") },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
