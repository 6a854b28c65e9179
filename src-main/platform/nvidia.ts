/**
 * NVIDIA GPUs of this machine, as their driver's own program `nvidia-smi` tells of them. Under WSL2 the driver is Windows': there is no
 * `/proc/driver/nvidia`, and the program lies in a folder of WSL's.
 */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Gpu } from "../contract/machine.ts";
import { findProgram } from "./find-program.ts";

export interface GpuLook {
  /** Version of the driver in Linux' kernel; null where there is none. */
  readonly kernelDriver: string | null;
  readonly isWsl: boolean;
  /** What nvidia-smi tells, or why it does not; null where there is no nvidia-smi. */
  readonly smi: readonly Gpu[] | { readonly problem: string } | null;
}

const wslProgram = "/usr/lib/wsl/lib/nvidia-smi";
const columns = ["index", "uuid", "name", "memory.total", "memory.free", "driver_version"] as const;

/** @param proc where the system's files stand; tests bring their own */
export async function lookForGpus(environment: NodeJS.ProcessEnv = process.env, proc = "/proc"): Promise<GpuLook> {
  return {
    kernelDriver: kernelDriverIn(textOf(join(proc, "driver", "nvidia", "version"))),
    isWsl: /microsoft/i.test(textOf(join(proc, "version")) ?? ""),
    smi: await askNvidiaSmi(environment),
  };
}

/** In `NVRM version: NVIDIA UNIX x86_64 Kernel Module  525.60.13  Wed Nov 30 …`; the whole line where no version stands in it. */
function kernelDriverIn(text: string | null): string | null {
  const first = text?.split("\n")[0]?.trim() ?? null;
  return first && (/\s(\d+\.\d+(?:\.\d+)?)\s/.exec(first)?.[1] ?? first);
}

async function askNvidiaSmi(environment: NodeJS.ProcessEnv): Promise<GpuLook["smi"]> {
  const program = findProgram(["nvidia-smi", wslProgram], environment);
  if (program === null) return null;
  const args = [`--query-gpu=${columns.join(",")}`, "--format=csv,noheader,nounits"];
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: 20_000 });
    return gpusIn(stdout);
  } catch (thrown) {
    return { problem: problemOf(thrown) };
  }
}

/** `[N/A]` of a GPU that shares the processor's memory. */
const mebibytes = z.string().transform((text) => (/^\d+$/.test(text) ? Number(text) * 2 ** 20 : null));
const line = z.tuple([
  z.coerce.number().int().min(0),
  z.string().min(1),
  z.string().min(1),
  mebibytes,
  mebibytes,
  z.string(),
]);

/** GPUs in what nvidia-smi answers to `columns`, one a line. @throws Error where it is something else */
export function gpusIn(text: string): readonly Gpu[] {
  const lines = text.split("\n").map((one) => one.trim());
  return lines
    .filter((one) => one !== "" && !one.startsWith("No devices"))
    .map((one) => {
      const read = line.safeParse(one.split(/,\s*/));
      if (!read.success) throw new Error(`nvidia-smi answered: ${one}`);
      const [index, uuid, name, memoryBytes, freeBytes, driver] = read.data;
      return { index, uuid, name, memoryBytes, freeBytes, driver };
    });
}

/** Those that nvidia-smi tells of; none where it does not. */
export function gpusOf(smi: GpuLook["smi"]): readonly Gpu[] {
  return smi === null || "problem" in smi ? [] : smi;
}

/**
 * The one that a process computes on by its `CUDA_VISIBLE_DEVICES`. Of several only one that is named by its UUID can be told: CUDA gives them other
 * numbers than nvidia-smi.
 */
export function visibleGpu(smi: GpuLook["smi"], visible: string | undefined): Gpu | null {
  const gpus = gpusOf(smi);
  return gpus.length === 1 ? gpus[0]! : (gpus.find(({ uuid }) => uuid === visible) ?? null);
}

/** It says on standard output why it fails. */
function problemOf(thrown: unknown): string {
  const said = thrown instanceof Error && "stdout" in thrown ? String(thrown.stdout) : "";
  const problem = said.split("\n").find((one) => one.trim() !== "");
  return problem?.trim() ?? (thrown instanceof Error ? thrown.message : String(thrown));
}

function textOf(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
