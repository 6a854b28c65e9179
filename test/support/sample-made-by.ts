/** A test fixture: what a run was made by that no machine made. */
import type { MadeBy, MadePart } from "../../src-main/contract/made-by.ts";

export function sampleMadeBy(changes: Partial<MadeBy> = {}): MadeBy {
  return {
    version: "0.1.0",
    commit: "3f2a9c10d4e5f60718293a4b5c6d7e8f90a1b2c3",
    tensorflow: "2.21.0",
    device: "CPU",
    gpu: null,
    isCompiled: true,
    refusal: null,
    precision: "float32",
    threads: 2,
    cores: 2,
    processor: null,
    processorFeatures: ["avx", "avx2", "fma"],
    platform: "linux",
    architecture: "x64",
    ...changes,
  };
}

/** From its first step on. */
export function sampleMadePart(changes: Partial<MadePart> = {}): MadePart {
  return { fromStep: 0, ...sampleMadeBy(changes), ...changes };
}
