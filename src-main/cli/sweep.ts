/** `strata sweep`: a grid of settings with every seed; `strata sweeps`: those on record, with what they came to. */
import type { Command } from "commander";
import type { RunView } from "../contract/run.ts";
import { type SweepRequest, type SweepRow, type SweepView, sweepRequest } from "../contract/sweep.ts";
import type { Metric } from "../domain/metrics/metric.ts";
import { mainMetrics, metrics } from "../domain/metrics/metrics.ts";
import { visibleText } from "../domain/visible-text.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { runDocument, type SweepDocument, type SweepPlanDocument, type SweepsDocument } from "./documents.ts";
import { type FollowFlags, followTraining, respondWithRuns } from "./follow-training.ts";
import { exactDuration, figure, figureTitle } from "./format.ts";
import { UsageError } from "./io.ts";
import { inspectAs } from "./read-as.ts";
import { seedsFlag, varyFlag } from "./sweep-flags.ts";
import { table } from "./table.ts";
import { addSettingFlags, requestOf, type SettingFlags } from "./train-flags.ts";
import { withEngine } from "./with-engine.ts";

interface SweepFlags extends SettingFlags {
  readonly vary: SweepRequest["vary"];
  readonly seeds: readonly number[];
  readonly dryRun?: boolean;
}

export function addSweep(program: Command, context: CommandContext): void {
  const { io } = context;
  addSettingFlags(
    program.command("sweep").description("train every combination of the settings that are varied, with every seed"),
  )
    .option("--vary <setting=values>", "smoothing=0,0.1 for one; may be given several times", varyFlag, [])
    .option("--seeds <numbers>", "1,2,3 for one", seedsFlag, [1])
    .option("--dry-run", "only say how many runs it would be, and how long they would take")
    .option(...jsonOption)
    .option("--events", "with --json: print one event a line instead")
    .action(async (flags: SweepFlags) => {
      if (flags.vary.length === 0 && flags.seeds.length === 1)
        throw new UsageError("Name what varies: --vary smoothing=0,0.1 or --seeds 1,2,3.");
      const { configuration } = requestOf({ ...flags, seed: flags.seeds[0]! });
      const request = sweepRequest.parse({ configuration, vary: flags.vary, seeds: flags.seeds });
      if (flags.dryRun) return plan(context, flags, request);
      await followSweep(context, flags, async (api) =>
        api.sweeps.start(await withPictures(context, api, flags, request)),
      );
    });

  program
    .command("sweeps")
    .description("every recorded sweep, the newest first, with what its settings came to")
    .option(...jsonOption)
    .action(async ({ json }: { readonly json?: boolean }) => {
      const sweeps = await withEngine(io, (api) => api.sweeps.list());
      const document: SweepsDocument = {
        sweeps: sweeps.map(({ id, createdAt, rows, isResumable, runIds, finished }) => ({
          ...{ id, createdAt, runs: runIds, finished, isResumable, rows },
        })),
      };
      const words = () =>
        sweeps.length === 0 ? "No sweep is recorded yet.\n" : sweeps.map((sweep) => sweepInWords(sweep)).join("\n");
      respond(io, json, document, words);
    });
}

async function withPictures(
  { io }: CommandContext,
  api: EngineCaller,
  flags: SweepFlags,
  { configuration, ...rest }: SweepRequest,
): Promise<SweepRequest> {
  const { source } = await inspectAs(io, api, configuration.dataset, flags);
  return { ...rest, configuration: { ...configuration, dataset: source } };
}

async function plan(context: CommandContext, flags: SweepFlags, request: SweepRequest): Promise<void> {
  const { io } = context;
  const document: SweepPlanDocument = await withEngine(io, async (api) =>
    api.sweeps.estimate(await withPictures(context, api, flags, request)),
  );
  const { runs, seconds } = document;
  respond(io, flags.json, document, () =>
    seconds === null
      ? `${runs} runs; how long they take cannot be told.\n`
      : `${runs} runs, about ${exactDuration(seconds)}.\n`,
  );
}

/** Trains the sweep to its end. Ctrl-C pauses it, and it can go on later. */
export async function followSweep(
  context: CommandContext,
  flags: FollowFlags,
  start: (api: EngineCaller) => Promise<{ readonly sweepId: number; readonly runIds: readonly number[] }>,
): Promise<void> {
  const { io } = context;
  const { runs, sweep } = await withEngine(io, async (api) => {
    let sweepId = 0;
    const begin = async () => {
      const started = await start(api);
      sweepId = started.sweepId;
      if (io.isWatched) io.err(`Sweep ${sweepId}: ${started.runIds.length} runs.\n`);
      return started.runIds;
    };
    const runs = await followTraining(io, api, flags, begin, () => api.sweeps.pause({ sweepId }));
    return { runs, sweep: await api.sweeps.get({ sweepId }) };
  });
  const document: SweepDocument = { sweep: sweep.id, runs: runs.map(runDocument) };
  respondWithRuns(context, flags, runs, { document, words: () => sweepInWords(sweep) + failuresInWords(runs) });
}

/** The validation pictures' figures, which settings are chosen by, with their range; then the test pictures', apart. */
export function sweepInWords(sweep: SweepView, all: readonly Metric[] = metrics): string {
  const { id, request, rows, runIds, finished } = sweep;
  const settings = request.vary.map(({ setting }, index) => ({
    title: setting,
    cell: ({ values }: SweepRow) => valueInWords(values[index]?.value),
  }));
  const column = (title: string, metric: Metric, of: (row: SweepRow) => number | undefined) => ({
    title,
    isNumber: true,
    cell: (row: SweepRow) => figure(of(row), metric),
  });
  const shown = mainMetrics(all);
  const figures = table<SweepRow>(
    [
      ...settings,
      { title: "finished", isNumber: true, cell: (row) => `${row.finished} of ${row.runIds.length}` },
      ...shown.flatMap((metric) => [
        column(`val. ${figureTitle(metric)}`, metric, ({ validation }) => validation[metric.id]?.mean),
        column("from", metric, ({ validation }) => validation[metric.id]?.lowest),
        column("to", metric, ({ validation }) => validation[metric.id]?.highest),
      ]),
      ...shown.map((metric) => column(`test ${figureTitle(metric)}`, metric, ({ test }) => test[metric.id]?.mean)),
    ],
    rows,
  );
  const over =
    request.seeds.length > 1
      ? `Mean over each row's finished runs, of ${request.seeds.length} seeds, with the lowest and the highest.`
      : "Figures of one seed each: another seed may order the rows otherwise.";
  const splits = "val.: on the validation pictures, which settings are chosen by; test: apart from that choice.";
  return `Sweep ${id}, ${finished} of ${runIds.length} runs finished\n\n${figures}\n${over}\n${splits} Losses in nats.\n`;
}

function valueInWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "none" : String(value ?? "–");
  return "kind" in value ? String(value.kind) : JSON.stringify(value);
}

function failuresInWords(runs: readonly RunView[]): string {
  const failed = runs.filter(({ state }) => state !== "finished");
  return failed.length === 0
    ? ""
    : `\n${failed.map(({ id, title, state }) => `Run ${id}, ${visibleText(title)}: ${state}\n`).join("")}`;
}
