/** Thousands of pictures through one network: some hundreds at a time, the next while these are answered, and the figures of those with a true class at the end. */
import { join, resolve } from "node:path";
import type { PictureSource } from "../../batches/make-picture.ts";
import type { DatasetSource } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { AnsweredPicture, AnsweringEvent, AnswerQuestion, ClassProbability } from "../../contract/inference.ts";
import { answeredMetrics } from "../../domain/metrics/metrics.ts";
import { logSoftmax } from "../../domain/metrics/softmax.ts";
import type { InferenceAnswer, InferenceTaskOf } from "../../inference/tasks.ts";
import { lossOf } from "../../models/registry.ts";
import { evaluationOf } from "../../training/evaluation.ts";
import type { AskedNetwork, InferenceTools } from "./inference-tools.ts";

/** Of one question to the process: enough that its threads need not wait, few enough that answers come as one looks on. */
const picturesAtOnce = 512;
/** One that is answered, and one whose pictures are decoded meanwhile. */
const questionsAtOnce = 2;
const mostLikeliest = 5;

/** Pictures of one source, each with its true class by its place among the network's. */
interface Listed {
  readonly source: DatasetSource;
  readonly pictures: readonly (PictureSource & { readonly shownName: string; readonly label: number | null })[];
}

type Prediction = InferenceAnswer<"predict">;

/** @throws StrataError `data.*`, `archive.*`, `file.*`, `weights.*`, `inference.*`; the signal's reason */
export async function* answerMany(
  { path, network }: AskedNetwork,
  question: AnswerQuestion,
  tools: Pick<InferenceTools, "store" | "paths" | "process" | "readSmall">,
  signal: AbortSignal,
): AsyncGenerator<AnsweringEvent> {
  const all = await listed(question, network.classNames ?? [], tools, signal);
  yield { kind: "begun", network, pictures: all.reduce((sum, { pictures }) => sum + pictures.length, 0) };
  const lookedAtBy = lookOf(question, all, tools.store);
  const startedAt = performance.now();
  const { resize } = network;
  const pieces = piecesOf(all);
  const begun: Promise<Prediction>[] = [];
  const labelled = createLabelled(network.classes);
  for (const [place, piece] of pieces.entries()) {
    for (const { source, pictures } of pieces.slice(begun.length, place + questionsAtOnce)) {
      const task: InferenceTaskOf<"predict"> = {
        ...{ kind: "predict", network: { path }, resize },
        pictures: { kind: "listed", source, pictures, cacheFolder: tools.paths.pictureCache },
      };
      const asking = tools.process.ask<"predict">(task, signal);
      // Awaited in its turn; until then a failure must not count as unhandled.
      asking.catch(() => {});
      begun.push(asking);
    }
    const prediction = await begun[place]!;
    // However many of the answers are waited for: some are known now.
    if (place === 0 && lookedAtBy !== null) tools.store.evaluations.addTestLook(lookedAtBy);
    labelled.add(piece, prediction);
    yield { kind: "answered", pictures: answered(piece, prediction) };
  }
  const evaluation = labelled.evaluation(lossOf(network.model.id) ?? "cross-entropy");
  const { evaluations, runs } = tools.store;
  const testLooks = lookedAtBy === null ? null : evaluations.testLooks(runs.get(lookedAtBy).dataset.id);
  yield { kind: "ended", evaluation, testLooks, seconds: (performance.now() - startedAt) / 1000 };
}

/** The number of the run whose test pictures are all among those that it is asked about; null where there is none. */
function lookOf(
  { from, pictures: asked }: AnswerQuestion,
  all: readonly Listed[],
  { runs, datasets }: Pick<InferenceTools["store"], "runs" | "datasets">,
): number | null {
  if (from.kind !== "run") return null;
  if (asked.kind === "split") return asked.split === "test" ? from.runId : null;
  const { id: datasetId } = runs.get(from.runId).dataset;
  const { source } = datasets.view(datasetId);
  if (source.kind !== "folder") return null;
  const places = new Set(all.flatMap(({ pictures }) => pictures.map(({ shownName }) => resolve(shownName))));
  const tests = datasets.examplesOfSplit(datasetId, "test");
  return tests.length > 0 && tests.every(({ name }) => places.has(resolve(source.path, name))) ? from.runId : null;
}

async function listed(
  { from, pictures: asked }: AnswerQuestion,
  classNames: readonly string[],
  { store, readSmall }: Pick<InferenceTools, "store" | "readSmall">,
  signal: AbortSignal,
): Promise<readonly Listed[]> {
  if (asked.kind === "paths") {
    const found = await readSmall<"find-pictures">(
      { kind: "find-pictures", paths: asked.paths },
      asked.paths.join(", "),
      signal,
    );
    const classOf = nearestClass(classNames);
    return found.map(({ path, names }) => ({
      source: { kind: "folder", path },
      pictures: names.map((name, index) => {
        const shownName = join(path, name);
        return { index, name, contentHash: null, shownName, label: classOf(shownName) };
      }),
    }));
  }
  if (from.kind === "file") throw new StrataError("inference.no-split", { split: asked.split });
  const places = new Map(classNames.map((name, place) => [name, place]));
  const { id: datasetId } = store.runs.get(from.runId).dataset;
  const { source, classes } = store.datasets.view(datasetId);
  const pictures = store.datasets.examplesOfSplit(datasetId, asked.split).map((example) => ({
    ...example,
    shownName: example.name,
    label: places.get(classes[example.label]?.name ?? "") ?? null,
  }));
  if (pictures.length === 0) throw new StrataError("inference.no-split", { split: asked.split });
  return [{ source, pictures }];
}

/** The place of the class whose name the nearest folder around a picture has, large or small letters alike; null where none has. */
function nearestClass(classNames: readonly string[]): (path: string) => number | null {
  const places = new Map(classNames.map((name, place) => [name.normalize("NFC").toLowerCase(), place]));
  return (path) => {
    const folders = path.split(/[\\/]/).slice(0, -1).toReversed();
    const found = folders.map((folder) => places.get(folder.normalize("NFC").toLowerCase()));
    return found.find((place) => place !== undefined) ?? null;
  };
}

function piecesOf(all: readonly Listed[]): readonly Listed[] {
  return all.flatMap(({ source, pictures }) =>
    Array.from({ length: Math.ceil(pictures.length / picturesAtOnce) }, (_, piece) => ({
      source,
      pictures: pictures.slice(piece * picturesAtOnce, (piece + 1) * picturesAtOnce),
    })),
  );
}

function answered({ pictures }: Listed, { classes, logits, refused }: Prediction): readonly AnsweredPicture[] {
  let row = 0;
  return pictures.map(({ shownName: name, label }, place) => {
    const problem = refused[place] ?? null;
    if (problem !== null) return { name, label, likeliest: [], trueProbability: null, problem };
    const probabilities = logSoftmax(logits, row++, classes).map(Math.exp);
    const trueProbability = label === null ? null : probabilities[label]!;
    return { name, label, likeliest: likeliestOf(probabilities), trueProbability, problem };
  });
}

/** Of equal ones the lower class comes first, as in an evaluation. */
function likeliestOf(probabilities: Float64Array): readonly ClassProbability[] {
  const places = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  return places.slice(0, mostLikeliest).map((place) => [place, probabilities[place]!] as const);
}

/** Answers to pictures with a true class, gathered for the figures of an evaluation. */
function createLabelled(classes: number) {
  const rows: Float32Array[] = [];
  const labels: number[] = [];
  return {
    add({ pictures }: Listed, { logits, refused }: Prediction): void {
      let row = 0;
      for (const [place, { label }] of pictures.entries()) {
        if (refused[place] !== null) continue;
        if (label !== null) {
          rows.push(logits.subarray(row * classes, (row + 1) * classes));
          labels.push(label);
        }
        row += 1;
      }
    },
    evaluation(loss: Parameters<typeof evaluationOf>[1]) {
      if (labels.length === 0) return null;
      const all = new Float32Array(rows.length * classes);
      for (const [place, values] of rows.entries()) all.set(values, place * classes);
      const examples = Int32Array.from(labels.keys());
      const answers = { logits: all, labels: Int32Array.from(labels), examples, classes };
      return evaluationOf(answers, loss, 0, 0, answeredMetrics(classes)).result;
    },
  };
}
