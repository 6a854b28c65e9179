/** How a GPU computes is told by variables; what TensorFlow makes of them is seen on a processor as far as it reads them there. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { gpuVariables } from "../../src-main/training/gpu-variables.ts";

const usual = { deterministicOps: false, tf32: true, gpuMemoryGrowth: true };

test("each setting has its variable, and what a run does not ask for is not left to the environment", () => {
  expect(gpuVariables(usual)).toEqual({
    TF_DETERMINISTIC_OPS: "0",
    NVIDIA_TF32_OVERRIDE: null,
    TF_FORCE_GPU_ALLOW_GROWTH: "true",
  });
  expect(gpuVariables({ deterministicOps: true, tf32: false, gpuMemoryGrowth: false })).toEqual({
    TF_DETERMINISTIC_OPS: "1",
    NVIDIA_TF32_OVERRIDE: "0",
    TF_FORCE_GPU_ALLOW_GROWTH: "false",
  });
});

/** Of a process that sets them, loads TensorFlow and draws numbers without a seed, which TensorFlow refuses where it is to be deterministic. */
async function drawsWithoutSeed(deterministicOps: boolean): Promise<string> {
  const at = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../src-main/${path}`, import.meta.url)));
  const program = `
    const { setGpuVariables } = await import(${at("training/gpu-variables.ts")});
    setGpuVariables(${JSON.stringify({ ...usual, deterministicOps })});
    const { backend, tf } = await import(${at("tensorflow/runtime.ts")});
    const { TF_ATTR_INT, TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = backend.binding;
    const attributes = [
      { name: "dtype", type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: "T", type: TF_ATTR_TYPE, value: TF_INT32 },
      { name: "seed", type: TF_ATTR_INT, value: 0 },
      { name: "seed2", type: TF_ATTR_INT, value: 0 },
    ];
    try {
      backend.executeSingleOutput("RandomUniform", attributes, [tf.tensor1d([2], "int32")]);
      console.log("drawn");
    } catch (thrown) {
      console.log(thrown.message);
    }`;
  // What the environment says gives way to the settings.
  const env = { ...process.env, TF_DETERMINISTIC_OPS: deterministicOps ? "0" : "1" };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], { env });
  return stdout.trim();
}

// Windows' library sees what its process began with alone, and computes on no GPU.
test.skipIf(process.platform === "win32")("TensorFlow reads what is set before it is loaded", async () => {
  expect(await drawsWithoutSeed(false)).toBe("drawn");
  expect(await drawsWithoutSeed(true)).toContain("determinism");
});
