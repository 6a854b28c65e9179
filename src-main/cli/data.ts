/** `strata data inspect`: what the import sees; `data-versions.ts` has the commands that change it. */
import type { Command } from "commander";
import type { DatasetSource, DatasetView, OfferedReading, SplitOrigin, Understanding } from "../contract/dataset.ts";
import { resizeInWords, usualResize } from "../contract/resize.ts";
import { type Finding, severities } from "../domain/health/finding.ts";
import { findingsOf } from "../domain/health/findings.ts";
import { mostInSentence } from "../domain/health/words.ts";
import { keptInWords } from "../domain/pictures/dropped-pictures.ts";
import { problemKind, problemKindsInWords } from "../domain/pictures/problem-words.ts";
import { isSameReading, leftAsideInWords, offerInWords, readingInWords } from "../domain/pictures/reading-words.ts";
import { groupingInWords } from "../domain/splits/words.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { addDataSuspects } from "./data-suspects.ts";
import { addDataVersions } from "./data-versions.ts";
import { dataDocument } from "./documents.ts";
import { dataFlag } from "./flags.ts";
import { whole } from "./format.ts";
import { dataVersionOption, firstFrameOption, inspectAs, type ReadAsFlags, readAsOption } from "./read-as.ts";
import { addSplitFlags, withSplitFlags } from "./split-flags.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

const shownProblems = 20;
const usualBatchSize = 64;
const longestSeverity = Math.max(...severities.map((severity) => severity.length));
const indent = " ".repeat(longestSeverity + 2);

interface InspectFlags extends ReadAsFlags {
  readonly pixels?: boolean;
  readonly json?: boolean;
}

export function addData(program: Command, context: CommandContext): void {
  const { io } = context;
  const data = program.command("data").description("pictures to train on");
  addDataVersions(data, context);
  addDataSuspects(data, context);
  const inspect = data
    .command("inspect")
    .description("look at a folder of pictures: classes, splits, and every file that is not used, with the reason")
    .argument("<source>", "a folder, or drawn[:pictures=6000,pixels=32,difficulty=0.3]", dataFlag)
    .option("--pixels", "also look at every pixel: near-duplicates, unusual pictures, colours")
    .addOption(readAsOption())
    .addOption(firstFrameOption())
    .addOption(dataVersionOption());
  addSplitFlags(inspect)
    .option(...jsonOption)
    .action(async (asked: DatasetSource, { pixels, json, ...flags }: InspectFlags) => {
      const source = withSplitFlags(asked, flags);
      const { view, scan } = await withEngine(io, async (api) => {
        const inspected = await (flags.readAs === undefined && flags.dataVersion === undefined && !flags.gifFirstFrame
          ? // What could be understood otherwise is told below, with the rest.
            api.data.inspect({ source })
          : inspectAs(io, api, source, flags));
        return { view: inspected, scan: pixels ? await api.data.scanPixels({ datasetId: inspected.id }) : null };
      });
      const findings = findingsOf({ view, scan });
      respond(
        io,
        json,
        dataDocument(view, findings),
        () => datasetInWords(view) + findingsInWords(findings) + lastBatchInWords(view),
      );
    });
}

function datasetInWords(view: DatasetView): string {
  const classes = table(
    [
      { title: "class", cell: ({ name }) => name },
      { title: "train", isNumber: true, cell: ({ train }) => whole(train) },
      { title: "validation", isNumber: true, cell: ({ validation }) => whole(validation) },
      { title: "test", isNumber: true, cell: ({ test }) => whole(test) },
    ],
    [...view.classes, { name: "all", ...view.counts }],
  );
  const origin = {
    folders: "brought by the data",
    seeded: "held out from training by the hash of their bytes",
    anew: "made anew",
    none: "none",
  } satisfies Record<SplitOrigin, string>;
  const { smallest, largest } = view.sidePixels;
  const sides = smallest === largest ? `${smallest} px a side` : `${smallest} to ${largest} px a side`;
  return (
    `${visibleText(view.name)}: ${view.classes.length} classes, ${sides}\n` +
    (view.source.kind === "folder" ? `${resizeInWords(usualResize)}\n` : "") +
    (view.understanding ? `${understandingInWords(view.understanding)}` : "") +
    `Validation: ${origin[view.splitOrigin.validation]}. Test: ${origin[view.splitOrigin.test]}.\n` +
    (view.grouping ? `${groupingInWords(view.grouping)}\n` : "") +
    `\n${classes}` +
    problemsInWords(view)
  );
}

function understandingInWords({ reading, offered, isQuestion }: Understanding): string {
  const isTaken = (other: OfferedReading) => isSameReading(other.reading, reading);
  const aside = offered.filter(isTaken).flatMap(({ leftAside }) => leftAside);
  const others = offered.filter((other) => !isTaken(other));
  return [
    `Read as: ${readingInWords(reading)}.`,
    ...aside.map((each) => `${leftAsideInWords(each)}.`),
    ...(isQuestion ? ["It could as well be read otherwise:"] : others.length > 0 ? ["It could also be read as:"] : []),
    ...others.map((other) => `  ${offerInWords(other)}`),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** No settings are named here: how it is by default, at the usual batch size. */
function lastBatchInWords({ counts }: DatasetView): string {
  return `\n${keptInWords(counts.train, { batchSize: usualBatchSize, dropLast: false, fold: null })}\n`;
}

function findingsInWords(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const lines = findings.flatMap(({ severity, title, text, remedy, classes, pictures, names = [] }) => [
    `${severity.padEnd(longestSeverity)}  ${title}`,
    `${indent}${text}`,
    ...(classes.length > mostInSentence ? [`${indent}Classes: ${classes.map(visibleText).join(", ")}`] : []),
    ...pictures
      .slice(0, shownProblems)
      .map((group) => `${indent}· ${group.map(({ name }) => visibleText(name)).join(" = ")}`),
    ...names.slice(0, shownProblems).map((name) => `${indent}· ${visibleText(name)}`),
    `${indent}${remedy}`,
  ]);
  return `\nFindings: ${findings.length}\n${lines.join("\n")}\n`;
}

function problemsInWords({ problems }: DatasetView): string {
  if (problems.length === 0) return "";
  const shown = problems.slice(0, shownProblems);
  const lines = table(
    [
      { title: "file", cell: ({ name }) => name },
      { title: "problem", cell: problemKind },
      { title: "", cell: ({ isSkipped }) => (isSkipped ? "left out" : "used") },
    ],
    shown,
  );
  const rest = problems.slice(shownProblems);
  const others = `… and ${whole(rest.length)} more: ${problemKindsInWords(rest)}; --json lists them all.\n`;
  return `\n${lines}${rest.length > 0 ? others : ""}`;
}
