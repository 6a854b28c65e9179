/** `strata predict`: what a trained network answers to pictures, one or thousands. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { splitNames } from "../contract/dataset.ts";
import type { AnsweredPicture, AnsweringNetwork, AnswerQuestion } from "../contract/inference.ts";
import type { EvaluationResult } from "../contract/metric.ts";
import { type AnsweringSource, keptEpochs, type RunWeights } from "../contract/weights.ts";
import { csvOf } from "../domain/csv.ts";
import { countInWords, splitWords } from "../domain/health/words.ts";
import { valueIn } from "../domain/metrics/metric.ts";
import { titleWithScale } from "../domain/metrics/metric-unit.ts";
import { answeredMetrics } from "../domain/metrics/metrics.ts";
import { testLooksInWords } from "../domain/runs/test-looks.ts";
import { lowerFirst } from "../domain/settings/setting.ts";
import { wilsonInterval } from "../domain/statistics/wilson-interval.ts";
import { visibleText } from "../domain/visible-text.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { exactDuration, figure, percentFigure, whole } from "./format.ts";
import { type CliIo, eraseLine, exitCodes, UsageError } from "./io.ts";
import { type PredictDocument, predictedPicture } from "./predict-document.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

interface PredictFlags {
  readonly weights?: RunWeights["epoch"];
  readonly split?: (typeof splitNames)[number];
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** All that was answered. */
export interface Predicted {
  readonly network: AnsweringNetwork;
  readonly pictures: readonly AnsweredPicture[];
  readonly evaluation: EvaluationResult | null;
  readonly testLooks: number | null;
  readonly seconds: number;
}

export function addPredict(program: Command, context: CommandContext): void {
  const { io } = context;
  program
    .command("predict")
    .description(
      "what a trained network answers to pictures; with figures where their folders have the names of its classes",
    )
    .argument("<network>", "a run's number, also of one that is still training; or a file of weights")
    .argument("[pictures...]", "pictures, and folders or archives of them")
    .addOption(
      new Option("--split <split>", "in their place: the run's own pictures of this split").choices([...splitNames]),
    )
    .addOption(
      new Option(
        "--weights <epoch>",
        "best by validation loss, last, or the number of an epoch, where they are kept",
      ).argParser(keptEpochOf),
    )
    .option("--csv", "print a line a picture, with a head")
    .option(...jsonOption)
    .action(async (network: string, paths: string[], flags: PredictFlags) => {
      const question = questionOf(network, paths, flags);
      const predicted = await withEngine(io, (api) => predict(io, api, question));
      if (flags.csv) io.out(csvOf(csvColumns(question, predicted.network), predicted.pictures));
      else respond(io, flags.json, documentOf(question, predicted), () => inWords(question, predicted));
      if (predicted.pictures.every(({ problem }) => problem !== null)) context.exitCode = exitCodes.failed;
    });
}

function keptEpochOf(word: string): RunWeights["epoch"] {
  const named = keptEpochs.find((name) => name === word);
  if (named === undefined && !/^[1-9]\d{0,8}$/.test(word))
    throw new InvalidArgumentError("It is best, last, or the number of an epoch.");
  return named ?? Number(word);
}

function questionOf(
  network: string,
  paths: readonly string[],
  { weights, split, json, csv }: PredictFlags,
): AnswerQuestion {
  if (json && csv) throw new UsageError("--json and --csv are two forms of one answer: choose one.");
  if ((paths.length === 0) === (split === undefined))
    throw new UsageError("Name pictures, folders or archives, or the run's own pictures by --split.");
  return {
    from: sourceOf(network, weights),
    pictures:
      split === undefined ? { kind: "paths", paths: paths.map((path) => resolve(path)) } : { kind: "split", split },
  };
}

/** A number is a run, unless a file has that very name. */
function sourceOf(network: string, epoch: RunWeights["epoch"]): AnsweringSource {
  const isRun = /^[1-9]\d*$/.test(network) && !existsSync(network);
  if (isRun) return { kind: "run", runId: Number(network), epoch };
  if (epoch !== undefined) throw new UsageError("--weights is of runs; a file has one set of weights.");
  return { kind: "file", path: resolve(network) };
}

async function predict(io: CliIo, api: EngineCaller, question: AnswerQuestion): Promise<Predicted> {
  const pictures: AnsweredPicture[] = [];
  let begun: { readonly network: AnsweringNetwork; readonly pictures: number } | null = null;
  for await (const event of await api.inference.answerMany(question)) {
    if (event.kind === "begun") begun = event;
    else if (event.kind === "answered") {
      for (const picture of event.pictures) pictures.push(picture);
      if (io.isWatched) io.err(`${eraseLine}${whole(pictures.length)} of ${whole(begun?.pictures)} pictures`);
    } else if (begun !== null) {
      if (io.isWatched) io.err(eraseLine);
      const { evaluation, testLooks, seconds } = event;
      return { network: begun.network, pictures, evaluation, testLooks, seconds };
    }
  }
  throw new Error("The answers ended without a word.");
}

function className({ classNames }: AnsweringNetwork, place: number | null): string {
  return place === null ? "" : (classNames?.[place] ?? `class ${place}`);
}

/** Probabilities are fractions, each of the one picture of its line. */
const csvColumns = ({ pictures: asked }: AnswerQuestion, network: AnsweringNetwork) =>
  [
    ["picture", ({ name }: AnsweredPicture) => name],
    ["true_class", ({ label }: AnsweredPicture) => className(network, label)],
    ["answer", ({ likeliest: [first] }: AnsweredPicture) => className(network, first?.[0] ?? null)],
    ["probability", ({ likeliest: [first] }: AnsweredPicture) => first?.[1] ?? ""],
    ["true_class_probability", ({ trueProbability }: AnsweredPicture) => trueProbability ?? ""],
    ["second", ({ likeliest: [, second] }: AnsweredPicture) => className(network, second?.[0] ?? null)],
    ["second_probability", ({ likeliest: [, second] }: AnsweredPicture) => second?.[1] ?? ""],
    ["problem", ({ problem }: AnsweredPicture) => problem ?? ""],
    ["split", () => (asked.kind === "split" ? asked.split : "given")],
    ["unit", () => "fraction"],
  ] as const;

function documentOf(
  { from, pictures: asked }: AnswerQuestion,
  { network, pictures, evaluation, testLooks, seconds }: Predicted,
): PredictDocument {
  const { title, model, epoch, classes, isGoingOn } = network;
  const figures = answeredMetrics(classes).map((metric) => [metric.id, valueIn(evaluation, metric)] as const);
  return {
    network: { run: from.kind === "run" ? from.runId : null, title, model: model.id, epoch, isGoingOn },
    pictures: pictures.map((picture) => predictedPicture(picture, (place) => className(network, place))),
    split: asked.kind === "split" ? asked.split : null,
    evaluation: evaluation && { pictures: evaluation.pictures, ...Object.fromEntries(figures) },
    testLooks,
    seconds,
  };
}

function inWords({ pictures: asked }: AnswerQuestion, predicted: Predicted): string {
  const { network, pictures, seconds } = predicted;
  const name = (place: number | null) => (place === null ? "–" : visibleText(className(network, place)));
  const hasLabels = pictures.some(({ label }) => label !== null);
  const rows = table<AnsweredPicture>(
    [
      { title: "picture", cell: (one) => visibleText(one.name) },
      { title: "answer", cell: ({ likeliest: [first], problem }) => problem ?? name(first?.[0] ?? null) },
      { title: "probability", isNumber: true, cell: ({ likeliest: [first] }) => percentFigure(first?.[1]) },
      ...(hasLabels ? [{ title: "true class", cell: ({ label }: AnsweredPicture) => name(label) }] : []),
      { title: "second", cell: ({ likeliest: [, second] }) => name(second?.[0] ?? null) },
      { title: "probability", isNumber: true, cell: ({ likeliest: [, second] }) => percentFigure(second?.[1]) },
    ],
    pictures,
  );
  const epoch = network.epoch === null ? "" : ` after epoch ${network.epoch}`;
  const going = network.isGoingOn ? ", its latest saved state: it is not over" : "";
  const read = pictures.filter(({ problem }) => problem === null).length;
  const unread = pictures.length - read;
  return [
    `${rows}\n${visibleText(network.title)}${epoch}${going}: ${countInWords(read, "picture")} in ${exactDuration(seconds)}.\n`,
    unread === 0 ? "" : `${whole(unread)} could not be read; the answer says why.\n`,
    evaluationInWords(asked.kind === "split" ? `${splitWords[asked.split]} picture` : "given picture", predicted),
    predicted.testLooks === null ? "" : `${testLooksInWords(predicted.testLooks)}\n`,
  ].join("");
}

function evaluationInWords(kind: string, { network, evaluation }: Predicted): string {
  if (evaluation === null) return "";
  const figures = answeredMetrics(network.classes).map((metric) => {
    const value = valueIn(evaluation, metric);
    const unit = metric.unit === "nats" ? " nats" : "";
    return `${lowerFirst(titleWithScale(metric))} ${figure(value, metric)}${unit}${intervalOf(metric.id, value, evaluation.pictures)}`;
  });
  return `Of ${countInWords(evaluation.pictures, kind)} with a true class: ${figures.join(", ")}.\n`;
}

/** Of a share of pictures. */
function intervalOf(id: string, share: number | null, pictures: number): string {
  const interval = (id === "top1" || id === "top5") && share !== null ? wilsonInterval(share, pictures) : null;
  return interval === null ? "" : ` (95 % interval ${percentFigure(interval.low)} to ${percentFigure(interval.high)})`;
}
