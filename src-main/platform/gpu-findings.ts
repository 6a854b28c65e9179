/** What `strata doctor` says of GPUs: which there are, and whether training runs on them or why it does not. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DoctorFinding, Gpu } from "../contract/machine.ts";
import { gpuInWords } from "../domain/runs/made-by.ts";
import { fine, inGigabytes, wanting } from "./doctor-finding.ts";
import { isInstalled } from "./installed.ts";
import { type GpuLook, gpusOf } from "./nvidia.ts";

export interface GpuQuestion extends GpuLook {
  /** What TensorFlow says that it computes on; null where it does not answer. */
  readonly devices: readonly string[] | null;
  readonly nativeFolder: string | null;
  readonly environment: NodeJS.ProcessEnv;
}

/** The oldest drivers that CUDA 12's libraries run on, by NVIDIA's table of minor version compatibility: Linux', and Windows' under WSL2. */
const oldestDriver = { linux: "525.60.13", wsl: "528.33" };

const onProcessor = "training runs on the processor";

export function gpuFindings(question: GpuQuestion): readonly DoctorFinding[] {
  const { kernelDriver, smi } = question;
  const gpus = gpusOf(smi);
  const found = gpus.map((gpu) => fine(`GPU ${gpu.index}`, `${gpuInWords(gpu)}${freeInWords(gpu)}`));
  if (kernelDriver === null && gpus.length === 0 && !hasProblem(smi)) return [withoutDriver(question)];
  const driver = gpus[0]?.driver ?? kernelDriver;
  return [...found, fine("NVIDIA driver", driver ?? "of unknown version"), useFinding(question, driver)];
}

function freeInWords({ freeBytes }: Gpu): string {
  return freeBytes === null ? "" : `, ${inGigabytes(freeBytes)} free`;
}

/** No fault: most machines have no GPU, and TensorFlow's build for GPUs trains on the processor as the other one does. */
function withoutDriver({ nativeFolder, isWsl }: GpuQuestion): DoctorFinding {
  const found = isWsl ? "none from Windows in this WSL2" : "none";
  const build = isForGpus(nativeFolder) ? ", though TensorFlow is its build for GPUs" : "";
  return fine("NVIDIA driver", `${found}; ${onProcessor}${build}`);
}

function useFinding(question: GpuQuestion, driver: string | null): DoctorFinding {
  const { devices, nativeFolder } = question;
  const name = "Training on the GPU";
  if (devices?.some((device) => device.startsWith("GPU"))) return fine(name, "yes");
  if (devices === null) return fine(name, "unknown while TensorFlow does not answer");
  if (!isForGpus(nativeFolder)) return withoutGpuBuild(name, question);
  return wanting(name, `no: TensorFlow sees no GPU, so ${onProcessor}`, remedyOf(question, driver));
}

/** The first thing that is known to be wrong. */
function remedyOf({ smi, isWsl, environment }: GpuQuestion, driver: string | null): string {
  const oldest = isWsl ? oldestDriver.wsl : oldestDriver.linux;
  if (driver !== null && isOlder(driver, oldest))
    return `The NVIDIA driver ${driver} is too old: install ${oldest} or newer${isWsl ? " in Windows" : ""}, and restart.`;
  if (hasProblem(smi)) return `nvidia-smi says: ${smi.problem}`;
  if (environment.CUDA_VISIBLE_DEVICES !== undefined)
    return `CUDA_VISIBLE_DEVICES is "${environment.CUDA_VISIBLE_DEVICES}" and may hide the GPU: start without it.`;
  if (isWsl) return "In Windows, update the NVIDIA driver, then run wsl --update and wsl --shutdown, and start again.";
  if (smi === null) return "nvidia-smi was not found: install the driver whole, or start the container with its GPUs.";
  return "Restart the machine; if that does not help, install the NVIDIA driver anew.";
}

function withoutGpuBuild(name: string, { environment }: GpuQuestion): DoctorFinding {
  const found = `no: TensorFlow is its build for the processor, so ${onProcessor}`;
  if (process.platform !== "linux" || process.arch !== "x64")
    return fine(name, `no: TensorFlow's build for this system knows no GPUs, so ${onProcessor}`);
  if (isInstalled || environment.STRATA_FLAVOUR === "cpu") return fine(name, found);
  return wanting(
    name,
    found,
    "Start with STRATA_FLAVOUR=gpu in the environment: set-up then fetches the build for GPUs.",
  );
}

/** NVIDIA's libraries lie beside TensorFlow's in its runtime for GPUs, and in no other. */
export function isForGpus(folder: string | null): boolean {
  return folder !== null && existsSync(join(folder, "nvidia"));
}

/** By the numbers between the dots; what is no version is not older. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(".").map(Number)) as [number[], number[]];
  const at = b.findIndex((number, index) => (a[index] ?? 0) !== number);
  return at >= 0 && (a[at] ?? 0) < b[at]!;
}

function hasProblem(smi: GpuLook["smi"]): smi is { readonly problem: string } {
  return smi !== null && "problem" in smi;
}
