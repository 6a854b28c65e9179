/**
 * TensorFlow's build for GPUs on a machine without one: it trains on the processor and says so, to the values of the build for the processor. Compared where both
 * lie in the cache; `STRATA_FLAVOUR=gpu npm start -- doctor` brings the second.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { DoctorFinding } from "../../src-main/contract/machine.ts";
import { nativeFolder } from "../../src-main/platform/native.ts";
import { gpuRuntime } from "../support/gpu-runtime.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

const cli = join(import.meta.dirname, "..", "..", "src-main", "entrypoints", "cli.ts");
const [cpu, gpu] = [nativeFolder() ?? "", gpuRuntime() ?? ""];
const canCompare = gpu !== "" && cpu !== gpu && !existsSync("/proc/driver/nvidia/version");

async function answerOf(native: string, words: string): Promise<unknown> {
  const env = { ...process.env, STRATA_NATIVE: native, STRATA_HOME: temporaryFolder() };
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words.split(" "), "--json"], { env });
  return JSON.parse(stdout);
}

describe.skipIf(!canCompare)("the build for GPUs without a GPU (needs both builds in the cache, and no GPU)", () => {
  test("says that training runs on the processor", async () => {
    const { findings } = (await answerOf(gpu, "doctor")) as { findings: readonly DoctorFinding[] };
    const driver = findings.find(({ name }) => name === "NVIDIA driver");
    expect(driver).toMatchObject({
      isFine: true,
      found: "none; training runs on the processor, though TensorFlow is its build for GPUs",
    });
  });

  test("trains LeNet-5 to the same values", async () => {
    const words = "train --data drawn:pictures=300 --model lenet5 --epochs 2 --seed 1 --threads 2";
    const evaluated = async (native: string) => {
      const { runs } = (await answerOf(native, words)) as {
        runs: readonly { endReason: string; validation: object; test: object }[];
      };
      return runs.map(({ endReason, validation, test }) => ({ endReason, validation, test }));
    };
    const expected = await evaluated(cpu);
    expect(expected[0]?.endReason).toBe("completed");
    expect(await evaluated(gpu)).toEqual(expected);
  });
});
