/** `strata data suspects`: pictures whose labels are likely wrong. */
import type { Command } from "commander";
import { type DatasetVersionView, versionNote } from "../contract/dataset-version.ts";
import { type LabelSuspects, mostSuspects } from "../contract/label-suspects.ts";
import { nearestOf } from "../domain/nearest.ts";
import { editInWords, versionInWords } from "../domain/versions/words.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type { DataVersionDocument, SuspectsDocument } from "./documents.ts";
import { flagOf, wholeFlag } from "./flags.ts";
import { percentFigure, whole } from "./format.ts";
import { type CliIo, UsageError } from "./io.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

interface SuspectsFlags {
  readonly most: number;
  readonly accept?: readonly string[];
  readonly note: string;
  readonly json?: boolean;
}

const noteFlag = flagOf(versionNote, () => "A note has at most 200 characters.");

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
    .option("--accept <pictures...>", "relabel these of them as what they resemble, in a new version")
    .option("--note <text>", "with --accept: what to remember of it", noteFlag, "")
    .option(...jsonOption)
    .action(async (runIds: number[], { most, accept, note, json }: SuspectsFlags) => {
      if (accept) return acceptSuspects(io, runIds, { pictures: accept, note, json });
      const suspects = await withEngine(io, (api) => api.runs.labelSuspects({ runIds, most }));
      const document: SuspectsDocument = { suspects };
      respond(io, json, document, () => suspectsInWords(suspects));
    });
}

/** What they resemble is said by the runs, and what is changed is what these were trained on. */
async function acceptSuspects(
  io: CliIo,
  runIds: readonly number[],
  { pictures, note, json }: { readonly pictures: readonly string[]; readonly note: string; readonly json?: boolean },
): Promise<void> {
  const version = await withEngine(io, async (api) => {
    const { first, datasetId } = await api.runs.labelSuspects({ runIds: [...runIds], most: mostSuspects });
    const { configuration } = await api.runs.get({ runId: runIds[0]! });
    const from = configuration.dataset;
    if (from.kind !== "folder") throw new UsageError("Drawn pictures have no versions.");
    const classOf = new Map(first.map(({ name, resembles }) => [name, resembles]));
    const stranger = pictures.find((name) => !classOf.has(name));
    if (stranger !== undefined) throw new UsageError(strangerInWords(stranger, [...classOf.keys()]));
    const edits = [...Map.groupBy(pictures, (name) => classOf.get(name)!)].map(
      ([className, those]) => ({ kind: "relabel", pictures: those, className }) as const,
    );
    return api.data.saveVersion({ from, edits, datasetId, author: null, note });
  });
  const document: DataVersionDocument = { version };
  respond(io, json, document, () => savedInWords(version, runIds[0]!));
}

function strangerInWords(name: string, suspects: readonly string[]): string {
  const near = nearestOf(name, suspects);
  return `${name} is not among the suspects.${near === null ? "" : ` Did you mean ${near}?`}`;
}

function savedInWords(version: DatasetVersionView, runId: number): string {
  const changes = version.edits.map(editInWords).join("; ");
  return `Saved as ${versionInWords(version)}: ${changes}. Retrain with it: strata repeat ${runId} --data-version ${version.number}\n`;
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
  return `${counts}\n${rows}\nLook at them before you believe it; with --accept <picture> those that you name are relabelled as what they resemble.\n`;
}
