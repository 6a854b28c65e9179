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
const isFraction = /\d\s?%|\bpoints\b|\bfraction\b/;
/** Pictures that a person hands to a network are of none of a run's splits. */
const splitName = /\b(?:training|validation|test|given)\b/i;
const pictureCount = /\b\d[\d,]*\s(?:(?:training|validation|test|given)\s)?pictures?\b/i;
/** Of what is no share: nats, or a number on a scale of its own, which these metrics have. */
const isInNats = /\b(?:hard loss|objective|log score)\b/i;
/** What a word of a sentence says of no run's pictures. */
const besides = [
  /95\s%/g, // of intervals
  /\([12]\d{3}\) found .*?(?=\.(?:\s|$))/g, // a paper's, with its authors and year
  /no difference in [^;.]*? can be told/g,
  /Chance: [\d.]+\s?%/g,
  /entropy of their own, [\d.]+ nats/g, // calculated from settings, as what follows
  /\b(?:cannot fall below|floor)[^.;]*\d\.\d+(?: nats)?/g,
];

/** `“Top-1: 54.2 %” does not say its split`; null for what says all, and for what is no figure of a metric. */
export function unnamedFigure({ said: whole, own, around }: Shown): string | null {
  const said = besides.reduce((words, one) => words.replaceAll(one, ""), whole);
  if (!number.test(said) || !metricName.test(`${said} ${own}`)) return null;
  const all = [said, own, around].join(" · ");
  const missing = [
    ...(splitName.test(all) ? [] : ["its split"]),
    ...(pictureCount.test(all) ? [] : ["its number of pictures"]),
    ...(isFraction.test(said) || !isInNats.test(`${said} ${own}`) || /\bnats\b|margins|0 to 1|0–2/.test(all)
      ? []
      : ["its unit"]),
  ];
  if (missing.length === 0) return null;
  return `“${[own, said].filter(Boolean).join(": ").slice(0, 160)}” does not say ${missing.join(", ")}`;
}
