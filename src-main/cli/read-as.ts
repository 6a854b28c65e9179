/** `--read-as` and `--data-version`: which of the ways in which a folder can be understood is meant, and with which changes. */

import { InvalidArgumentError, Option } from "commander";
import {
  type DatasetSource,
  type DatasetView,
  type FolderLayout,
  type FolderSource,
  folderLayouts,
  type OfferedReading,
} from "../contract/dataset.ts";
import type { DatasetVersionView } from "../contract/dataset-version.ts";
import { isSameReading, offerInWords, readingInWords } from "../domain/pictures/reading-words.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CliIo, UsageError } from "./io.ts";
import { isRefusedWith } from "./refused-with.ts";

export interface ReadAsFlags {
  readonly readAs?: ReadAs;
  readonly dataVersion?: string;
  readonly gifFirstFrame?: boolean;
}

/** A way to understand a folder; of lists, with the column of the class. */
export interface ReadAs {
  readonly layout: FolderLayout;
  readonly label?: string;
}

export function readAsOption(): Option {
  const option = new Option(
    "--read-as <layout>",
    `how to understand the folder, where there are several ways: ${folderLayouts.join(", ")}; of lists with the column of the class, as in label-list:species`,
  );
  return option.argParser(parseReadAs);
}

/** `label-list:species`. @throws InvalidArgumentError */
function parseReadAs(text: string): ReadAs {
  const [asked = ""] = text.split(":", 1);
  const layout = folderLayouts.find((known) => known === asked);
  if (layout === undefined) throw new InvalidArgumentError(`It is one of ${folderLayouts.join(", ")}.`);
  return asked === text ? { layout } : { layout, label: text.slice(asked.length + 1) };
}

/** As it is typed: `class-folders`, `label-list:species`. */
function readAsText({ layout, label }: ReadAs): string {
  return label === undefined ? layout : `${layout}:${label}`;
}

export function firstFrameOption(): Option {
  return new Option(
    "--gif-first-frame",
    "use the first frame of moving pictures (GIF, WebP, PNG) and the first page of TIFFs of several pages, which are left out else",
  );
}

export function dataVersionOption(): Option {
  return new Option(
    "--data-version <version>",
    "with the changes of this version, by its number or note; 0 is as on disk",
  );
}

/** @throws UsageError where there is no such version, or several of this note */
async function namedVersion(
  api: Pick<EngineCaller, "data">,
  path: string,
  named: string,
): Promise<DatasetVersionView | null> {
  if (named === "0") return null;
  const versions = await api.data.versions({ path });
  const found = versions.filter(({ number, note }) => String(number) === named || note === named);
  if (found.length === 1) return found[0]!;
  if (found.length > 1)
    throw new UsageError(`Versions ${found.map(({ number }) => number).join(", ")} are all “${named}”; name a number.`);
  const there = versions.map(({ number }) => number).join(", ");
  throw new UsageError(
    `There is no version ${named} of these pictures; ${there === "" ? "there are none" : `there are ${there}`}.`,
  );
}

/**
 * The pictures as they are now: whoever names a folder means those. Where another reading is as likely and none was chosen, that is said.
 * @throws UsageError where the folder cannot be read so
 */
export async function inspectAs(
  { err }: CliIo,
  api: Pick<EngineCaller, "data">,
  asked: DatasetSource,
  { readAs, dataVersion, gifFirstFrame }: ReadAsFlags,
): Promise<DatasetView> {
  if (gifFirstFrame && asked.kind !== "folder") throw new UsageError("--gif-first-frame is of folders.");
  const source: DatasetSource =
    gifFirstFrame && asked.kind === "folder" ? { ...asked, ofMoving: "first-frame" } : asked;
  if (dataVersion !== undefined && dataVersion !== "0") {
    if (source.kind !== "folder") throw new UsageError("--data-version is of folders.");
    if (readAs !== undefined) throw new UsageError("A version has a reading of its own; leave out --read-as.");
    const version = await namedVersion(api, source.path, dataVersion);
    if (version) return api.data.inspect({ source: withChoicesOf(source, version.source) });
  }
  const view = await api.data.inspect({ source });
  const { understanding } = view;
  if (readAs === undefined) {
    if (understanding?.isQuestion) err(`${question(view)}\n`);
    return view;
  }
  if (source.kind !== "folder" || !understanding) throw new UsageError("--read-as is of folders.");
  const isAsked = (reading: ReadAs) =>
    reading.layout === readAs.layout && (readAs.label === undefined || reading.label === readAs.label);
  if (isAsked(understanding.reading)) return view;
  const chosen = understanding.offered.find(({ reading }) => isAsked(reading));
  if (chosen) return api.data.inspect({ source: { ...source, reading: chosen.reading } });
  const unoffered = await byColumn(api, source, understanding.offered, readAs);
  if (unoffered) return unoffered;
  const others = understanding.offered.map(({ reading }) => readAsText(reading)).join(", ");
  throw new UsageError(`The folder cannot be read as ${readAsText(readAs)}; it can be as ${others}.`);
}

/** Of a list with very many columns not all are offered. Null where no list has this one. */
async function byColumn(
  api: Pick<EngineCaller, "data">,
  source: FolderSource,
  offered: readonly OfferedReading[],
  { layout, label }: ReadAs,
): Promise<DatasetView | null> {
  const ofLayout = offered.flatMap(({ reading }) => (reading.layout === layout && reading.label ? [reading] : []));
  const ofLists = ofLayout.filter((one, at) => ofLayout.findIndex(({ list }) => list === one.list) === at);
  for (const reading of label === undefined ? [] : ofLists) {
    try {
      return await api.data.inspect({ source: { ...source, reading: { ...reading, label } } });
    } catch (thrown) {
      if (!isRefusedWith(thrown, "data.reading-gone")) throw thrown;
    }
  }
  return null;
}

/** The version, parted and with moving pictures as is asked for; else as the version was made. */
function withChoicesOf({ split, ofMoving }: FolderSource, version: FolderSource): FolderSource {
  return { ...version, ...(ofMoving === undefined ? {} : { ofMoving }), ...(split === undefined ? {} : { split }) };
}

function question({ understanding }: DatasetView): string {
  const { reading, offered = [] } = understanding ?? {};
  const others = offered.filter((other) => !reading || !isSameReading(other.reading, reading));
  return [
    `The folder can be understood in more than one way. It is read as ${reading ? readingInWords(reading) : ""}; choose with --read-as:`,
    ...others.map((other) => `  ${readAsText(other.reading)}: ${offerInWords(other)}`),
  ].join("\n");
}
