/**
 * Strata's compiled step against the same network in Keras and in PyTorch, in one run: `npm run bench:peers -- [case…] [--precision bfloat16] [--gpu] [--json]`.
 *
 * One description, many readers: the peers build their network from our table of rows, scaled as for a run; that the parameter counts agree is
 * checked. All take a fresh batch of 8-bit pictures a step, with the same optimiser, clipping and heads. The contenders take turns of a few
 * steps, one at a time, so that whatever else the machine does falls on all; the median step of each one's fastest turn is compared, which is
 * the one that was disturbed least. Keras and PyTorch are put into a virtual environment in `out/peers` the first time, some gigabytes. With
 * `--gpu` all run on the GPU, with TF32 as TensorFlow has it, and what each holds of its memory is a column more; without it none sees one. It was written on a
 * machine without a GPU, and has not run on one.
 */
import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { precision as precisions, type RunConfiguration } from "../../../src-main/contract/configuration.ts";
import { drawnSource } from "../../../src-main/contract/dataset.ts";
import { usualResize } from "../../../src-main/contract/resize.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";
import { defaultTraining } from "../../../src-main/training/presets.ts";
import { median } from "../median.ts";
import { type Case, cases } from "./cases.ts";
import { type Contender, startContender } from "./contender.ts";

const folder = import.meta.dirname;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    precision: { type: "string", default: "float32" },
    gpu: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
/** The peers' scripts scale no loss. */
const precision = precisions.exclude(["float16"]).parse(values.precision);

/** Of a processor both fit into one environment; for GPUs each brings NVIDIA's libraries in versions of its own. */
const environmentOf = { Keras: values.gpu ? "-gpu-keras" : "", PyTorch: values.gpu ? "-gpu-torch" : "" } as const;
const environment: NodeJS.ProcessEnv = values.gpu
  ? { TF_FORCE_GPU_ALLOW_GROWTH: "true" }
  : { CUDA_VISIBLE_DEVICES: "-1" };

/** Python of the peers' environment, made beside its place and put there when it is whole. */
function peersPython(library: keyof typeof environmentOf): string {
  const place = join(folder, `../../../out/peers${environmentOf[library]}`);
  if (!existsSync(place)) {
    process.stderr.write(`Setting up ${values.gpu ? library : "Keras and PyTorch"}, once …\n`);
    const making = `${place}.making`;
    rmSync(making, { recursive: true, force: true });
    execFileSync("python3", ["-m", "venv", making], { stdio: "inherit" });
    const requirements = join(folder, `requirements${environmentOf[library]}.txt`);
    execFileSync(join(making, "bin/python"), ["-m", "pip", "install", "--quiet", "-r", requirements], {
      stdio: ["ignore", 2, 2],
    });
    renameSync(making, place);
  }
  return join(place, "bin/python");
}

function configurationOf({ model, batchSize, optimizer, learningRate, clipNorm }: Case): RunConfiguration {
  const preset = defaultTraining(model.id, model);
  const schedule = { kind: "constant" } as const;
  const asked = { batchSize, optimizer, learningRate, clipNorm, precision, schedule };
  const training = { ...preset, ...asked, weightDecay: 0, dropout: null, averageDecay: null };
  return { dataset: drawnSource.parse({ kind: "drawn" }), model, resize: usualResize, training, seed: 1 };
}

async function startAll(one: Case): Promise<Contender[]> {
  const configuration = configurationOf(one);
  const { rows } = scaleArchitecture(findArchitecture(one.model.id), one.model);
  const task = { ...one, rows, inputPixels: one.model.inputPixels, precision };
  const graphs = one.areCompilersTried ? ["graph", "XLA"] : ["graph"];
  const torch = ["default", "channels last", ...(one.areCompilersTried ? ["channels last, compiled"] : [])];
  const started = [
    await startContender(
      "Strata",
      [process.execPath, join(folder, "ours.ts")],
      { configuration, classes: one.classes },
      environment,
    ),
  ];
  const peers = [
    ...graphs.map((variant) => ["Keras", "keras_peer.py", variant] as const),
    ...torch.map((variant) => ["PyTorch", "torch_peer.py", variant] as const),
  ];
  for (const [library, script, variant] of peers) {
    const name = `${library}, ${variant}`;
    process.stderr.write(`${one.name}: ${name} begins …\n`);
    const command = [peersPython(library), join(folder, script)] as const;
    const contender = await startContender(name, command, { ...task, variant }, environment).catch(
      (thrown: unknown) => {
        process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
        return null;
      },
    );
    if (!contender) continue;
    if (contender.parameters !== started[0]!.parameters)
      throw new Error(`${name} has ${contender.parameters} parameters, Strata ${started[0]!.parameters}`);
    started.push(contender);
  }
  const elsewhere = started.find(({ device }) => device !== (values.gpu ? "GPU" : "CPU"));
  if (elsewhere) throw new Error(`${elsewhere.name} runs on the ${elsewhere.device}: npm start -- doctor says why`);
  return started;
}

async function compare(one: Case) {
  const contenders = await startAll(one);
  try {
    // Each has run one step; a second warms what the first left cold.
    for (const contender of contenders) await contender.run(1);
    for (const { turns } of contenders) turns.length = 0;
    for (let round = 0; round < one.rounds; round++) for (const contender of contenders) await contender.run(one.steps);
  } finally {
    for (const contender of contenders) contender.stop();
  }
  const rows = contenders.map((contender) => ({
    name: contender.name,
    millisPerStep: Math.min(...contender.turns.map(median)),
    firstStepSeconds: contender.firstStepMillis / 1000,
    peakMemoryBytes: contender.peakMemoryBytes,
    gpuMemoryBytes: values.gpu ? contender.gpuMemoryBytes : null,
    firstLoss: contender.firstLoss,
  }));
  const ours = rows[0]!;
  const best = rows.slice(1).reduce((a, b) => (a.millisPerStep < b.millisPerStep ? a : b));
  const keras = rows.find(({ name }) => name === "Keras, graph");
  return {
    case: one.name,
    precision,
    device: values.gpu ? "GPU" : "CPU",
    batchSize: one.batchSize,
    timesBestPeer: best.millisPerStep / ours.millisPerStep,
    bestPeer: best.name,
    memoryOfKeras: keras ? ours.peakMemoryBytes / keras.peakMemoryBytes : null,
    contenders: rows,
  };
}

function print(result: Awaited<ReturnType<typeof compare>>): void {
  const ours = result.contenders[0]!;
  const lines = result.contenders.map((row) => {
    const ratio = row === ours ? "" : `${(row.millisPerStep / ours.millisPerStep).toFixed(2)} × ours`;
    const figures = [
      `${row.millisPerStep.toFixed(0)} ms`,
      ratio,
      `first step ${row.firstStepSeconds.toFixed(1)} s`,
      `${(row.peakMemoryBytes / 2 ** 20).toFixed(0)} MiB`,
      ...(row.gpuMemoryBytes === null ? [] : [`GPU ${(row.gpuMemoryBytes / 2 ** 20).toFixed(0)} MiB`]),
    ];
    return `  ${row.name.padEnd(32)}${figures.map((figure) => figure.padStart(20)).join("")}`;
  });
  const { timesBestPeer, bestPeer, memoryOfKeras } = result;
  const memory = memoryOfKeras === null ? "" : `; ${memoryOfKeras.toFixed(2)} × the memory of Keras`;
  console.log(`${result.case}, batch ${result.batchSize}, ${precision}\n${lines.join("\n")}`);
  console.log(`  ${timesBestPeer.toFixed(2)} × as fast as the best peer (${bestPeer})${memory}\n`);
}

const unknown = positionals.filter((name) => !cases.some((one) => one.name === name));
if (unknown.length > 0) {
  console.error(`There is no case ${unknown.join(", ")}. There are ${cases.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const results = [];
for (const one of cases.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const result = await compare(one);
  results.push(result);
  if (!values.json) print(result);
}
if (values.json) console.log(JSON.stringify({ results }));
