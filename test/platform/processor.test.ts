import { expect, test } from "vitest";
import { featuresOfLinux, featuresOfMac, processorFeatures } from "../../src-main/platform/processor.ts";

test("vector instructions are those of the first processor that Linux lists, and not known where it lists none", () => {
  const cpuInfo = "processor\t: 0\nflags\t\t: fpu avx2 avx512f fma\n\nprocessor\t: 1\nflags\t\t: amx_bf16\n";
  expect(featuresOfLinux(cpuInfo)).toEqual(["avx2", "fma", "avx512f"]);
  expect(featuresOfLinux("processor\t: 0\nFeatures\t: fp asimd bf16 sve\n")).toEqual(["asimd", "bf16", "sve"]);
  expect(featuresOfLinux("processor : 0\nBogoMIPS : 50\n")).toBeNull();
});

test("macOS has them in two forms, under names of its own", () => {
  const intel = "machdep.cpu.features: FPU SSE4.2 AVX1.0 FMA\nmachdep.cpu.leaf7_features: AVX2 AVX512F\n";
  expect(featuresOfMac(intel)).toEqual(["sse4_2", "avx", "avx2", "fma", "avx512f"]);
  const apple = "hw.optional.AdvSIMD: 1\nhw.optional.arm.FEAT_BF16: 1\nhw.optional.arm.FEAT_I8MM: 0\n";
  expect(featuresOfMac(apple)).toEqual(["asimd", "bf16"]);
  expect(featuresOfMac("")).toBeNull();
});

test.runIf(process.platform === "linux")("this machine says something of its own", () => {
  expect(processorFeatures()).not.toBeNull();
});
