/** `strata export`, `strata models export` and `strata models import`: weights out, and in. */
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import {
  type ExportedWeights,
  type ExportFormat,
  exportFormats,
  type ImportReport,
  type KeptEpoch,
  keptEpochs,
} from "../contract/weights.ts";
import { realTrainer } from "../engine/machine/diagnose.ts";
import { exportWeightsFile, importWeightsFile } from "../engine/weights/weights-files.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type { ExportDocument, ImportDocument } from "./documents.ts";
import { wholeFlag } from "./flags.ts";
import { whole } from "./format.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

interface ExportFlags {
  readonly to: string;
  readonly format: ExportFormat;
  readonly weights?: KeptEpoch;
  readonly json?: boolean;
}
interface ImportFlags {
  readonly model: string;
  readonly to?: string;
  readonly pixels?: "imagenet" | "centred";
  readonly allowMismatch?: boolean;
  readonly json?: boolean;
}

export function addExport(program: Command, { io }: CommandContext): void {
  exportOptions(program.command("export").description("a run's weights, for other programs"))
    .argument("<run>", "its number", wholeFlag)
    .addOption(
      new Option(
        "--weights <epoch>",
        "of the best epoch by validation loss or the last one, where they are kept; else those that it ended with, which its test figures are of",
      ).choices([...keptEpochs]),
    )
    .action(async (runId: number, { to, format, weights, json }: ExportFlags) => {
      const request = { runId, weights: weights ?? null, format, folder: resolve(to) };
      const exported = await withEngine(io, (api) => api.local.weights.export(request));
      const document: ExportDocument = { exported };
      respond(io, json, document, () => exportInWords(exported));
    });
}

/** @param models the command that these belong to */
export function addModelWeights(models: Command, { io }: CommandContext): void {
  exportOptions(models.command("export").description("the weights of a Strata file, for other programs"))
    .argument("<file>", "a safetensors or ONNX file that Strata wrote")
    .action(async (file: string, _: object, command: Command) => {
      const { to, format, json }: ExportFlags = command.optsWithGlobals();
      const request = { path: resolve(file), format, folder: to };
      const signal = new AbortController().signal;
      const exported = await exportWeightsFile(request, io.trainerEntry ?? realTrainer, signal);
      const document: ExportDocument = { exported };
      respond(io, json, document, () => exportInWords(exported));
    });

  models
    .command("import")
    .description("weights from elsewhere, brought to Strata's names: what matched, and a file to train from")
    .argument(
      "<file>",
      "safetensors of Strata's or with torchvision's names; an ONNX file of Strata's; a folder with TensorFlow.js's model.json or a SavedModel, of Strata's or with Keras' names",
    )
    .requiredOption("--model <id>", "the network that they are of")
    .option("--to <file>", "the file to write; without it, only what matched is told")
    .addOption(
      new Option("--pixels <scaling>", "how their pictures were scaled, where the file does not say").choices([
        "imagenet",
        "centred",
      ]),
    )
    .option(
      "--allow-mismatch",
      "take what fits even where fewer than half of the weights before the last layer do, or where the file's layers compute something else",
    )
    .option(...jsonOption)
    .action((file: string, _: object, command: Command) => {
      const flags: ImportFlags = command.optsWithGlobals();
      const to = flags.to === undefined ? null : resolve(flags.to);
      const report = importWeightsFile({
        ...{ path: resolve(file), modelId: flags.model, to, pixels: flags.pixels ?? null },
        isMismatchAllowed: flags.allowMismatch ?? false,
      });
      const document: ImportDocument = { file: to, ...report };
      respond(io, flags.json, document, () => importInWords(report, to));
    });
}

function exportOptions(command: Command): Command {
  return command
    .requiredOption("--to <folder>", "a new folder, or an empty one")
    .addOption(
      new Option("--format <format>", "what to write; torchvision, of a network that it computes alike")
        .choices([...exportFormats])
        .default("safetensors"),
    )
    .option(...jsonOption);
}

function exportInWords({ epoch, folder, files, warning }: ExportedWeights): string {
  const lines = table(
    [
      { title: "file", cell: ({ name }) => name },
      { title: "bytes", isNumber: true, cell: ({ bytes }) => whole(bytes) },
    ],
    files,
  );
  const warned = warning === null ? "" : `Warning: ${warning.problem} ${warning.remedy}\n`;
  const whose = epoch === null ? "" : `The weights of epoch ${epoch}. `;
  return `${lines}\n${whose}Written to ${folder}\n${warned}`;
}

function importInWords(report: ImportReport, to: string | null): string {
  const { matched, missing, surplus } = report;
  const shapeText = (shape: readonly number[]) => (shape.length === 0 ? "one number" : shape.join("×"));
  const lines = table(
    [
      { title: "weight", cell: ({ name }) => name },
      { title: "in the file", cell: ({ from }) => from },
      { title: "shape", isNumber: true, cell: ({ shape }) => shape },
      { title: "", cell: ({ note }) => note },
    ],
    [
      ...matched.map(({ name, from, shape }) => ({ name, from, shape: shapeText(shape), note: "" })),
      ...missing.map(({ name, from, shape, found }) => ({
        ...{ name, from, shape: shapeText(shape) },
        note: found === null ? "missing" : `of another shape there: ${shapeText(found)}`,
      })),
      ...surplus.map(({ name, shape }) => ({ name: "–", from: name, shape: shapeText(shape), note: "surplus" })),
    ],
  );
  const written = to === null ? "Nothing was written: name a file with --to." : `Written to ${to}`;
  const counts = `${matched.length} matched, ${missing.length} missing, ${surplus.length} surplus.`;
  return `${lines}\n${counts} ${matchInWords(report)}\n${written}\n`;
}

/** By what weights were found, and whether the layers that they are of compute the same. */
function matchInWords({ matchedBy, differences }: ImportReport): string {
  const found =
    matchedBy === "name"
      ? "Matched by name and shape."
      : "Matched by order and shape, not by name: layers there have names of their own.";
  if (differences === null) return `${found} The file does not say what its layers compute, so that was not compared.`;
  const [first, ...others] = differences.map(({ row, here, there }) => `${row}, ${there} there and ${here} here`);
  if (first === undefined) return `${found} Its layers compute what the network's rows do.`;
  const more = others.length === 0 ? "" : `, and ${others.length} more rows`;
  return `${found} It computes something else: ${first}${more}.`;
}
