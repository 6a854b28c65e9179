/**
 * Every op of every compiled graph of a training can run on a GPU: TensorFlow's build for GPUs has a kernel of it for a GPU, or for any device, for the
 * types that the graph has it in. The build for the processor registers no kernels of GPUs, so what the other one has is kept in `gpu-kernels.txt`, whose
 * head says where it comes from; where a runtime for GPUs is in the cache the list is compared with it. No GPU is needed to ask a library, and none was there.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Precision, runConfiguration, type TrainingSettings } from "../../src-main/contract/configuration.ts";
import { architectures } from "../../src-main/models/registry.ts";
import { nativeFolder } from "../../src-main/platform/native.ts";
import { SavedModelSchema } from "../../src-main/tensorflow/protobuf/generated/tensorflow_pb.js";
import { readMessage } from "../../src-main/tensorflow/protobuf/read-message.ts";
import { buildArm, disposeArm, prepareArm, stepArm } from "../../src-main/training/arm.ts";
import { noiseBatch, noiseExamples } from "../../src-main/training/measuring/noise.ts";
import { defaultTraining } from "../../src-main/training/presets.ts";
import { disposeBatch, uploadBatch } from "../../src-main/training/upload.ts";
import { gpuRuntime } from "../support/gpu-runtime.ts";

const [classes, pictures, inputPixels] = [7, 3, 32];
const kept = fileURLToPath(new URL("gpu-kernels.txt", import.meta.url));
const asker = fileURLToPath(new URL("../support/registered-kernels.py", import.meta.url));

/** Everything that decides which ops a step has, at least once. */
const variations: readonly Partial<TrainingSettings>[] = [
  {
    optimizer: { kind: "sgd", momentum: 0, isNesterov: false },
    clipNorm: null,
    weightDecay: 1e-4,
    weightDecayKind: "l2",
  },
  { optimizer: { kind: "sgd", momentum: 0.9, isNesterov: true }, clipNorm: 1, averageDecay: 0.9 },
  { optimizer: { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1, initialMeanSquare: 1 }, smoothing: 0.1 },
  {
    optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    weightDecay: 1e-2,
    weightDecayKind: "decoupled",
    dropout: 0.5,
  },
];
const precisions: readonly Precision[] = ["float32", "bfloat16", "float16"];

const folder = mkdtempSync(join(tmpdir(), "strata-gpu-kernels-"));
const before = process.env.STRATA_KEEP_GRAPH;
afterAll(() => {
  if (before === undefined) delete process.env.STRATA_KEEP_GRAPH;
  else process.env.STRATA_KEEP_GRAPH = before;
  rmSync(folder, { recursive: true });
});

/** One kind of node: its op, and what its attributes that name a type say. */
interface NodeKind {
  readonly op: string;
  readonly types: Readonly<Record<string, number>>;
}

function keptGraph(id: string, training: Partial<TrainingSettings>): readonly NodeKind[] {
  process.env.STRATA_KEEP_GRAPH = join(folder, "graph.pb");
  const model = { id, inputPixels, width: 0.1 };
  const configuration = runConfiguration.parse({
    dataset: { kind: "drawn" },
    model,
    training: { ...defaultTraining(id, model), batchSize: pictures, ...training },
    seed: 1,
  });
  const arm = buildArm(configuration, noiseExamples(pictures, classes));
  const batch = uploadBatch(noiseBatch(pictures, inputPixels, classes, 0), inputPixels);
  try {
    prepareArm(arm, pictures);
    stepArm(arm, batch, { epochs: 1, stepsPerEpoch: 10 }, 1);
    expect(arm.program.refusal).toBeNull();
  } finally {
    disposeBatch(batch);
    disposeArm(arm);
  }
  const { metaGraphs } = readMessage(SavedModelSchema, readFileSync(join(folder, "graph.pb")));
  return metaGraphs.flatMap(({ graphDef }) =>
    (graphDef?.node ?? []).map(({ op, attr }) => {
      const typed = Object.entries(attr).flatMap(([name, { value }]) =>
        value.case === "type" ? [[name, Number(value.value)] as const] : [],
      );
      return { op, types: Object.fromEntries(typed) };
    }),
  );
}

interface Kernel extends Omit<NodeKind, "types"> {
  readonly device: string;
  /** Of each attribute that it bounds. */
  readonly types: readonly (readonly [attribute: string, allowed: readonly number[]])[];
}

/** Of lines as `registered-kernels.py` prints them. */
function kernelsIn(lines: readonly string[]): readonly Kernel[] {
  return lines.map((line) => {
    const [op = "", device = "", ...types] = line.split(" ");
    return {
      op,
      device,
      types: types.map((one) => {
        const [attribute = "", allowed = ""] = one.split("=");
        return [attribute, allowed.split(",").map(Number)] as const;
      }),
    };
  });
}

function without(kernels: readonly Kernel[], devices: readonly string[], kinds: readonly NodeKind[]): string[] {
  const fits = ({ op, types }: NodeKind) =>
    kernels.some(
      (kernel) =>
        kernel.op === op &&
        devices.includes(kernel.device) &&
        kernel.types.every(([attribute, allowed]) => allowed.includes(types[attribute] ?? -1)),
    );
  return kinds.filter((kind) => !fits(kind)).map((kind) => JSON.stringify(kind));
}

const keptLines = readFileSync(kept, "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

/** What the library in this folder has for these ops. */
function askedLines(libraries: string, ops: readonly string[]): string[] {
  const stdio = ["ignore", "pipe", "ignore"] as const;
  return execFileSync("python3", [asker, libraries, ...ops], { encoding: "utf8", stdio: [...stdio] })
    .trim()
    .split("\n");
}

describe("compiled graphs on a GPU", () => {
  const kinds = new Map<string, NodeKind>();
  beforeAll(() => {
    const graphs = [
      ...architectures.flatMap(({ id }) => precisions.map((precision) => keptGraph(id, { precision }))),
      ...variations.flatMap((settings) => ["lenet5", "bn-inception"].map((id) => keptGraph(id, settings))),
    ];
    for (const kind of graphs.flat()) kinds.set(JSON.stringify(kind), kind);
  });

  test("each op has a kernel for its types, for a GPU or for any device", () => {
    expect(kinds.size).toBeGreaterThan(50);
    expect(without(kernelsIn(keptLines), ["GPU", "DEFAULT"], [...kinds.values()])).toEqual([]);
  });

  test("each op is one that the kept list was asked for, and the list has no other", () => {
    const ops = (all: Iterable<{ readonly op: string }>) => [...new Set([...all].map(({ op }) => op))].sort();
    expect(ops(kernelsIn(keptLines))).toEqual(ops(kinds.values()));
  });

  const here = nativeFolder();
  test.skipIf(here === null || process.platform !== "linux")(
    "the library that trains here answers for the graphs that it takes, so that its answers and this reading of them can be believed",
    () => {
      const lines = askedLines(join(here!, "tensorflow"), [...new Set([...kinds.values()].map(({ op }) => op))]);
      expect(without(kernelsIn(lines), ["CPU", "DEFAULT"], [...kinds.values()])).toEqual([]);
    },
  );

  const forGpus = gpuRuntime();
  test.skipIf(forGpus === null)(
    `the kept list is what the library for GPUs says${forGpus === null ? " (none is in the cache: STRATA_FLAVOUR=gpu brings it)" : ""}`,
    () => {
      const lines = askedLines(join(forGpus!, "tensorflow"), [...new Set([...kinds.values()].map(({ op }) => op))]);
      expect(lines.filter((line) => / (GPU|DEFAULT)( |$)/.test(line))).toEqual(keptLines);
    },
  );
});
