/** `strata data suspects`: pictures whose labels are likely wrong. */
import type { Command } from "commander";
import type { LabelSuspects } from "../contract/run.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type { SuspectsDocument } from "./documents.ts";
import { wholeFlag } from "./flags.ts";
import { percentFigure, whole } from "./format.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

interface SuspectsFlags {
  readonly most: number;
  readonly json?: boolean;
}

/** @param data the command that this belongs to */
export function addDataSuspects(data: Command, { io }: CommandContext): void {
  data
    .command("suspects")
    .description(
      "pictures whose labels are likely wrong, the surest first, by what runs answered to pictures that they held out",
    )
    .argument(
      "<runs...>",
      "one run, or one for each fold (train --fold)",
      (text: string, before?: readonly number[]) => [...(before ?? []), wholeFlag(text)],
    )
    .option("--most <count>", "how many are named", wholeFlag, 20)
    .option(...jsonOption)
    .action(async (runIds: number[], { most, json }: SuspectsFlags) => {
      const suspects = await withEngine(io, (api) => api.runs.labelSuspects({ runIds, most }));
      const document: SuspectsDocument = { suspects };
      respond(io, json, document, () => suspectsInWords(suspects));
    });
}

function suspectsInWords({ pictures, count, first }: LabelSuspects): string {
  const counts = `${whole(count)} of ${whole(pictures)} pictures that were held out look like another class than their label says.\n`;
  if (count === 0) return counts;
  const rows = table(
    [
      { title: "picture", cell: ({ name }) => visibleText(name) },
      { title: "split", cell: ({ split }) => split },
      { title: "label", cell: ({ label }) => visibleText(label) },
      { title: "resembles", cell: ({ resembles }) => visibleText(resembles) },
      { title: "p(resembles)", isNumber: true, cell: ({ confidence }) => percentFigure(confidence) },
      { title: "p(label)", isNumber: true, cell: ({ labelConfidence }) => percentFigure(labelConfidence) },
    ],
    first,
  );
  return `${counts}\n${rows}\nLook at them before you believe it; mend a label with strata data relabel <folder> <class> <picture>.\n`;
}
