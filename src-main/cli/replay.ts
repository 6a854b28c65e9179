/** `strata replay`: a run trained again by its record, and compared with it value by value. */

import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { RunConfiguration } from "../contract/configuration.ts";
import { StrataError } from "../contract/errors.ts";
import type { ReplayOutcome } from "../contract/replay.ts";
import type { RunView } from "../contract/run.ts";
import { isUnknownPlace } from "../contract/run-bundle.ts";
import { singleRun } from "../domain/experiments/experiment-plan.ts";
import { otherPicturesInWords, replayDifferenceInWords, replayInWords } from "../domain/runs/replay-words.ts";
import { visibleText } from "../domain/visible-text.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { wholeFlag } from "./flags.ts";
import { followTraining } from "./follow-training.ts";
import { exitCodes, UsageError } from "./io.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

interface ReplayFlags {
  readonly data?: string;
  readonly initialWeights?: string;
  readonly json?: boolean;
}

/** `replay --json`. */
export interface ReplayDocument {
  readonly replay: ReplayOutcome;
}

export function addReplay(program: Command, context: CommandContext): void {
  const { io } = context;
  program
    .command("replay")
    .description("train a run again by its record, and say whether every figure is the same, or how far apart they are")
    .argument("<run>", "its number; also of an imported one", wholeFlag)
    .option("--data <folder>", "where its pictures lie on this machine; else where they lay when it was trained")
    .addOption(new Option("--initial-weights <file>", "the file that it began from, where that lies elsewhere by now"))
    .option(...jsonOption)
    .action(async (runId: number, flags: ReplayFlags) => {
      const threads = await withEngine(io, async (api) => threadsOf(await api.runs.get({ runId })));
      // A person who names threads means those.
      const environment =
        threads === null || io.environment.STRATA_THREADS !== undefined ? {} : { STRATA_THREADS: String(threads) };
      const replay = await withEngine(io, (api) => replayed(context, api, runId, flags), environment);
      const document: ReplayDocument = { replay };
      respond(io, flags.json, document, () => outcomeInWords(replay));
      if (!replay.isSame) context.exitCode = exitCodes.failed;
    });
}

/** On how many it was trained: sums are made in another order on others. */
function threadsOf({ threads, madeBy }: RunView): number | null {
  return threads ?? madeBy.at(-1)?.threads ?? null;
}

async function replayed(
  { io }: CommandContext,
  api: EngineCaller,
  runId: number,
  flags: ReplayFlags,
): Promise<ReplayOutcome> {
  const run = await api.runs.get({ runId });
  const configuration = placedHere(run, flags);
  const { source, id: datasetId } = await api.data.inspect({ source: configuration.dataset });
  // Said before the hours that it may take.
  for (const sentence of otherPicturesInWords(await api.bundles.comparePictures({ runId, datasetId })))
    io.err(`${visibleText(sentence)}\n`);
  const request = singleRun({ ...configuration, dataset: source });
  if (run.experiment !== null && configuration.training.earlyStopping !== null && !run.hasOwnProcess)
    io.err("It stopped early together with the other arms of its block, and by itself may stop at another epoch.\n");
  const [replay] = await followTraining(io, api, {}, async () => (await api.training.start(request)).runIds);
  if (replay === undefined) throw new Error("A run that was started is not there.");
  await api.runs.mark({ runIds: [replay.id], addTags: [`replay-of-${runId}`] });
  if (replay.error !== null) io.err(`${visibleText(`${replay.error.problem} ${replay.error.remedy}`)}\n`);
  return api.bundles.compareReplay({ runId, replayId: replay.id });
}

/** @throws UsageError, StrataError `replay.no-pictures` */
function placedHere({ id, configuration, dataset }: RunView, flags: ReplayFlags): RunConfiguration {
  const { dataset: source, initialWeights } = configuration;
  if (flags.data !== undefined && source.kind !== "folder")
    throw new UsageError("Its pictures are drawn by Strata; leave out --data.");
  if (flags.initialWeights !== undefined && initialWeights === undefined)
    throw new UsageError("It began from random weights; leave out --initial-weights.");
  if (flags.data === undefined && source.kind === "folder" && isUnknownPlace(source.path))
    throw new StrataError("replay.no-pictures", { runId: id, dataset: dataset.name });
  return {
    ...configuration,
    dataset: source.kind === "folder" && flags.data !== undefined ? { ...source, path: resolve(flags.data) } : source,
    ...(initialWeights &&
      flags.initialWeights !== undefined && {
        initialWeights: { ...initialWeights, path: resolve(flags.initialWeights) },
      }),
  };
}

function outcomeInWords(outcome: ReplayOutcome): string {
  const sentences = replayInWords(outcome).map((sentence) => `${visibleText(sentence)}\n`);
  if (outcome.furthest.length === 0) return sentences.join("");
  const rows = outcome.furthest.map(replayDifferenceInWords);
  const lines = table<ReturnType<typeof replayDifferenceInWords>>(
    [
      { title: "furthest apart", cell: ({ what }) => what },
      { title: `run ${outcome.runId}`, isNumber: true, cell: ({ original }) => original },
      { title: `run ${outcome.replayId}`, isNumber: true, cell: ({ replay }) => replay },
      { title: "difference", isNumber: true, cell: ({ difference }) => difference },
    ],
    rows,
  );
  return `${sentences.join("")}\n${lines}`;
}
