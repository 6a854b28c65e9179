/** `strata sweep`: a grid of settings with every seed; `strata experiments`: those on record, with what they came to. */
import type { Command } from "commander";
import type { ExperimentEstimate, ExperimentRequest, ExperimentView } from "../contract/experiment.ts";
import { mostOnPage } from "../contract/page.ts";
import type { RunView } from "../contract/run.ts";
import { metricOf } from "../domain/metrics/metrics.ts";
import { networkTable } from "../domain/networks/network-presets.ts";
import { droppedInExperiment } from "../domain/pictures/dropped-pictures.ts";
import { lowerFirst } from "../domain/settings/setting.ts";
import { visibleText } from "../domain/visible-text.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type {
  ExperimentDocument,
  ExperimentPlanDocument,
  ExperimentsDocument,
  ListedExperimentDocument,
  ShownExperimentDocument,
} from "./documents.ts";
import { experimentInWords, firstRows, rowsInTerminal } from "./experiment-in-words.ts";
import { wholeFlag } from "./flags.ts";
import { type FollowFlags, followTraining, respondWithRuns } from "./follow-training.ts";
import { exactDuration, whole } from "./format.ts";
import { UsageError } from "./io.ts";
import { networksInWords } from "./networks-in-words.ts";
import { addPageFlags, askedPage, type PageFlags, pagedDocument, pageInWords } from "./page-flags.ts";
import { inspectAs } from "./read-as.ts";
import { runDocument } from "./run-documents.ts";
import { addTrainFlags, armsOutOfStep, requestOf, type TrainFlags } from "./train-flags.ts";
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
      .description("recorded experiments of several runs, the newest first, with what their settings came to; or one")
      .argument("[number]", "one alone: --limit and --page are of its rows", wholeFlag),
    20,
  )
    .option(...jsonOption)
    .action(async (id: number | undefined, { json, ...flags }: ExperimentsFlags, command: Command) => {
      if (id === undefined) return listExperiments(context, json, flags);
      const isLimited = command.getOptionValueSource("limit") !== "default";
      const page = isLimited ? flags : { ...flags, limit: rowsInTerminal };
      const { view, verdict } = await withEngine(io, async (api) => ({
        view: json ? await wholeExperiment(api, id) : await pageOfExperiment(api, id, page),
        verdict: await api.experiments.verdict({ experimentId: id }),
      }));
      const document: ShownExperimentDocument = { ...listedDocument(view), verdict };
      respond(io, json, document, () => experimentInWords(view, page, verdict));
    });
}

type ExperimentsFlags = { readonly json?: boolean } & PageFlags;

/** Of each of several experiments in one document. */
const rowsInList = 1_000;

const wholeExperiment = (api: EngineCaller, experimentId: number): Promise<ExperimentView> =>
  api.experiments.get({ experimentId, most: mostOnPage, mostDecisions: 1_000_000 });

/** Of more rows than fit on one page the best by validation stand first. */
async function pageOfExperiment(api: EngineCaller, experimentId: number, page: PageFlags): Promise<ExperimentView> {
  const asked = { experimentId, ...askedPage(page), mostDecisions: rowsInTerminal };
  const view = await api.experiments.get(asked);
  if (view.foundRows <= page.limit) return view;
  const { judge } = view.outcome;
  const isDescending = metricOf(judge)?.better !== "lower";
  return api.experiments.get({ ...asked, sort: { column: `validation ${judge}`, isDescending } });
}

async function listExperiments({ io }: CommandContext, json: boolean | undefined, flags: PageFlags): Promise<void> {
  const { experiments, found } = await withEngine(io, async (api) => {
    const page = await api.experiments.list(askedPage(flags));
    const views: ExperimentView[] = [];
    for (const { id } of page.experiments)
      views.push(
        json
          ? await api.experiments.get({ experimentId: id, most: rowsInList, mostDecisions: rowsInList })
          : await pageOfExperiment(api, id, firstRows),
      );
    return { experiments: views, found: page.found };
  });
  const document: ExperimentsDocument = {
    ...pagedDocument(flags, experiments.length, found),
    experiments: experiments.map(listedDocument),
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
}

function listedDocument(view: ExperimentView): ListedExperimentDocument {
  const {
    id,
    createdAt,
    request,
    pictures,
    rows,
    foundRows,
    isResumable,
    runIds,
    finished,
    decisions,
    foundDecisions,
  } = view;
  return {
    ...{ id, createdAt, factors: request.factors, seeds: request.seeds, halving: request.halving },
    ...{ runs: runIds, finished, isResumable, pictures, rows, decisions, networks: networkTable(request) },
    ...{ moreRows: foundRows - rows.length, moreDecisions: foundDecisions - decisions.length },
  };
}

/** On the pictures that are meant, with what each network of it brings. */
async function onPictures(
  { io }: CommandContext,
  api: EngineCaller,
  flags: TrainFlags,
  { configuration, ...rest }: ExperimentRequest,
): Promise<{ readonly request: ExperimentRequest; readonly dropped: string }> {
  const { source, counts } = await inspectAs(io, api, configuration.dataset, flags);
  if (flags.minutes !== undefined && io.isWatched) io.err("Finding how long an epoch of each network takes here.\n");
  const request = await api.experiments.resolve({ ...rest, configuration: { ...configuration, dataset: source } });
  return { request, dropped: droppedLine(counts.train, request) };
}

/** As it will be recorded; what each network trains with is said first. */
export async function toldOnPictures(
  context: CommandContext,
  api: EngineCaller,
  flags: TrainFlags,
  asked: ExperimentRequest,
): Promise<ExperimentRequest> {
  const { request, dropped } = await onPictures(context, api, flags, asked);
  const words = networksInWords(request);
  if (!flags.json) context.io.err(words + armsInWords(flags) + dropped);
  return request;
}

/** Empty where every training picture is trained on in each epoch. */
export function droppedLine(pictures: number, request: ExperimentRequest): string {
  const words = droppedInExperiment(pictures, request);
  return words === null ? "" : `${words}\n`;
}

/** Empty where arms advance in step, or there are none. */
function armsInWords({ arm = [] }: TrainFlags): string {
  const apart = armsOutOfStep(arm).map(({ title }) => lowerFirst(title));
  if (apart.length === 0) return "";
  return `The arms differ in ${apart.join(", ")}: they train one by one, with the same pictures, split and seeds, but not in step.\n`;
}

async function plan(context: CommandContext, flags: SweepFlags, asked: ExperimentRequest): Promise<void> {
  const { io } = context;
  const { request, dropped, estimate } = await withEngine(io, async (api) => {
    const { request, dropped } = await onPictures(context, api, flags, asked);
    return { request, dropped, estimate: await api.experiments.estimate(request) };
  });
  const document: ExperimentPlanDocument = { ...estimate, networks: networkTable(request) };
  respond(
    io,
    flags.json,
    document,
    () => `${networksInWords(request)}${armsInWords(flags)}${dropped}${planInWords(estimate)}`,
  );
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
  const { runs, experiment, verdict } = await withEngine(
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
      const experiment = flags.json
        ? await wholeExperiment(api, experimentId)
        : await pageOfExperiment(api, experimentId, firstRows);
      return { runs, experiment, verdict: await api.experiments.verdict({ experimentId }) };
    },
    environment,
  );
  const { request, pictures, rows, decisions } = experiment;
  const document: ExperimentDocument = {
    ...{ experiment: experiment.id, factors: request.factors, seeds: request.seeds, halving: request.halving },
    ...{ pictures, rows, decisions, verdict },
    networks: networkTable(request),
    runs: runs.map(runDocument),
  };
  respondWithRuns(context, flags, runs, {
    document,
    words: () => experimentInWords(experiment, firstRows, verdict) + failuresInWords(runs),
  });
}

function failuresInWords(runs: readonly RunView[]): string {
  const failed = runs.filter(({ state, endReason }) => state !== "finished" && endReason !== "halved");
  if (failed.length === 0) return "";
  const told = failed.slice(0, rowsInTerminal);
  const more =
    told.length === failed.length ? "" : `And ${whole(failed.length - told.length)} more; strata runs lists them.\n`;
  return `\n${told.map(({ id, title, state }) => `Run ${id}, ${visibleText(title)}: ${state}\n`).join("")}${more}`;
}
