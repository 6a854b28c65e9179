/** What every command has in common: its answer as words or as one document, and what it says when it fails. */
import { TRPCError } from "@trpc/server";
import type { Command } from "commander";
import { ZodError } from "zod";
import { StrataError } from "../contract/errors.ts";
import { visibleText } from "../domain/visible-text.ts";
import { codedHomeError, diskTroubleOf } from "../platform/disk-trouble.ts";
import { homeFolder } from "../platform/paths.ts";
import type { FailureDocument } from "./documents.ts";
import { type CliIo, type ExitCode, exitCodes, UsageError } from "./io.ts";

export interface CommandContext {
  readonly io: CliIo;
  /** Set by the command that ran; `done` unless it says otherwise. */
  exitCode: ExitCode;
}

export const jsonOption = ["--json", "print exactly one JSON document on standard output"] as const;

/** Prints the document with `--json`, and else the words. */
export function respond(io: CliIo, isJson: boolean | undefined, document: object, words: () => string): void {
  io.out(isJson ? `${JSON.stringify(document)}\n` : words());
}

/** What the command line names is not there or cannot be meant, which is known before anything is done. */
const usageCodes: ReadonlySet<FailureDocument["error"]["code"]> = new Set([
  ...(["experiment.bad-range", "experiment.few-points", "experiment.bad-halving"] as const),
  ...(["experiment.not-blocked", "experiment.not-varied", "experiment.fixed-arms", "experiment.nothing-new"] as const),
  "experiment.untimed",
  "disk.reserved-name",
  ...(["bundle.not-found", "bundle.unfinished", "replay.no-pictures"] as const),
  ...(["usage", "settings.invalid", "find.unknown-name", "find.not-understood"] as const),
  ...(["model.unknown", "model.input-too-small", "experiment.too-many", "experiment.repeats"] as const),
  ...([
    "data.not-found",
    "data.not-a-folder",
    "data.no-pictures",
    "data.no-classes",
    "data.reading-gone",
    "data.one-class",
    "data.too-few",
    "data.no-groups",
    "data.too-few-groups",
    "data.no-validation",
    "data.no-picture",
    "data.no-picture-found",
    "data.no-class",
    "data.class-taken",
    "data.version-unchanged",
    "data.version-known",
    "data.version-unknown",
  ] as const),
  ...(["file.not-regular", "weights.not-found", "weights.no-model", "weights.pickle", "weights.keras"] as const),
  ...(["weights.program", "weights.foreign", "weights.unmatched", "weights.too-little", "weights.differs"] as const),
  ...(["weights.not-finite", "weights.no-mapping", "weights.onnx", "weights.onnx-changed"] as const),
  ...(["weights.no-row", "weights.frozen-missing"] as const),
]);

/** Says what went wrong, and the exit code for it. A fault of ours keeps its stack, on standard error. */
export function fail(io: CliIo, thrown: unknown, command: Command | null): ExitCode {
  const isJson = command?.optsWithGlobals().json === true;
  const cause = thrown instanceof TRPCError ? (thrown.cause ?? thrown) : thrown;
  const failure = failureOf(cause, command, io.environment);
  if (failure === null) {
    io.err(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
    return exitCodes.failed;
  }
  const { error } = failure;
  if (isJson) io.out(`${JSON.stringify(failure)}\n`);
  else io.err(`${visibleText(`${error.problem} ${error.remedy}`)}\n`);
  return usageCodes.has(error.code) ? exitCodes.usage : exitCodes.failed;
}

function failureOf(thrown: unknown, command: Command | null, environment: NodeJS.ProcessEnv): FailureDocument | null {
  const cause = diskErrorOf(thrown, environment);
  if (cause instanceof StrataError) return { error: cause.toJSON() };
  if (cause instanceof ZodError) {
    const [issue] = cause.issues;
    // A number is a place in a list.
    const setting = issue?.path.findLast((key) => typeof key === "string") ?? "setting";
    return {
      error: new StrataError("settings.invalid", { setting, problem: issue?.message ?? "not understood" }).toJSON(),
    };
  }
  if (cause instanceof UsageError) {
    const name = command ? `strata ${pathOf(command)}` : "strata";
    return { error: { code: "usage", problem: cause.message, remedy: `See ${name} --help.` } };
  }
  return null;
}

/** What the disk did where nobody said what it was doing; anything else, as it is. */
function diskErrorOf(thrown: unknown, environment: NodeJS.ProcessEnv): unknown {
  if (thrown instanceof StrataError || diskTroubleOf(thrown) === null) return thrown;
  const isNamed = thrown instanceof Error && "path" in thrown && typeof thrown.path === "string";
  return codedHomeError(thrown, isNamed ? String(thrown.path) : homeFolder(environment));
}

function pathOf(command: Command): string {
  const parent = command.parent;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}
