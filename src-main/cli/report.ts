/** `strata report`: a run or an experiment as one page that opens without Strata. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { StrataError } from "../contract/errors.ts";
import type { ReportQuestion } from "../contract/report.ts";
import { visibleText } from "../domain/visible-text.ts";
import { writeNewFileAtomically } from "../platform/atomically.ts";
import { refuseLostNames } from "../platform/refuse-lost-names.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { wholeFlag } from "./flags.ts";
import { UsageError } from "./io.ts";
import { withEngine } from "./with-engine.ts";

/** `report --json`. */
export interface ReportDocument {
  readonly report: { readonly path: string; readonly bytes: number };
}

export function addReport(program: Command, { io }: CommandContext): void {
  program
    .command("report")
    .description(
      "a run or an experiment as one HTML page with figures, curves, settings and pictures; print it for a PDF",
    )
    .argument("[run]", "its number", wholeFlag)
    .option("--experiment <number>", "of this experiment instead", wholeFlag)
    .requiredOption("--to <file>", "a new file")
    .option(...jsonOption)
    .action(
      async (
        runId: number | undefined,
        { experiment, to, json }: { readonly experiment?: number; readonly to: string; readonly json?: boolean },
      ) => {
        const path = resolve(to);
        refuseLostNames(path);
        const question = questionOf(runId, experiment);
        const { html } = await withEngine(io, (api) => api.reports.html(question));
        const bytes = Buffer.from(html);
        if (!writeNewFileAtomically(path, bytes)) throw new StrataError("export.exists", { path });
        const document: ReportDocument = { report: { path, bytes: bytes.length } };
        respond(io, json, document, () => `${visibleText(path)}\n`);
      },
    );
}

function questionOf(runId: number | undefined, experimentId: number | undefined): ReportQuestion {
  if (runId !== undefined && experimentId === undefined) return { kind: "run", runId };
  if (runId === undefined && experimentId !== undefined) return { kind: "experiment", experimentId };
  throw new UsageError("Name one run, or an experiment with --experiment.");
}
