/** The command line as one function: words in, exit code out. */
import { existsSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { RunsAtOnce, ThreadsChoice } from "../contract/machine.ts";
import { runsAtOnceFrom, threadsChoiceFrom } from "../platform/threads.ts";
import { strataVersion } from "../platform/version.ts";
import { addBench } from "./bench.ts";
import { addBundle } from "./bundle.ts";
import { addCalibration } from "./calibration.ts";
import { addClasses } from "./classes.ts";
import { type CommandContext, fail } from "./command.ts";
import { addCurves } from "./curves.ts";
import { addData } from "./data.ts";
import { addDeleted } from "./deleted.ts";
import { addDoctor } from "./doctor.ts";
import { addSweep } from "./experiments.ts";
import { addGrow } from "./grow.ts";
import { type CliIo, type ExitCode, exitCodes, harmless, UsageError } from "./io.ts";
import { addModels } from "./models.ts";
import { addPredict } from "./predict.ts";
import { addQueue } from "./queue.ts";
import { addReplay } from "./replay.ts";
import { addReport } from "./report.ts";
import { addRuns } from "./runs.ts";
import { addServe } from "./serve.ts";
import { addTrain } from "./train.ts";
import { addExport } from "./weights.ts";

/** @param words the command line after the program's name */
export async function runCli(words: readonly string[], given: CliIo): Promise<ExitCode> {
  const io = harmless(given);
  const context: CommandContext = { io, exitCode: exitCodes.done };
  let running: Command | null = null;
  const program = new Command("strata")
    .description("Train deep vision networks on your own pictures, compare them fairly, keep every run.")
    .version(strataVersion())
    .option(
      "--threads <count>",
      "threads to train with, all or all-but-one; as chosen in the window unless named; as STRATA_THREADS",
      threadsFlag,
    )
    .option(
      "--runs-at-once <count>",
      "runs of an experiment to train side by side, or fastest, which is measured; as chosen in the window unless named; as STRATA_RUNS_AT_ONCE",
      runsAtOnceFlag,
    )
    .configureHelp({ showGlobalOptions: true })
    .hook("preAction", (_, command) => {
      running = command;
      const { threads, runsAtOnce } = command.optsWithGlobals<{ threads?: ThreadsChoice; runsAtOnce?: RunsAtOnce }>();
      if (threads !== undefined) io.environment.STRATA_THREADS = String(threads);
      if (runsAtOnce !== undefined) io.environment.STRATA_RUNS_AT_ONCE = String(runsAtOnce);
    });
  addServe(program, context);
  addTrain(program, context);
  addSweep(program, context);
  addGrow(program, context);
  addRuns(program, context);
  addCalibration(program, context);
  addClasses(program, context);
  addDeleted(program, context);
  addCurves(program, context);
  addBundle(program, context);
  addReplay(program, context);
  addReport(program, context);
  addQueue(program, context);
  addPredict(program, context);
  addExport(program, context);
  addModels(program, context);
  addData(program, context);
  addBench(program, context);
  addDoctor(program, context);
  speakThrough(program, io);

  const isOfPictures = words[0] !== undefined && isPathOfPictures(words[0]);
  const empty = words.findIndex((word) => /^(--[\w-]+=)?\s*$/.test(word));
  if (empty >= 0) {
    const before = words[empty - 1];
    const where = before === undefined ? "The first argument" : `The argument after ${before}`;
    const isJson = words.includes("--json");
    return fail(io, new UsageError(`${where} is empty.`), isJson ? jsonCommand : null);
  }
  try {
    await program.parseAsync(words.length === 0 || isOfPictures ? ["app", ...words] : [...words], { from: "user" });
    return context.exitCode;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) return fail(io, thrown, running);
    // Help and the version are thrown too, with exit code 0, once they are printed.
    if (thrown.exitCode === 0) return exitCodes.done;
    if (words.includes("--json")) return fail(io, new UsageError(thrown.message.replace(/^error: /, "")), jsonCommand);
    return exitCodes.usage;
  }
}

/** `strata flowers.zip` opens it: no command has a slash or a dot in its name. */
function isPathOfPictures(word: string): boolean {
  return !word.startsWith("-") && /[\\/.]/.test(word) && existsSync(word);
}

function threadsFlag(text: string): ThreadsChoice {
  const choice = threadsChoiceFrom(text);
  if (choice === null) throw new InvalidArgumentError("A number from 1 on, all, or all-but-one.");
  return choice;
}

function runsAtOnceFlag(text: string): RunsAtOnce {
  const choice = runsAtOnceFrom(text);
  if (choice === null) throw new InvalidArgumentError("A number from 1 on, or fastest.");
  return choice;
}

/** Stands for whichever command was not understood. */
const jsonCommand = new Command("strata").option("--json").setOptionValue("json", true);

function speakThrough(command: Command, io: CliIo): void {
  command.exitOverride().showHelpAfterError("(--help says what it takes)");
  command.configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) });
  for (const inner of command.commands) speakThrough(inner, io);
}
