/**
 * How many of the pictures that `data suspects` names first are labelled wrongly:
 * `node test/bench/label-suspects.ts <folder of photographs> [network] [folds] [seed] [file]`.
 * A twentieth of the training pictures is given another label, each fold is answered by a network that was trained on the others, and the same
 * probabilities are handed to cleanlab, where `python3` has it (`test/bench/label-suspects/requirements.txt`). They are kept in the file, and taken from it
 * where it is there: ranking anew takes seconds.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { epochBatches } from "../../src-main/batches/batcher.ts";
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import type { Prediction } from "../../src-main/contract/run.ts";
import { centredPixels } from "../../src-main/contract/weights.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { labelSuspects } from "../../src-main/domain/pictures/label-suspects.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { sha256OfFile } from "../../src-main/platform/sha256-of-file.ts";
import { uploadPixels } from "../../src-main/tensorflow/kernels/pixels.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { buildArm, disposeArm } from "../../src-main/training/arm.ts";
import type { TrainingJob } from "../../src-main/training/job.ts";
import { prepareJob } from "../../src-main/training/prepare.ts";
import { presetsFor } from "../../src-main/training/presets.ts";
import { runTraining } from "../../src-main/training/run-training.ts";

const [path, modelId = "alexnet", foldCount = "5", seedText = "1", keptFile] = process.argv.slice(2);
if (!path) throw new Error("Name a folder of photographs.");
const seed = Number(seedText);
const share = 0.05;
const first = 100;
const home = mkdtempSync(join(tmpdir(), "strata-suspects-"));

interface Answered {
  readonly example: number;
  readonly label: number;
  readonly probabilities: readonly number[];
}
interface Kept {
  readonly answered: readonly Answered[];
  /** Pictures that were given another label. */
  readonly wrong: readonly number[];
}

async function answersToAll(): Promise<Kept> {
  const { dataset, wrong } = mislabelled(await openDataset({ kind: "folder", path: path! }));
  const answered: Answered[] = [];
  for (let index = 1; index <= Number(foldCount); index++) answered.push(...(await answersToFold(dataset, index)));
  return { answered, wrong: [...wrong] };
}

/** A share of the training pictures under another label, drawn. */
function mislabelled(dataset: Dataset): { readonly dataset: Dataset; readonly wrong: ReadonlySet<number> } {
  const random = createRandom(seed, "mislabelled");
  const trained = dataset.examples.filter(({ split }) => split === "train");
  const chosen = random.shuffle(Int32Array.from(trained, ({ index }) => index));
  const wrong = new Set(chosen.subarray(0, Math.round(share * trained.length)));
  const classes = dataset.classNames.length;
  const examples = dataset.examples.map((example) =>
    wrong.has(example.index)
      ? { ...example, label: (example.label + 1 + random.integer(classes - 1)) % classes }
      : example,
  );
  return { dataset: { ...dataset, examples }, wrong };
}

/** Trains on all folds but one, and answers that one. */
async function answersToFold(dataset: Dataset, index: number): Promise<readonly Answered[]> {
  const [preset] = presetsFor(modelId);
  if (!preset) throw new Error(`${modelId} has no preset.`);
  const fold = { index, count: Number(foldCount) };
  const configuration: RunConfiguration = {
    dataset: dataset.source,
    model: preset.model,
    resize: usualResize,
    training: { ...preset.training, fold },
    seed,
  };
  const paths = pathsOf(home);
  const job: TrainingJob = { dataset, arms: [configuration], paths, checkpointFolder: `${index}`, resumeFrom: null };
  let file = "";
  await runTraining(
    job,
    async (event) => {
      if (event.kind === "weights" && event.kept !== null) file = join(paths.weights, event.kept.file);
      if (event.kind === "evaluated" && event.split === "test")
        console.log(`fold ${index}: ${(100 * (event.result.top1 ?? 0)).toFixed(1)} % as labelled`);
    },
    { reason: null },
  );
  const prepared = await prepareJob(job, async () => {}, { reason: null });
  if (!prepared) throw new Error("It was interrupted.");
  const initialWeights = {
    ...{ path: file, sha256: sha256OfFile(file), frozenThrough: null },
    preprocessing: centredPixels,
  };
  const arm = buildArm({ ...configuration, initialWeights }, dataset);
  const { inputPixels } = preset.model;
  const plan = { examples: prepared.splits.test, cache: prepared.cache, batchSize: 100, seed: 1, epoch: 0 };
  const answered: Answered[] = [];
  for await (const batch of epochBatches({ ...plan, augmentation: null, shuffle: false })) {
    const pixels = uploadPixels(batch.pixels, batch.count, inputPixels);
    const { logits } = arm.program.run("answer", { pixels });
    const rows = tf.tidy(() => tf.softmax(logits).arraySync()) as number[][];
    for (const [at, probabilities] of rows.entries())
      answered.push({ example: batch.examples[at]!, label: batch.labels[at]!, probabilities });
    tf.dispose([pixels, logits]);
  }
  disposeArm(arm);
  await prepared.cache.close();
  return answered;
}

function predictionOf({ example, label, probabilities }: Answered): Prediction {
  const confidence = Math.max(...probabilities);
  const answer = probabilities.indexOf(confidence);
  return { example, label, answer, confidence, trueConfidence: probabilities[label]! };
}

try {
  // A file that this program wrote itself.
  const kept: Kept =
    keptFile && existsSync(keptFile) ? (JSON.parse(readFileSync(keptFile, "utf8")) as Kept) : await answersToAll();
  if (keptFile) writeFileSync(keptFile, JSON.stringify(kept));
  const { answered } = kept;
  const wrong = new Set(kept.wrong);
  console.log(`${answered.length} pictures answered, ${wrong.size} of them mislabelled`);
  const tell = (what: string, examples: readonly number[]) =>
    console.log(
      `${what}: ${examples.length} suspects; of the first ${first}, ${examples.slice(0, first).filter((example) => wrong.has(example)).length} are mislabelled; of all, ${examples.filter((example) => wrong.has(example)).length}`,
    );
  tell(
    "Strata",
    labelSuspects(answered.map(predictionOf)).map(({ example }) => example),
  );
  const document = {
    labels: answered.map(({ label }) => label),
    probabilities: answered.map(({ probabilities }) => probabilities),
  };
  const program = new URL("./label-suspects/with_cleanlab.py", import.meta.url).pathname;
  const python = spawnSync("python3", [program], {
    input: JSON.stringify(document),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (python.status !== 0) console.log(`cleanlab was not asked: ${python.stderr.trim().split("\n").at(-1)}`);
  else
    for (const [ranking, positions] of Object.entries(JSON.parse(python.stdout) as Record<string, number[]>))
      tell(
        `cleanlab, ${ranking}`,
        positions.map((position) => answered[position]!.example),
      );
} finally {
  rmSync(home, { recursive: true, force: true });
}
