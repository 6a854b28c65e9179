/** `curves`: every recorded point of runs, for other programs. */
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { type CurveFormat, curveFormats, type ExportedCurves } from "../contract/curves.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { runsArgument } from "./flags.ts";
import { whole } from "./format.ts";
import { withEngine } from "./with-engine.ts";

/** `curves --json`. */
export interface CurvesDocument {
  readonly exported: ExportedCurves;
}

export function addCurves(program: Command, { io }: CommandContext): void {
  program
    .command("curves")
    .description("the curves of runs, for other programs: TensorBoard's files of events, or one CSV table")
    .argument(...runsArgument)
    .requiredOption("--to <folder>", "a new folder, or an empty one")
    .addOption(
      new Option("--format <format>", "for which program")
        .choices([...curveFormats])
        .default("tensorboard" satisfies CurveFormat),
    )
    .option(...jsonOption)
    .action(
      async (
        runIds: readonly number[],
        { to, format, json }: { readonly to: string; readonly format: CurveFormat; readonly json?: boolean },
      ) => {
        const request = { runIds: [...runIds], format, folder: resolve(to) };
        const exported = await withEngine(io, (api) => api.local.curves.export(request));
        const document: CurvesDocument = { exported };
        respond(io, json, document, () => exportInWords(exported, format));
      },
    );
}

function exportInWords({ folder, files }: ExportedCurves, format: CurveFormat): string {
  const lines = files.map(({ name, points }) => `${visibleText(name)}: ${whole(points)} points\n`);
  const hint = format === "tensorboard" ? `Look at them with: tensorboard --logdir ${visibleText(folder)}\n` : "";
  return `${visibleText(folder)}\n${lines.join("")}${hint}`;
}
