/** `calibration`: how far the confidence of recorded runs can be trusted. */
import { type Command, Option } from "commander";
import type { CalibrationView, RunCalibration } from "../contract/calibration.ts";
import { binsCsv } from "../domain/calibration/bins-csv.ts";
import { chanceInWords, noTemperatureInWords } from "../domain/calibration/words.ts";
import { countInWords } from "../domain/health/words.ts";
import { ece } from "../domain/metrics/ece.ts";
import { titleWithScale } from "../domain/metrics/metric-unit.ts";
import { roundedDecimal } from "../domain/rounding.ts";
import { testLooksInWords } from "../domain/runs/test-looks.ts";
import { visibleText } from "../domain/visible-text.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { wholeFlag } from "./flags.ts";
import { loss, percentFigure } from "./format.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

/** `calibration --json`: fractions in 0–1, losses in nats. */
export interface CalibrationDocument {
  readonly calibration: CalibrationView;
}

export function addCalibration(program: Command, { io }: CommandContext): void {
  program
    .command("calibration")
    .description(
      "how far the confidence of runs can be trusted: ECE with its interval and what chance does, scores, temperature",
    )
    .argument("<runs...>", "their numbers", (text: string, before: readonly number[] = []) => [
      ...before,
      wholeFlag(text),
    ])
    .option(...jsonOption)
    .addOption(new Option("--csv", "print the reliability diagrams as one CSV table, a bin a row").conflicts("json"))
    .action(async (runIds: readonly number[], { json, csv }: { readonly json?: boolean; readonly csv?: boolean }) => {
      const calibration = await withEngine(io, (api) => api.runs.calibration({ runIds: [...runIds] }));
      const document: CalibrationDocument = { calibration };
      respond(io, json, document, () => (csv ? binsCsv(calibration) : calibrationInWords(calibration)));
    });
}

const share = (value: number): string => roundedDecimal(value, 3);
const optional = (value: number | null): string => (value === null ? "–" : share(value));

function calibrationInWords({ split, testLooks, pictures, runs }: CalibrationView): string {
  const figures = table<RunCalibration>(
    [
      { title: "run", isNumber: true, cell: ({ runId }) => String(runId) },
      { title: "title", cell: ({ title }) => title },
      { title: "top-1", isNumber: true, cell: ({ scores }) => percentFigure(scores.top1) },
      { title: "confidence", isNumber: true, cell: ({ scores }) => percentFigure(scores.meanConfidence) },
      { title: "ECE", isNumber: true, cell: ({ equalWidth }) => share(equalWidth.error) },
      {
        title: "95 % interval",
        cell: ({ equalWidth: { interval } }) => `${share(interval.low)} to ${share(interval.high)}`,
      },
      { title: "by chance", isNumber: true, cell: ({ equalWidth }) => share(equalWidth.byChance.mean) },
      { title: "equal mass", isNumber: true, cell: ({ equalMass }) => share(equalMass.error) },
      { title: "hard loss", isNumber: true, cell: ({ scores }) => loss(scores.hardLoss) },
      { title: "Brier", isNumber: true, cell: ({ scores }) => optional(scores.brier) },
    ],
    runs,
  );
  const foot = `Figures on the ${countInWords(pictures, `${split} picture`)}; ECE over 15 bins, 0 to 1, hard loss in nats, Brier score over all classes, 0 to 2.\n${testLooks === null ? "" : `${testLooksInWords(testLooks)}\n`}`;
  const each = runs.map((run) => {
    const looked = { split, pictures };
    const lines = [
      chanceInWords(run, "equalWidth", looked),
      chanceInWords(run, "equalMass", looked),
      temperatureInWords(run, looked),
    ];
    const name = `Run ${run.runId}, ${visibleText(run.title)}`;
    return `\n${name}\n${lines.join("\n")}\n`;
  });
  return `${figures}\n${foot}${each.join("")}`;
}

function temperatureInWords(
  { scores, temperature }: RunCalibration,
  { split, pictures }: Pick<CalibrationView, "split" | "pictures">,
): string {
  if (temperature === null) return noTemperatureInWords(split);
  const { after, validationPictures, isAtEnd } = temperature;
  const end = isAtEnd ? ", the end of what is tried" : "";
  return `Temperature ${share(temperature.temperature)}${end}, fitted on ${countInWords(validationPictures, "validation picture")}. On the ${countInWords(pictures, "test picture")}, hard loss ${loss(scores.hardLoss)} becomes ${loss(after.hardLoss)} nats, ${titleWithScale(ece)} ${share(scores.ece)} becomes ${share(after.ece)}.`;
}
