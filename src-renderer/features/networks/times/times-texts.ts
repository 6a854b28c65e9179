/** Words of what was measured of rows. */
import type { RowTimes } from "../../../../src-main/contract/machine.ts";
import { millisOfRows } from "../../../../src-main/domain/networks/time-within.ts";
import { type Quartiles, quartilesOf } from "../../../../src-main/domain/statistics/quartiles.ts";
import { counted, decimal } from "../../../lib/format.ts";

export const timesTexts = {
  title: "Time on this machine",
  aside: "forward pass, measured here",
  time: "Time the rows",
  again: "Time them again",
  timing: "Timing the rows",
  about: (batchSize: number) =>
    `Runs some forward passes of ${counted(batchSize, "picture")} of noise, one row after the other, and reads the clock behind each. It takes some seconds, and nothing may train meanwhile.`,
  table: "Time of each row that the map shows",
  row: "Row",
  median: "Median",
  quartiles: "Middle half of the passes",
  batchDiffers: "For another batch, time them again.",
} as const;

/** `1.23 ms`; below a hundredth of a millisecond the clock says little. */
export function millisText(millis: number): string {
  if (millis < 0.01) return "under 0.01\u00a0ms";
  return `${decimal(millis, millis < 1 ? 2 : millis < 100 ? 1 : 0)}\u00a0ms`;
}

/** `1.23 ms, half of the passes within 1.20 ms to 1.31 ms`. */
export function spreadText({ median, lowerQuartile, upperQuartile }: Quartiles): string {
  return `${millisText(median)}, half of the passes within ${millisText(lowerQuartile)} to ${millisText(upperQuartile)}`;
}

/** How it was measured, and the rows together against the whole pass. */
export function timesInWords(times: RowTimes): string {
  const { batchSize, passes, device, threads, wholeMillis, compiledMillis } = times;
  const rows = millisOfRows(times);
  const compiled =
    compiledMillis === null
      ? ""
      : ` Compiled to one graph, as an evaluation runs, it takes ${spreadText(quartilesOf(compiledMillis))}.`;
  return (
    `A batch of ${counted(batchSize, "picture")} on the ${device} with ${counted(threads, "thread")}, ${counted(passes, "pass", "passes")} after ` +
    `those for warming up. ${rows === null ? "" : `The rows together take ${spreadText(rows)}; `}` +
    `the whole pass op by op, without a look at its rows, ${spreadText(quartilesOf(wholeMillis))}.${compiled}`
  );
}
