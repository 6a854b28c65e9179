/** `strata runs`, `strata show` and `strata compare`: what is recorded. */
import type { Command } from "commander";
import type {
  ComparisonView,
  DifferenceWithInterval,
  SettingDifference,
  SharedPictures,
} from "../contract/comparison.ts";
import type { RunView } from "../contract/run.ts";
import { countInWords } from "../domain/health/words.ts";
import { ece } from "../domain/metrics/ece.ts";
import { type Metric, valueIn } from "../domain/metrics/metric.ts";
import { metricUnit, titleWithScale } from "../domain/metrics/metric-unit.ts";
import { evaluatedMetrics, metrics } from "../domain/metrics/metrics.ts";
import { roundedPoints } from "../domain/rounding.ts";
import { deviceInWords, madeByDifferences, madeByRows, madeBySentences } from "../domain/runs/made-by.ts";
import { runsCsv } from "../domain/runs/runs-csv.ts";
import { looksAtTest, testLooksInWords } from "../domain/runs/test-looks.ts";
import { eceDifferenceInWords, lossDifferenceInWords, mcnemarInWords } from "../domain/verdicts/paired-words.ts";
import { moreAccurate } from "../domain/verdicts/verdict.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { wholeFlag } from "./flags.ts";
import { exactDuration, figure, figureTitle, gigabytes, whole } from "./format.ts";
import { UsageError } from "./io.ts";
import { addListFlags, type ListFlags, listOrder, runsQuestionOf } from "./listed-runs.ts";
import { pagedDocument, pageInWords } from "./page-flags.ts";
import { compareDocument, listedRunDocument, type RunsDocument, showDocument } from "./run-documents.ts";
import { runsInWords } from "./runs-in-words.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

interface JsonFlag {
  readonly json?: boolean;
}

export function addRuns(program: Command, { io }: CommandContext): void {
  addListFlags(program.command("runs").description("every recorded run, the newest first"))
    .option("--csv", "one line a run instead: what it is, figures by split, and every setting")
    .option(...jsonOption)
    .action(async ({ json, csv, ...flags }: JsonFlag & ListFlags & { readonly csv?: boolean }) => {
      if (json && csv) throw new UsageError("--json and --csv are two forms of one answer: choose one.");
      const question = runsQuestionOf(flags);
      const { runs, found, recorded } = await withEngine(io, (api) => api.runs.list(question));
      if (csv) {
        io.out(runsCsv(runs));
        return;
      }
      const order = flags.sort === undefined ? null : listOrder(flags.sort);
      const words = () => {
        if (recorded === 0) return "No run is recorded yet. Start one with strata train.\n";
        if (found === 0) return "No run fits.\n";
        return `${runs.length === 0 ? "" : runsInWords(runs, order?.field)}${pageInWords(flags, runs.length, found, "runs")}`;
      };
      const sortedBy = order && {
        field: order.field.id,
        order: order.isDescending ? ("descending" as const) : ("ascending" as const),
        values: runs.map(order.field.read),
      };
      const document: RunsDocument = {
        sortedBy,
        ...pagedDocument(flags, runs.length, found),
        runs: runs.map(listedRunDocument),
      };
      respond(io, json, document, words);
    });

  program
    .command("show")
    .description("one run: its settings and what came of it")
    .argument("<run>", "its number", wholeFlag)
    .option(...jsonOption)
    .action(async (runId: number, { json }: JsonFlag) => {
      const [run, testLooks] = await withEngine(io, (api) =>
        Promise.all([api.runs.get({ runId }), api.runs.testLooks({ runId })]),
      );
      respond(io, json, showDocument(run, testLooks), () => runInWords(run, testLooks));
    });

  program
    .command("compare")
    .description("two runs on the same pictures, or on versions of one data set, side by side")
    .argument("<run>", "its number", wholeFlag)
    .argument("<other>", "its number", wholeFlag)
    .option(...jsonOption)
    .action(async (run: number, other: number, { json }: JsonFlag) => {
      const comparison = await withEngine(io, (api) => api.runs.compare({ runIds: [run, other] }));
      respond(io, json, compareDocument(comparison), () => comparisonInWords(comparison));
    });
}

function runInWords(run: RunView, testLooks: number): string {
  const facts: readonly (readonly [string, string])[] = [
    ["state", run.endReason === null ? run.state : `${run.state} (${run.endReason})`],
    ["network", `${run.model.id}, ${whole(run.parameters)} parameters`],
    ["data", `${run.dataset.name}, ${run.dataset.classes.length} classes`],
    [
      "trained",
      `${countInWords(run.epochsDone, "epoch")}, ${countInWords(run.stepsDone, "step")}, ${exactDuration(run.trainingSeconds)}`,
    ],
    ["speed", run.imagesPerSecond === null ? "–" : `${whole(run.imagesPerSecond)} images/s`],
    ["device", deviceInWords(run) ?? "–"],
    ["memory", memoryInWords(run)],
    ...(run.picturesSkipped > 0 ? [["skipped", countInWords(run.picturesSkipped, "picture")] as const] : []),
    ...(run.stepsSkipped === null ? [] : [["steps skipped", stepsSkippedInWords(run.stepsSkipped)] as const]),
    ...initialWeightsFacts(run),
    ["weights", weightsInWords(run)],
    ...(run.restoredEpoch === null
      ? []
      : [
          [
            "kept epoch",
            `${run.restoredEpoch}, the best; its weights were restored, and the test figures are theirs`,
          ] as const,
        ]),
    ...(run.resumed === null ? [] : [["went on", resumedInWords(run.resumed)] as const]),
    ...(run.isResumable
      ? [["can be resumed", `from step ${whole(run.checkpoint?.step ?? 0)}: strata resume ${run.id}`] as const]
      : []),
    ...(run.checkpointError === null
      ? []
      : [["not saved", `${run.checkpointError.problem} ${run.checkpointError.remedy}`] as const]),
    ...(run.note === "" ? [] : run.note.split("\n").map((line, index) => [index === 0 ? "note" : "", line] as const)),
    ...(run.error === null ? [] : [["error", `${run.error.problem} ${run.error.remedy}`] as const]),
  ];
  const settings = settingLines(run.configuration, "");
  const madeBy = madeByRows(run).map(({ title, values: [value = ""] }) => [title.toLowerCase(), value] as const);
  const width = Math.max(...[...facts, ...settings, ...madeBy].map(([name]) => name.length));
  const lines = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([name, value]) => `${name.padEnd(width)}   ${visibleText(value)}\n`).join("");
  return `Run ${run.id}: ${visibleText(run.title)}\n\n${lines(facts)}\n${lines(settings)}\n${madeBy.length > 0 ? `Made by\n${lines(madeBy)}\n` : ""}${runsInWords([run])}${looksAtTest(run) ? `${testLooksInWords(testLooks)}\n` : ""}`;
}

function stepsSkippedInWords(steps: number): string {
  return steps === 0 ? "none" : `${whole(steps)}, since a gradient was not finite in float16`;
}

function memoryInWords({ peakMemoryBytes, predictedMemoryBytes, leakedTensors }: RunView): string {
  const predicted = predictedMemoryBytes === null ? "" : `predicted ${gigabytes(predictedMemoryBytes)}`;
  if (peakMemoryBytes === null) return predicted || "–";
  const leak = leakedTensors === 0 ? "" : `; each epoch left ${leakedTensors} tensors behind, a fault of Strata's`;
  return `${gigabytes(peakMemoryBytes)} at most${predicted && `, ${predicted}`}${leak}`;
}

function initialWeightsFacts({ initialWeightsMatch: match }: RunView): (readonly [string, string])[] {
  if (match === null) return [];
  const fresh = match.fresh.length === 0 ? "" : `; random instead: ${match.fresh.join(", ")}`;
  return [["began from", `${match.matched} weights of a file${fresh}`]];
}

function resumedInWords({ step, error }: NonNullable<RunView["resumed"]>): string {
  const from = step === 0 ? "from its beginning" : `from step ${whole(step)}`;
  return error === null ? from : `${from}. ${error.problem}`;
}

function weightsInWords({ weights, weightsError, keptEpochs: { best, last } }: RunView): string {
  if (weightsError !== null) return `not kept. ${weightsError.problem} ${weightsError.remedy}`;
  const kept = [best === null ? "" : `best epoch ${best}`, last === null ? "" : `last epoch ${last}`].filter(Boolean);
  if (weights === null) return kept.length === 0 ? "–" : `kept of ${kept.join(" and ")}`;
  return `kept of ${kept.join(" and ")}, ${whole(weights.bytes)} bytes; strata export brings them out`;
}

function settingLines(value: unknown, path: string): (readonly [string, string])[] {
  if (typeof value !== "object" || value === null) return [[path, value === null ? "–" : String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => settingLines(inner, path === "" ? key : `${path}.${key}`));
}

export function comparisonInWords(comparison: ComparisonView, all: readonly Metric[] = metrics): string {
  const {
    runs,
    differences,
    split,
    testLooks,
    shared,
    results,
    top1Difference,
    hardLossDifference,
    eceDifference,
    mcnemar,
    mistakes,
  } = comparison;
  const heads = runs.map((run) => `run ${run.id}`);
  const settings = table(
    [
      { title: "what differs", cell: ({ setting }) => setting },
      ...heads.map((title, index) => ({
        title,
        isNumber: true,
        // The name of a data set says its version, which the source has as a key.
        cell: ({ setting, values }: SettingDifference) =>
          setting === "dataset.version" ? visibleText(runs[index]!.dataset.name) : String(values[index] ?? "–"),
      })),
    ],
    differences,
  );
  const titles = runs.map((run) => `Run ${run.id}: ${visibleText(run.title)}\n`).join("");
  const same = `${differences.length === 0 ? "No setting differs.\n" : settings}${madeByInWords(runs)}`;
  const pictures = results.find((result) => result !== null)?.pictures;
  if (split === null || pictures === undefined)
    return `${titles}\n${same}\nNothing that both have can be compared yet.\n`;

  const unitOf = (metric: Metric) => {
    const unit = metricUnit(
      metric,
      runs.map((run) => run.loss),
    );
    return unit === null ? "" : ` (${unit})`;
  };
  const reach = countInWords(pictures, `${split} picture`);
  const figures = table<Metric>(
    [
      { title: `on ${reach}`, cell: (metric) => `${figureTitle(metric)}${unitOf(metric)}` },
      ...heads.map((title, index) => ({
        title,
        isNumber: true,
        cell: (metric: Metric) => figure(valueIn(results[index], metric), metric),
      })),
    ],
    evaluatedMetrics(comparison.classes.length, all),
  );
  const over = `over ${shared ? `the ${reach} that ${sharers(runs)} have unchanged` : `these ${reach}`}, ${seedsInWords(runs)}`;
  const paired = [
    ...(top1Difference === null ? [] : [differenceInWords(top1Difference, reach, over)]),
    ...(mcnemar === null ? [] : [`${mcnemarInWords(mcnemar, ["the first", "the second"])}.`]),
    ...(hardLossDifference === null
      ? []
      : [`Hard loss of the second less the first, on the ${reach}: ${lossDifferenceInWords(hardLossDifference)}.`]),
    ...(eceDifference === null
      ? []
      : [
          `${titleWithScale(ece)} of the second less the first, on the ${reach}: ${eceDifferenceInWords(eceDifference)}.`,
        ]),
  ].map((line) => `${line}\n`);
  return `${titles}\n${same}\n${figures}${shared ? leftOutInWords(shared, runs) : ""}\n${paired.join("")}${noVerdict}${testLooks === null ? "" : `${testLooksInWords(testLooks)}\n`}${mistakes.length} of the surest mistakes are listed with --json.\n`;
}

const sharers = (runs: readonly RunView[]): string => (runs.length === 2 ? "both versions" : "all versions");

function leftOutInWords({ leftOut }: SharedPictures, runs: readonly RunView[]): string {
  const counts = runs.map(({ id }, index) => `${whole(leftOut[index])} of run ${id}`).join(", ");
  return `They are the pictures that ${sharers(runs)} of the data set have unchanged; left out were ${counts}.\n`;
}

/** Nothing where they were made alike. */
function madeByInWords(runs: readonly RunView[]): string {
  const rows = madeByDifferences(runs);
  const sentences = madeBySentences(runs).map((sentence) => `${sentence}\n`);
  if (rows.length === 0) return sentences.join("");
  const columns = runs.map(({ id }, index) => ({
    title: `run ${id}`,
    cell: ({ values }: (typeof rows)[number]) => visibleText(values[index] ?? ""),
  }));
  return `\n${sentences.join("")}${table([{ title: "made by", cell: ({ title }) => title.toLowerCase() }, ...columns], rows)}`;
}

/** One run each gives no measure of what another seed would do to a loss or to calibration. */
const noVerdict =
  "Losses and ECE, from one run each, cannot tell which run is better.\n" +
  "The objective and its floor are without auxiliary heads, which no look at pictures counts.\n";

function seedsInWords(runs: readonly RunView[]): string {
  const seeds = [...new Set(runs.map(({ configuration }) => configuration.seed))];
  return seeds.length === 1 ? "one seed" : `different seeds (${seeds.join(" and ")})`;
}

function differenceInWords(difference: DifferenceWithInterval, reach: string, over: string): string {
  const { value, low, high } = difference;
  const told = moreAccurate(difference);
  const verdict =
    told === null
      ? `No evidence of a difference in accuracy ${over}.`
      : `The ${told} is more accurate ${over}; another seed may tell otherwise.`;
  const interval = `95 % interval ${roundedPoints(low)} to ${roundedPoints(high)}`;
  return `Top-1 of the second less the first, on the ${reach}: ${roundedPoints(value)} points, ${interval}.\n${verdict}`;
}
