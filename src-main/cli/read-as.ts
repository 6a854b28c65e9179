/** `--read-as`: which of the ways in which a folder can be understood is meant. */
import { Option } from "commander";
import { type DatasetSource, type DatasetView, type FolderLayout, folderLayouts } from "../contract/dataset.ts";
import { countsInWords, isSameReading, readingInWords } from "../domain/reading-words.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CliIo, UsageError } from "./io.ts";

export interface ReadAsFlags {
  readonly readAs?: FolderLayout;
}

export function readAsOption(): Option {
  return new Option("--read-as <layout>", "how to understand the folder, where there are several ways").choices([
    ...folderLayouts,
  ]);
}

/**
 * The pictures as they are now: whoever names a folder means those. Where another reading is as likely and none was chosen, that is said.
 * @throws UsageError where the folder cannot be read so
 */
export async function inspectAs(
  { err }: CliIo,
  api: Pick<EngineCaller, "data">,
  source: DatasetSource,
  { readAs }: ReadAsFlags,
): Promise<DatasetView> {
  const view = await api.data.inspect({ source });
  const { understanding } = view;
  if (readAs === undefined) {
    if (understanding?.isQuestion) err(`${question(view)}\n`);
    return view;
  }
  if (source.kind !== "folder" || !understanding) throw new UsageError("--read-as is of folders.");
  if (understanding.reading.layout === readAs) return view;
  const chosen = understanding.offered.find(({ reading }) => reading.layout === readAs);
  if (chosen) return api.data.inspect({ source: { ...source, reading: chosen.reading } });
  const others = understanding.offered.map(({ reading }) => reading.layout).join(", ");
  throw new UsageError(`The folder cannot be read as ${readAs}; it can be as ${others}.`);
}

function question({ understanding }: DatasetView): string {
  const { reading, offered = [] } = understanding ?? {};
  const others = offered.filter((other) => !reading || !isSameReading(other.reading, reading));
  return [
    `The folder can be understood in more than one way. It is read as ${reading ? readingInWords(reading) : ""}; choose with --read-as:`,
    ...others.map((other) => `  ${other.reading.layout}: ${readingInWords(other.reading)}. ${countsInWords(other)}`),
  ].join("\n");
}
