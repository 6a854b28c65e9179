/** `strata bundle export` and `strata bundle import`: runs out to another Strata, and in from one. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { ExportedBundle, ImportedBundle } from "../contract/run-bundle.ts";
import { countInWords } from "../domain/health/words.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { runsArgument, wholeFlag } from "./flags.ts";
import { whole } from "./format.ts";
import { UsageError } from "./io.ts";
import { withEngine } from "./with-engine.ts";

interface JsonFlag {
  readonly json?: boolean;
}

interface ExportFlags extends JsonFlag {
  readonly to: string;
  readonly experiment?: number;
  readonly withCheckpoints?: boolean;
}

/** `bundle export --json`. */
export interface ExportedBundleDocument {
  readonly exported: ExportedBundle;
}
/** `bundle import --json`. */
export interface ImportedBundleDocument {
  readonly imported: ImportedBundle;
}

export function addBundle(program: Command, { io }: CommandContext): void {
  const bundle = program.command("bundle").description("runs for another Strata, in one file without their pictures");

  bundle
    .command("export")
    .description("what is recorded of runs, with their weights and what tells their pictures, in one file")
    .argument("[runs...]", runsArgument[1], runsArgument[2])
    .option("--experiment <number>", "all runs of this experiment, and what it asked for", wholeFlag)
    .requiredOption("--to <file>", "a new file; it is a zip")
    .option(
      "--with-checkpoints",
      "with the latest saved state of runs that were not trained to their end, to resume them elsewhere",
    )
    .option(...jsonOption)
    .action(async (named: readonly number[], { to, experiment, withCheckpoints, json }: ExportFlags) => {
      if ((named.length === 0) === (experiment === undefined))
        throw new UsageError("Name runs, or an experiment with --experiment.");
      const exported = await withEngine(io, async (api) => {
        const runIds =
          experiment === undefined ? named : (await api.experiments.get({ experimentId: experiment })).runIds;
        return api.local.bundles.export({ runIds: [...runIds], path: resolve(to), withCheckpoints });
      });
      const document: ExportedBundleDocument = { exported };
      respond(io, json, document, () => exportInWords(exported));
    });

  bundle
    .command("import")
    .description("the runs of a bundle, under new numbers; all of them, or none where anything in it is wrong")
    .argument("<file>", "a bundle that Strata exported")
    .option(...jsonOption)
    .action(async (file: string, { json }: JsonFlag) => {
      const imported = await withEngine(io, (api) => api.local.bundles.import({ path: resolve(file) }));
      const document: ImportedBundleDocument = { imported };
      respond(io, json, document, () => importInWords(imported));
    });
}

function exportInWords(exported: ExportedBundle): string {
  const { path, bytes, runs, withWeights, withCheckpoints, withoutLogits } = exported;
  const weights = withWeights === runs ? "with their weights" : `${withWeights} of them with weights`;
  const left =
    withoutLogits > 0
      ? `Some logits of ${countInWords(withoutLogits, "run")} are not in it: of one split at most 64 MiB go along, of the pictures that were looked at. Calibration will lack them.\n`
      : "";
  return `${visibleText(path)}\n${runs} ${runs === 1 ? "run" : "runs"}, ${weights}${withCheckpoints > 0 ? `, ${withCheckpoints} to be resumed` : ""}; ${whole(bytes)} bytes. The pictures are not in it.\n${left}`;
}

function importInWords({
  runIds,
  numbersThere,
  withWeights,
  withCheckpoints,
  missingDatasets,
}: ImportedBundle): string {
  const lines = runIds.map((runId, at) => `Run ${runId} is run ${numbersThere[at]} of the bundle.\n`).join("");
  const weights = `${withWeights} of ${runIds.length} with weights. Repeat one with: strata replay ${runIds[0]}\n`;
  const missing = missingDatasets.map(
    (name) => `The pictures of ${visibleText(name)} are not known here: name their folder with --data.\n`,
  );
  const states =
    withCheckpoints > 0
      ? `${withCheckpoints} can go on once their pictures have been opened: strata resume <run>\n`
      : "";
  return `${lines}${weights}${states}${missing.join("")}`;
}
