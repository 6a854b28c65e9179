/** What an experiment came to, as a terminal shows it: a page of its rows, and what a search decided. */
import type { ExperimentRow, ExperimentView, Level } from "../contract/experiment.ts";
import type { ArmVerdict, ExperimentVerdict } from "../contract/verdict.ts";
import { decisionInWords } from "../domain/experiments/successive-halving.ts";
import { countInWords } from "../domain/health/words.ts";
import type { Metric } from "../domain/metrics/metric.ts";
import { mainMetrics, metricOf, metrics } from "../domain/metrics/metrics.ts";
import { lowerFirst } from "../domain/settings/setting.ts";
import {
  againstInWords,
  armVerdictInWords,
  measureTitles,
  missingVerdict,
  pInWords,
  verdictNote,
} from "../domain/verdicts/verdict-words.ts";
import { visibleText } from "../domain/visible-text.ts";
import { figure, figureTitle, whole } from "./format.ts";
import { networksInWords } from "./networks-in-words.ts";
import type { PageFlags } from "./page-flags.ts";
import { table } from "./table.ts";

/** More rows and decisions scroll away. */
export const rowsInTerminal = 100;
export const firstRows: PageFlags = { limit: rowsInTerminal, page: 1 };

/** The validation pictures' figures, which settings are chosen by, with the interval of their mean over seeds; then the test pictures', apart. */
export function experimentInWords(
  experiment: ExperimentView,
  page: PageFlags = firstRows,
  verdict: ExperimentVerdict | null = null,
  all: readonly Metric[] = metrics,
): string {
  const { id, request, rows, runIds, finished } = experiment;
  const settings = request.factors.flatMap((factor, index) =>
    "ranges" in factor
      ? factor.ranges.map(({ setting }, place) => ({
          title: setting,
          cell: ({ levels }: ExperimentRow) => valueInWords(levels[index]?.changes[place]?.value),
        }))
      : {
          title: "setting" in factor ? factor.setting : "arm",
          cell: ({ levels }: ExperimentRow) => levelInWords(levels[index]),
        },
  );
  const column = (title: string, metric: Metric, of: (row: ExperimentRow) => number | undefined) => ({
    title,
    isNumber: true,
    cell: (row: ExperimentRow) => figure(of(row), metric),
  });
  const shown = mainMetrics(all);
  const hasSeeds = request.seeds.length > 1;
  const figures = table<ExperimentRow>(
    [
      ...settings,
      { title: "finished", isNumber: true, cell: (row) => `${row.finished} of ${row.runIds.length}` },
      ...shown.flatMap((metric) => [
        column(`val. ${figureTitle(metric)}`, metric, ({ validation }) => validation[metric.id]?.mean),
        ...(hasSeeds
          ? [
              column("from", metric, ({ validation }) => validation[metric.id]?.interval?.low),
              column("to", metric, ({ validation }) => validation[metric.id]?.interval?.high),
            ]
          : []),
      ]),
      ...shown.map((metric) => column(`test ${figureTitle(metric)}`, metric, ({ test }) => test[metric.id]?.mean)),
    ],
    rows,
  );
  const over = hasSeeds
    ? `Mean over each row's finished runs, of ${request.seeds.length} seeds, with its 95 % interval by Student's t.`
    : "Figures of one seed each: another seed may order the rows otherwise.";
  const { validation, test } = experiment.pictures;
  const splits = `val.: on the ${picturesInWords("validation", validation)}, which settings are chosen by; test: on the ${picturesInWords("test", test)}, apart from that choice.`;
  const setUp = networksInWords(request);
  return `Experiment ${id}, ${finished} of ${runIds.length} runs finished\n\n${setUp}${figures}\n${rowsInWords(experiment, page)}${over}\n${splits} Losses in nats.\n${verdictInWords(verdict)}${halvingInWords(experiment)}`;
}

const picturesInWords = (split: string, pictures: number | null): string =>
  pictures === null ? `${split} pictures` : countInWords(pictures, `${split} picture`);

/** What can be told of the rows but for chance; empty for one row. */
function verdictInWords(verdict: ExperimentVerdict | null): string {
  if (verdict === null || verdict.missing === "one-row") return "";
  const missing = missingVerdict(verdict);
  if (missing !== null) return `\n${missing}\n`;
  const lines = verdict.arms.map((arm) => {
    const corrected = verdict.arms.length < 2 ? "" : ` (${correctedInWords(arm)})`;
    return `- ${armVerdictInWords(verdict, arm)}${corrected}`;
  });
  const heading = `Each row ${againstInWords(verdict)}, on the ${verdict.split} pictures:`;
  return `\n${[heading, ...lines, verdictNote(verdict)].map(visibleText).join("\n")}\n`;
}

const correctedInWords = ({ measures }: ArmVerdict): string =>
  measures.map(({ measure, adjustedP }) => `${measureTitles[measure]} p ${pInWords(adjustedP)}`).join(", ");

/** Which rows these are, and how to see the others; empty where all are here. */
function rowsInWords({ id, rows, foundRows, outcome }: ExperimentView, { limit, page }: PageFlags): string {
  if (rows.length === foundRows) return "";
  const first = (page - 1) * limit + 1;
  const order = `the best by validation ${lowerFirst(metricOf(outcome.judge)?.title ?? outcome.judge)} first`;
  const these =
    rows.length === 0
      ? `There are ${whole(foundRows)} rows`
      : `Rows ${whole(first)} to ${whole(first + rows.length - 1)} of ${whole(foundRows)}`;
  const others = first + limit - 1 < foundRows ? `strata experiments ${id} --page ${page + 1} has the next, ` : "";
  return `${these}, ${order}; ${others}strata experiments ${id} --json all of them.\n`;
}

/** What was decided of the first runs, in the order in which it was; empty without successive halving. */
function halvingInWords({ id, decisions, foundDecisions, request: { halving } }: ExperimentView): string {
  if (halving === undefined) return "";
  const lines = decisions.map((one) => `Run ${one.runIds.join(" and ")} ${decisionInWords(one)}\n`).join("");
  const more =
    decisions.length === foundDecisions
      ? ""
      : `The first ${whole(decisions.length)} of ${whole(foundDecisions)} decisions; strata experiments ${id} --json has all of them.\n`;
  return `\nSuccessive halving by ${halving.metric} on the validation pictures:\n${lines}${more}What stopped can go on to its end: strata resume <run>\n`;
}

function levelInWords(level: Level | undefined): string {
  return level?.name ?? level?.changes.map(({ value }) => valueInWords(value)).join(", ") ?? "–";
}

function valueInWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "none" : String(value ?? "–");
  return "kind" in value ? String(value.kind) : JSON.stringify(value);
}
