/** `strata models` and `strata models show`: the networks there are, and one network row by row. */
import type { Command } from "commander";
import type { ArchitectureView } from "../contract/architecture.ts";
import { classCount, modelChoice } from "../contract/configuration.ts";
import { rowLines } from "../domain/networks/row-lines.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { type ModelsDocument, modelDocument, modelShowDocument } from "./documents.ts";
import { numberFlagOf } from "./flags.ts";
import { short, whole } from "./format.ts";
import { table } from "./table.ts";
import { addModelWeights } from "./weights.ts";
import { recordlessApi } from "./with-engine.ts";

export function addModels(program: Command, context: CommandContext): void {
  const { io } = context;
  const models = program
    .command("models")
    .description("the networks to choose from")
    .option("--classes <count>", "classes of the last layer", numberFlagOf(classCount), 1_000)
    .option(...jsonOption)
    .action(async ({ classes, json }: { classes: number; json?: boolean }) => {
      const api = recordlessApi(io);
      const all = await api.models.list();
      const views = await Promise.all(all.map(({ id }) => api.models.show({ id, classes })));
      const document: ModelsDocument = { models: views.map(modelDocument) };
      respond(io, json, document, () => modelsInWords(views));
    });

  models
    .command("show <id>")
    .description("one network, row by row")
    .option(
      "--input <pixels>",
      "side of the square that pictures are scaled and cropped to, from the middle",
      numberFlagOf(modelChoice.shape.inputPixels),
    )
    .option("--width <factor>", "multiplies every layer's channels", numberFlagOf(modelChoice.shape.width))
    .option("--classes <count>", "classes of the last layer", numberFlagOf(classCount))
    .option(...jsonOption)
    .action(async (id: string, _: object, command: Command) => {
      // With the parent's: --classes and --json may stand before `show` as well.
      const flags: { input?: number; width?: number; classes?: number; json?: boolean } = command.optsWithGlobals();
      const { input: inputPixels, width, classes } = flags;
      const view = await recordlessApi(io).models.show({ id, inputPixels, width, classes });
      respond(io, flags.json, modelShowDocument(view), () => networkInWords(view));
    });

  addModelWeights(models, context);
}

function modelsInWords(views: readonly ArchitectureView[]): string {
  return table(
    [
      { title: "id", cell: ({ id, family }) => (id === family ? id : `  ${id}`) },
      { title: "network", cell: ({ title }) => title },
      { title: "variant", cell: ({ variant }) => variant },
      { title: "year", isNumber: true, cell: ({ year }) => String(year) },
      { title: "weight layers", isNumber: true, cell: ({ weightLayers }) => String(weightLayers) },
      { title: "input", isNumber: true, cell: ({ inputPixels }) => `${inputPixels} px` },
      { title: "parameters", isNumber: true, cell: ({ parameters }) => whole(parameters) },
      { title: "auxiliary", isNumber: true, cell: ({ auxiliaryParameters: n }) => (n === 0 ? "" : whole(n)) },
      { title: "multiply-adds", isNumber: true, cell: ({ multiplyAdds }) => short(multiplyAdds) },
    ],
    views,
  );
}

function networkInWords(view: ArchitectureView): string {
  const rows = table(
    [
      { title: "row", cell: ({ row, depth }) => `${"  ".repeat(depth)}${row.name}` },
      { title: "what", cell: ({ row }) => row.detail },
      { title: "output", isNumber: true, cell: ({ row: { output: o } }) => `${o.height}×${o.width}×${o.channels}` },
      { title: "parameters", isNumber: true, cell: ({ row }) => whole(row.parameters) },
      { title: "multiply-adds", isNumber: true, cell: ({ row }) => whole(row.multiplyAdds) },
      { title: "memory", isNumber: true, cell: ({ row }) => bytes(row.activationBytes) },
      { title: "sees", isNumber: true, cell: ({ row }) => inPixels(row.receptiveFieldPixels, "all") },
      { title: "apart", isNumber: true, cell: ({ row }) => inPixels(row.receptiveFieldStridePixels, "") },
      { title: "first at", isNumber: true, cell: ({ row }) => inPixels(row.receptiveFieldOffsetPixels, "") },
      { title: "layers", isNumber: true, cell: ({ row }) => String(row.weightLayers) },
      { title: "ways", isNumber: true, cell: ({ row }) => whole(row.paths) },
    ],
    rowLines(view.rows),
  );
  const sizes = `${view.inputPixels} px, width ${view.width}, ${view.classes} classes`;
  const auxiliary = view.auxiliaryParameters > 0 ? ` and ${whole(view.auxiliaryParameters)} in auxiliary heads` : "";
  return (
    `${view.title}, ${view.variant}, at ${sizes}\n${view.paper}\n${view.about}\n\n${rows}\n` +
    `${whole(view.parameters)} parameters${auxiliary}, ${whole(view.multiplyAdds)} multiply-adds a picture, ` +
    `${bytes(view.activationBytes)} of activations a picture, ` +
    `${whole(view.paths)} ${view.paths === 1 ? "path" : "paths"} from input to output, ` +
    `the longest with ${view.longestPathLayers} weight ${view.longestPathLayers === 1 ? "layer" : "layers"}\n` +
    publishedInWords(view.published) +
    "sees: side of the square of input behind one value; apart: how far the next value's is from it; first at: the middle of the\n" +
    "first value's, from the middle of the first pixel; layers, ways: weight layers on the longest way to the row, and its ways\n"
  );
}

/** Counted from the table above; what the paper prints may be of a table that it does not. */
function publishedInWords(published: ArchitectureView["published"]): string {
  if (!published) return "";
  const { parameters, multiplyAdds, source } = published;
  const figures = [
    ...(parameters === undefined ? [] : [`${short(parameters)} parameters`]),
    ...(multiplyAdds === undefined ? [] : [`${short(multiplyAdds)} multiply-adds`]),
  ];
  return `these are counted from the table; printed are ${figures.join(" and ")} (${source})\n`;
}

function bytes(count: number): string {
  return count < 1e4 ? `${whole(count)} B` : `${short(count)}B`;
}

function inPixels(value: number | null, otherwise: string): string {
  return value === null ? otherwise : `${value} px`;
}
