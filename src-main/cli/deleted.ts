/** `strata delete`, `strata deleted` and `strata restore`: runs taken out of the record, and brought back. */
import type { Command } from "commander";
import { type DeletedRun, type DeletedRuns, keptDays } from "../contract/deleted-runs.ts";
import type { RunView } from "../contract/run.ts";
import { roundedBytes } from "../domain/rounding.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { runsArgument } from "./flags.ts";
import { whole } from "./format.ts";
import { listedRunDocument } from "./run-documents.ts";
import { runsInWords } from "./runs-in-words.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

interface JsonFlag {
  readonly json?: boolean;
}

export function addDeleted(program: Command, { io }: CommandContext): void {
  program
    .command("delete")
    .description(`runs out of the record; for ${keptDays} days strata restore brings them back`)
    .argument(...runsArgument)
    .option(...jsonOption)
    .action(async (runIds: readonly number[], { json }: JsonFlag) => {
      await withEngine(io, (api) => api.runs.remove({ runIds: [...runIds] }));
      const undo = `strata restore ${runIds.join(" ")}`;
      respond(io, json, { deleted: runIds }, () => `Deleted. Bring back within ${keptDays} days with: ${undo}\n`);
    });

  program
    .command("deleted")
    .description(`runs that were deleted in the last ${keptDays} days, the last first`)
    .option(...jsonOption)
    .action(async ({ json }: JsonFlag) => {
      const deleted = await withEngine(io, (api) => api.runs.deleted());
      respond(io, json, deleted, () => deletedInWords(deleted));
    });

  program
    .command("restore")
    .description("deleted runs, back into the record with all that they had")
    .argument(...runsArgument)
    .option(...jsonOption)
    .action(async (runIds: readonly number[], { json }: JsonFlag) => {
      const runs = await withEngine(
        io,
        (api): Promise<readonly RunView[]> => api.runs.restore({ runIds: [...runIds] }),
      );
      respond(io, json, { runs: runs.map(listedRunDocument) }, () => runsInWords(runs));
    });
}

function deletedInWords({ runs, found, diskBytes }: DeletedRuns): string {
  if (found === 0) return `No run was deleted in the last ${keptDays} days.\n`;
  const lines = table<DeletedRun>(
    [
      { title: "run", cell: ({ id }) => String(id), isNumber: true },
      { title: "title", cell: ({ title }) => visibleText(title) },
      { title: "data", cell: ({ dataset }) => visibleText(dataset) },
      { title: "deleted", cell: ({ deletedAt }) => deletedAt.slice(0, 10) },
      { title: "kept until", cell: ({ keptUntil }) => keptUntil.slice(0, 10) },
    ],
    runs,
  );
  return `${lines}${whole(found)} in all, with ${roundedBytes(diskBytes)} on disk. Bring one back with: strata restore <run>\n`;
}
