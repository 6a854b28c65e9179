import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type GpuQuestion, gpuFindings } from "../../src-main/platform/gpu-findings.ts";
import { gpusIn, lookForGpus, visibleGpu } from "../../src-main/platform/nvidia.ts";

/** As `--format=csv,noheader,nounits` writes it: two cards, one of them busy, and one that shares the processor's memory. */
const answer = `0, GPU-9d1c7f3e-5a0b-4c7e-8f12-3b6a90d2e4f1, NVIDIA GeForce RTX 3090, 24576, 24000, 550.54.14
1, GPU-2b84e6d0-77c3-4f19-a5de-c018f6b39a72, NVIDIA GeForce RTX 3090, 24576, 1876, 550.54.14
2, GPU-5e0a91c4-1d2f-4b68-9c3a-7f4d8e6b0215, NVIDIA GB10, [N/A], [N/A], 580.65.06
`;
const [card] = gpusIn(answer);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "strata-nvidia-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A machine: what its kernel says in files, and a stand-in for nvidia-smi. */
function machine({ driver, kernel = "Linux version 6.1.0", smi }: { driver?: string; kernel?: string; smi?: string }) {
  const folder = temporaryFolder();
  const proc = join(folder, "proc");
  mkdirSync(join(proc, "driver", "nvidia"), { recursive: true });
  writeFileSync(join(proc, "version"), kernel);
  if (driver !== undefined) writeFileSync(join(proc, "driver", "nvidia", "version"), driver);
  if (smi !== undefined) {
    writeFileSync(join(folder, "nvidia-smi"), `#!/bin/sh\n${smi}\n`);
    chmodSync(join(folder, "nvidia-smi"), 0o755);
  }
  return lookForGpus({ PATH: `${folder}:/usr/bin:/bin` }, proc);
}

const printed = (text: string, code = 0) => `cat <<'END'\n${text.trimEnd()}\nEND\nexit ${code}`;

test("nvidia-smi's lines become GPUs with their memory in bytes; what a GPU does not tell is null", () => {
  expect(gpusIn(answer)).toEqual([
    {
      index: 0,
      uuid: "GPU-9d1c7f3e-5a0b-4c7e-8f12-3b6a90d2e4f1",
      name: "NVIDIA GeForce RTX 3090",
      memoryBytes: 24_576 * 2 ** 20,
      freeBytes: 24_000 * 2 ** 20,
      driver: "550.54.14",
    },
    expect.objectContaining({ index: 1, freeBytes: 1_876 * 2 ** 20 }),
    expect.objectContaining({ index: 2, name: "NVIDIA GB10", memoryBytes: null, freeBytes: null }),
  ]);
  expect(gpusIn("No devices were found\n")).toEqual([]);
  expect(() => gpusIn("Unknown Error")).toThrow("nvidia-smi answered: Unknown Error");
});

test("a process's GPU is the only one, or the one that is named by its UUID", () => {
  const all = gpusIn(answer);
  expect(visibleGpu(all, all[1]!.uuid)).toBe(all[1]);
  expect(visibleGpu(all, "1")).toBeNull();
  expect(visibleGpu(all, undefined)).toBeNull();
  expect(visibleGpu([card!], "0")).toBe(card);
  expect([visibleGpu(null, undefined), visibleGpu({ problem: "failed" }, undefined)]).toEqual([null, null]);
});

test.skipIf(process.platform === "win32")(
  "a machine is looked at: driver, GPUs, WSL2, and why nvidia-smi fails",
  async () => {
    const closed =
      "NVRM version: NVIDIA UNIX x86_64 Kernel Module  525.60.13  Wed Nov 30 06:39:21 UTC 2022\nGCC version: 12.2.0\n";
    const open = "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build\n";
    expect(await machine({ driver: closed, smi: printed(answer) })).toEqual({
      kernelDriver: "525.60.13",
      isWsl: false,
      smi: gpusIn(answer),
    });
    expect(await machine({ driver: open })).toEqual({ kernelDriver: "550.54.14", isWsl: false, smi: null });
    const kernel = "Linux version 5.15.153.1-microsoft-standard-WSL2";
    expect(await machine({ kernel, smi: printed(answer) })).toMatchObject({ kernelDriver: null, isWsl: true });
    const mismatch = "Failed to initialize NVML: Driver/library version mismatch";
    expect(await machine({ driver: open, smi: printed(mismatch, 18) })).toMatchObject({ smi: { problem: mismatch } });
  },
);

function question(given: Partial<GpuQuestion>): GpuQuestion {
  const cpu = ["CPU, 2 × core"];
  return {
    kernelDriver: null,
    isWsl: false,
    smi: null,
    devices: cpu,
    nativeFolder: "/nowhere",
    environment: {},
    ...given,
  };
}

function gpuRuntime(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "nvidia"));
  return folder;
}

function last(given: Partial<GpuQuestion>) {
  return gpuFindings(question(given)).at(-1)!;
}

test("without a driver nothing is wrong, and TensorFlow's build for GPUs is said to train on the processor", () => {
  const found = "none; training runs on the processor";
  expect(gpuFindings(question({}))).toEqual([{ name: "NVIDIA driver", isFine: true, found, remedy: null }]);
  expect(last({ nativeFolder: gpuRuntime() })).toMatchObject({
    isFine: true,
    found: "none; training runs on the processor, though TensorFlow is its build for GPUs",
  });
});

test("each GPU is shown with name, memory and driver", () => {
  const devices = ["GPU", "CPU, 2 × core"];
  const findings = gpuFindings(question({ kernelDriver: "550.54.14", smi: gpusIn(answer), devices }));
  expect(findings.map(({ name, found }) => [name, found])).toEqual([
    ["GPU 0", "NVIDIA GeForce RTX 3090, 25.8 GB, driver 550.54.14, 25.2 GB free"],
    ["GPU 1", "NVIDIA GeForce RTX 3090, 25.8 GB, driver 550.54.14, 2.0 GB free"],
    ["GPU 2", "NVIDIA GB10, driver 580.65.06"],
    ["NVIDIA driver", "550.54.14"],
    ["Training on the GPU", "yes"],
  ]);
  expect(findings.every(({ isFine }) => isFine)).toBe(true);
});

test("a driver with which TensorFlow sees no GPU is wanting, and the remedy names what is known to be wrong", () => {
  const there = { smi: [card!], kernelDriver: card!.driver, nativeFolder: gpuRuntime() };
  const driver = (version: string) => ({ smi: [{ ...card!, driver: version }], kernelDriver: version });
  expect(last(there)).toMatchObject({
    isFine: false,
    found: expect.stringContaining("training runs on the processor"),
  });
  const remedies: readonly [Partial<GpuQuestion>, string][] = [
    [{}, "Restart the machine"],
    [driver("470.223.02"), "driver 470.223.02 is too old: install 525.60.13 or newer, and restart"],
    [driver("525.60.13"), "Restart the machine"],
    [{ ...driver("527.41"), isWsl: true }, "too old: install 528.33 or newer in Windows"],
    [{ isWsl: true, kernelDriver: null }, "wsl --update"],
    [{ environment: { CUDA_VISIBLE_DEVICES: "-1" } }, 'CUDA_VISIBLE_DEVICES is "-1"'],
    [{ smi: { problem: "Failed to initialize NVML" } }, "nvidia-smi says: Failed to initialize NVML"],
    [{ smi: null }, "nvidia-smi was not found"],
  ];
  for (const [given, remedy] of remedies) expect(last({ ...there, ...given }).remedy).toContain(remedy);
});

test.skipIf(process.platform !== "linux" || process.arch !== "x64")(
  "a GPU that the build for the processor leaves idle is wanting, as in WSL2, unless it was asked for",
  () => {
    const there = { smi: [card!], isWsl: true };
    expect(last(there)).toMatchObject({ isFine: false, remedy: expect.stringContaining("STRATA_FLAVOUR=gpu") });
    expect(last({ ...there, environment: { STRATA_FLAVOUR: "cpu" } }).isFine).toBe(true);
  },
);
