/** What the processor is, and the vector instructions that decide how fast and in which order it sums. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** By Linux's names, of x64 and of arm64. */
const featuresOfInterest = [
  ...["sse4_1", "sse4_2", "avx", "avx2", "fma", "avx512f", "avx512bw", "avx512vl"],
  ...["avx_vnni", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_bf16", "amx_int8"],
  ...["asimd", "asimdhp", "asimddp", "bf16", "i8mm", "sve", "sve2"],
];
/** What macOS calls some of them. */
const namesOfMac: Readonly<Record<string, string>> = {
  "sse4.1": "sse4_1",
  "sse4.2": "sse4_2",
  "avx1.0": "avx",
  advsimd: "asimd",
  feat_fp16: "asimdhp",
  feat_dotprod: "asimddp",
  feat_bf16: "bf16",
  feat_i8mm: "i8mm",
};

/** As its maker names it; null where the system does not say. */
export function processorModel(): string | null {
  return cpus()[0]?.model.trim() || null;
}

/** Of the features of interest those that this machine's processor has; null where the system does not say. */
export function processorFeatures(): readonly string[] | null {
  try {
    if (process.platform === "linux") return featuresOfLinux(readFileSync("/proc/cpuinfo", "utf8"));
    if (process.platform === "darwin") return featuresOfMac(sysctl());
  } catch {
    // What cannot be asked is not known.
  }
  return null;
}

/** The first processor's line of /proc/cpuinfo; null where there is none. */
export function featuresOfLinux(cpuInfo: string): readonly string[] | null {
  const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpuInfo)?.[1];
  return line === undefined ? null : known(line.split(/\s+/));
}

/** From lines such as `machdep.cpu.features: SSE4.2 AVX1.0` and `hw.optional.arm.FEAT_BF16: 1`; null where there are none. */
export function featuresOfMac(listed: string): readonly string[] | null {
  const names = listed.split("\n").flatMap((line) => {
    const [key = "", value = ""] = line.split(/:\s*/);
    if (key.startsWith("machdep.cpu.")) return value.split(" ");
    return value.trim() === "1" ? [key.replace(/^hw\.optional\.(arm\.)?/, "")] : [];
  });
  const plain = names.map((name) => name.toLowerCase());
  return listed.trim() === "" ? null : known(plain.map((name) => namesOfMac[name] ?? name));
}

function known(names: readonly string[]): readonly string[] {
  const there = new Set(names);
  return featuresOfInterest.filter((feature) => there.has(feature));
}

function sysctl(): string {
  const keys = process.arch === "arm64" ? ["hw.optional"] : ["machdep.cpu.features", "machdep.cpu.leaf7_features"];
  return execFileSync("/usr/sbin/sysctl", keys, {
    encoding: "utf8",
    timeout: 5_000,
    stdio: ["ignore", "pipe", "ignore"],
  });
}
