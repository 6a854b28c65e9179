/** Means with their intervals, one row each, as a drawing for a report. */
import { escaped } from "./markup.ts";

export interface DrawnMean {
  readonly label: string;
  readonly mean: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

const [width, rowHeight, left, right, bottom] = [960, 26, 380, 20, 24];

/** Empty for none. @param tick a value in words */
export function intervalDrawing(caption: string, rows: readonly DrawnMean[], tick: (value: number) => string): string {
  if (rows.length === 0) return "";
  const ends = rows.flatMap(({ mean, interval }) => [
    mean,
    ...(interval === null ? [] : [interval.low, interval.high]),
  ]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const span = high - low || Math.abs(high) || 1;
  const x = (value: number) => Math.round((left + ((value - low) / span) * (width - left - right)) * 10) / 10;
  const height = rows.length * rowHeight + bottom;
  const marks = rows.map(({ label, mean, interval }, place) => {
    const y = place * rowHeight + rowHeight / 2;
    const line = interval === null ? "" : `<path class="mark of-a" d="M${x(interval.low)} ${y}H${x(interval.high)}"/>`;
    return `<text x="${left - 12}" y="${y + 4}" text-anchor="end">${escaped(shortened(label))}</text>${line}<circle class="dot of-a" cx="${x(mean)}" cy="${y}" r="4"/>`;
  });
  const foot = [low, high].map(
    (value, place) =>
      `<text x="${x(value)}" y="${height - 6}" text-anchor="${place === 0 ? "start" : "end"}">${escaped(tick(value))}</text>`,
  );
  return `<figure><figcaption>${escaped(caption)}</figcaption><div class="scroll"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(caption)}">${marks.join("")}${low === high ? foot[0] : foot.join("")}</svg></div></figure>`;
}

const mostLetters = 56;
const shortened = (label: string): string => (label.length > mostLetters ? `${label.slice(0, mostLetters)}…` : label);
