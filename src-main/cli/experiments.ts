/** `strata sweep`: a grid of settings with every seed; `strata experiments`: those on record, with what they came to. */
import type { Command } from "commander";
import type {
  ExperimentEstimate,
  ExperimentRequest,
  ExperimentRow,
  ExperimentView,
  Level,
} from "../contract/experiment.ts";
import type { RunView } from "../contract/run.ts";
import type { Metric } from "../domain/metrics/metric.ts";
import { mainMetrics, metrics } from "../domain/metrics/metrics.ts";
import { networkTable } from "../domain/network-presets.ts";
import { decisionInWords } from "../domain/successive-halving.ts";
import { visibleText } from "../domain/visible-text.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import {
  type ExperimentDocument,
  type ExperimentPlanDocument,
  type ExperimentsDocument,
  runDocument,
} from "./documents.ts";
import { type FollowFlags, followTraining, respondWithRuns } from "./follow-training.ts";
import { exactDuration, figure, figureTitle } from "./format.ts";
import { UsageError } from "./io.ts";
import { networksInWords } from "./networks-in-words.ts";
import { addPageFlags, askedPage, type PageFlags, pagedDocument, pageInWords } from "./page-flags.ts";
import { inspectAs } from "./read-as.ts";
import { table } from "./table.ts";
import { addTrainFlags, requestOf, type TrainFlags } from "./train-flags.ts";
import { withEngine } from "./with-engine.ts";

interface SweepFlags extends TrainFlags {
  readonly dryRun?: boolean;
}

export function addSweep(program: Command, context: CommandContext): void {
  const { io } = context;
  addTrainFlags(
    program
      .command("sweep")
      .description("train every combination of the settings that are varied, with every seed, as train does"),
  )
    .option("--dry-run", "only say how many runs it would be, and how long they would take")
    .action(async (flags: SweepFlags) => {
      const request = requestOf(flags);
      if (request.factors.length === 0 && request.seeds.length === 1)
        throw new UsageError(
          "Name what varies: --vary smoothing=0,0.1, --random 20 --range dropout=0..0.5 or --seeds 1,2,3.",
        );
      if (flags.dryRun) return plan(context, flags, request);
      await followExperiment(context, flags, async (api) =>
        api.training.start(await toldOnPictures(context, api, flags, request)),
      );
    });

  addPageFlags(
    program
      .command("experiments")
      .alias("sweeps")
      .description("recorded experiments of several runs, the newest first, with what their settings came to"),
    20,
  )
    .option(...jsonOption)
    .action(async ({ json, ...flags }: { readonly json?: boolean } & PageFlags) => {
      const { experiments, found } = await withEngine(io, async (api) => {
        const page = await api.experiments.list(askedPage(flags));
        const views: ExperimentView[] = [];
        for (const { id } of page.experiments) views.push(await api.experiments.get({ experimentId: id }));
        return { experiments: views, found: page.found };
      });
      const document: ExperimentsDocument = {
        ...pagedDocument(flags, experiments.length, found),
        experiments: experiments.map(({ id, createdAt, request, rows, isResumable, runIds, finished, decisions }) => ({
          ...{ id, createdAt, factors: request.factors, seeds: request.seeds, halving: request.halving },
          ...{ runs: runIds, finished, isResumable, rows, decisions, networks: networkTable(request) },
        })),
      };
      const words = () =>
        found === 0
          ? "No experiment is recorded yet.\n"
          : [
              ...experiments.map((one) => experimentInWords(one)),
              pageInWords(flags, experiments.length, found, "experiments"),
            ]
              .filter((part) => part !== "")
              .join("\n");
      respond(io, json, document, words);
    });
}

/** On the pictures that are meant, with what each network of it brings. */
async function onPictures(
  { io }: CommandContext,
  api: EngineCaller,
  flags: TrainFlags,
  { configuration, ...rest }: ExperimentRequest,
): Promise<ExperimentRequest> {
  const { source } = await inspectAs(io, api, configuration.dataset, flags);
  if (flags.minutes !== undefined && io.isWatched) io.err("Finding how long an epoch of each network takes here.\n");
  return api.experiments.resolve({ ...rest, configuration: { ...configuration, dataset: source } });
}

/** As it will be recorded; what each network trains with is said first. */
export async function toldOnPictures(
  context: CommandContext,
  api: EngineCaller,
  flags: TrainFlags,
  asked: ExperimentRequest,
): Promise<ExperimentRequest> {
  const request = await onPictures(context, api, flags, asked);
  const words = networksInWords(request);
  if (!flags.json && words !== "") context.io.err(words);
  return request;
}

async function plan(context: CommandContext, flags: SweepFlags, asked: ExperimentRequest): Promise<void> {
  const { io } = context;
  const { request, estimate } = await withEngine(io, async (api) => {
    const request = await onPictures(context, api, flags, asked);
    return { request, estimate: await api.experiments.estimate(request) };
  });
  const document: ExperimentPlanDocument = { ...estimate, networks: networkTable(request) };
  respond(io, flags.json, document, () => `${networksInWords(request)}${planInWords(estimate)}`);
}

export function planInWords({ runs, seconds }: ExperimentEstimate): string {
  return seconds === null
    ? `${runs} runs; how long they take cannot be told.\n`
    : `${runs} runs, about ${exactDuration(seconds)}.\n`;
}

/** Trains the experiment to its end. Ctrl-C pauses it, and it can go on later. */
export async function followExperiment(
  context: CommandContext,
  flags: FollowFlags,
  start: (api: EngineCaller) => Promise<{ readonly experimentId: number | null; readonly runIds: readonly number[] }>,
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  const { io } = context;
  const { runs, experiment } = await withEngine(
    io,
    async (api) => {
      let experimentId = 0;
      const begin = async () => {
        const started = await start(api);
        experimentId = started.experimentId ?? 0;
        if (io.isWatched) io.err(`Experiment ${experimentId}: ${started.runIds.length} runs.\n`);
        return started.runIds;
      };
      const runs = await followTraining(io, api, flags, begin, () => api.experiments.pause({ experimentId }));
      return { runs, experiment: await api.experiments.get({ experimentId }) };
    },
    environment,
  );
  const { request, rows, decisions } = experiment;
  const document: ExperimentDocument = {
    ...{ experiment: experiment.id, factors: request.factors, seeds: request.seeds, halving: request.halving },
    ...{ rows, decisions },
    networks: networkTable(request),
    runs: runs.map(runDocument),
  };
  respondWithRuns(context, flags, runs, {
    document,
    words: () => experimentInWords(experiment) + failuresInWords(runs),
  });
}

/** The validation pictures' figures, which settings are chosen by, with the interval of their mean over seeds; then the test pictures', apart. */
export function experimentInWords(experiment: ExperimentView, all: readonly Metric[] = metrics): string {
  const { id, request, rows, runIds, finished } = experiment;
  const settings = request.factors.flatMap((factor, index) =>
    "ranges" in factor
      ? factor.ranges.map(({ setting }, place) => ({
          title: setting,
          cell: ({ levels }: ExperimentRow) => valueInWords(levels[index]?.changes[place]?.value),
        }))
      : {
          title: "setting" in factor ? factor.setting : "arm",
          cell: ({ levels }: ExperimentRow) => levelInWords(levels[index]),
        },
  );
  const column = (title: string, metric: Metric, of: (row: ExperimentRow) => number | undefined) => ({
    title,
    isNumber: true,
    cell: (row: ExperimentRow) => figure(of(row), metric),
  });
  const shown = mainMetrics(all);
  const hasSeeds = request.seeds.length > 1;
  const figures = table<ExperimentRow>(
    [
      ...settings,
      { title: "finished", isNumber: true, cell: (row) => `${row.finished} of ${row.runIds.length}` },
      ...shown.flatMap((metric) => [
        column(`val. ${figureTitle(metric)}`, metric, ({ validation }) => validation[metric.id]?.mean),
        ...(hasSeeds
          ? [
              column("from", metric, ({ validation }) => validation[metric.id]?.interval?.low),
              column("to", metric, ({ validation }) => validation[metric.id]?.interval?.high),
            ]
          : []),
      ]),
      ...shown.map((metric) => column(`test ${figureTitle(metric)}`, metric, ({ test }) => test[metric.id]?.mean)),
    ],
    rows,
  );
  const over = hasSeeds
    ? `Mean over each row's finished runs, of ${request.seeds.length} seeds, with its 95 % interval by Student's t.`
    : "Figures of one seed each: another seed may order the rows otherwise.";
  const splits = "val.: on the validation pictures, which settings are chosen by; test: apart from that choice.";
  const setUp = networksInWords(request);
  return `Experiment ${id}, ${finished} of ${runIds.length} runs finished\n\n${setUp}${figures}\n${over}\n${splits} Losses in nats.\n${halvingInWords(experiment)}`;
}

/** What was decided of every run, in the order in which it was; empty without successive halving. */
function halvingInWords({ decisions, request: { halving } }: ExperimentView): string {
  if (halving === undefined) return "";
  const lines = decisions.map((one) => `Run ${one.runIds.join(" and ")} ${decisionInWords(one)}\n`).join("");
  return `\nSuccessive halving by ${halving.metric} on the validation pictures:\n${lines}What stopped can go on to its end: strata resume <run>\n`;
}

function levelInWords(level: Level | undefined): string {
  return level?.name ?? level?.changes.map(({ value }) => valueInWords(value)).join(", ") ?? "–";
}

function valueInWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "none" : String(value ?? "–");
  return "kind" in value ? String(value.kind) : JSON.stringify(value);
}

function failuresInWords(runs: readonly RunView[]): string {
  const failed = runs.filter(({ state, endReason }) => state !== "finished" && endReason !== "halved");
  return failed.length === 0
    ? ""
    : `\n${failed.map(({ id, title, state }) => `Run ${id}, ${visibleText(title)}: ${state}\n`).join("")}`;
}
