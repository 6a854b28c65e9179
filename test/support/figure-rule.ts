/**
 * What every figure of a metric says beside itself: its split, its unit and its number of pictures. One rule for pages, reports and what commands print;
 * who walks them says what stands around a figure.
 */

/** A sentence or a cell, and what names it. */
export interface Shown {
  readonly said: string;
  /** Heads of its own column and row, or its term. */
  readonly own: string;
  /** Caption, headings and sentences that stand with it. */
  readonly around: string;
}

const metricName =
  /\b(?:top-[15]|accuracy|(?:top-1|top-5) error|errs?|hard loss|objective|ECE|calibration error|Brier(?: score)?|log score|precision|recall|F1|logit gap|mean confidence)\b/i;
const number = /[−-]?\d+(?:\.\d+)?\s?(?:%|points\b)|[−-]?\b\d+\.\d{2,}\b/;
/** Pictures that a person hands to a network are of none of a run's splits. */
const splitName = /\b(?:training|validation|test|given)\b/i;
const pictureCount = /\b\d[\d,]*\s(?:(?:training|validation|test|given)\s)?pictures?\b/i;
/** A number that is neither a share in percent nor in points. */
const bareNumber = /[−-]?\b\d+\.\d{2,}\b(?!\s?(?:%|points\b))/;
/** What such a number is in, by the metric: nats, or a scale of its own. */
const units: readonly (readonly [metric: RegExp, unit: RegExp])[] = [
  [/\b(?:hard loss|objective|log score)\b/i, /\bnats\b|margins/],
  [/\b(?:ECE|calibration error)\b/i, /\b0 to 1\b|\bfraction\b/],
  [/\bBrier\b/i, /\b0 to [12]\b/],
];
/** What a word of a sentence says of no run's pictures. */
const besides = [
  /95\s%/g, // of intervals
  /\bp [<=]? ?\d\.\d+/g, // of a test
  /\blearning rate \d[\d.e-]*/g, // a setting
  /\([12]\d{3}\) found .*?(?=\.(?:\s|$))/g, // a paper's, with its authors and year
  /no difference in [^;.]*? can be told/g,
  /Chance: [\d.]+\s?%/g,
  /entropy of their own, [\d.]+ nats/g, // calculated from settings, as what follows
  /\b(?:cannot fall below|floor)[^.;]*\d\.\d+(?: nats)?/g,
];

/** `“Top-1: 54.2 %” does not say its split`; null for what says all, and for what is no figure of a metric. */
export function unnamedFigure({ said: whole, own: heads, around }: Shown): string | null {
  const own = heads.replaceAll(/(best epoch \(\d+), by [^)]*/g, "$1"); // what it was chosen by is no figure
  const said = besides.reduce((words, one) => words.replaceAll(one, ""), whole);
  if (!number.test(said) || !metricName.test(`${said} ${own}`)) return null;
  const all = [said, own, around].join(" · ");
  const missing = [
    ...(splitName.test(all) ? [] : ["its split"]),
    ...(pictureCount.test(all) ? [] : ["its number of pictures"]),
    ...(bareNumber.test(said) && units.some(([metric, unit]) => metric.test(`${said} ${own}`) && !unit.test(all))
      ? ["its unit"]
      : []),
  ];
  if (missing.length === 0) return null;
  return `“${[own, said].filter(Boolean).join(": ").slice(0, 160)}” does not say ${missing.join(", ")}`;
}
