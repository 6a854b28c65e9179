import type { Columns } from "./columns.ts";

export type AxisId = "epoch" | "step" | "time";

/** How a line's epochs are told in steps and in time. */
export interface LineAlong {
  readonly stepsPerEpoch: number;
  /** Seconds of training up to a place, which may be within an epoch; null where no time is known. Itself null where none was recorded. */
  readonly secondsAt: ((epochs: number) => number | null) | null;
}

export interface ChartAxis {
  readonly id: AxisId;
  /** Under the axis. */
  readonly title: string;
  /** Seconds to one of what the axis counts; only of the time axis. */
  readonly unitSeconds: number;
  /** Right end; null lets the values decide. */
  readonly end: number | null;
  readonly tick: (x: number) => string;
  /** Decimals that a tick can tell, below which ticks never stand closer; null for as many as it takes. */
  readonly tickDecimals: number | null;
  /** What the last tick counts: `10 epochs`. */
  readonly lastTick: (x: number) => string;
  /** At the head of a reading: `Epoch 3`. */
  readonly heading: (x: number) => string;
  /** In a sentence: `at epoch 3`. */
  readonly place: (x: number) => string;
}

/** Lower and upper edge around each value of a line, in step with its columns. */
interface LineBand {
  /** What lies between them: `95 % interval`. */
  readonly label: string;
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** One curve as a chart draws it. */
export interface ChartLine {
  readonly id: string;
  /** The arm's or run's name, e.g. `Smoothed ε 0.1`. */
  readonly label: string;
  /** What stands at the line's end, e.g. `smoothed`; empty for none. */
  readonly endLabel: string;
  /** Place in the fixed order of hues: 0 is arm A (solid), 1 is arm B (dashed). */
  readonly hue: number;
  /** Values of single batches are faint, values of whole epochs strong. Only strong lines carry a label and stand in the table. */
  readonly strength: "strong" | "faint";
  /** Over epochs, unless it was placed on another axis. */
  readonly columns: Columns;
  readonly band?: LineBand;
  /** Where its epochs lie on other axes; left out where it can stand over epochs alone. */
  readonly along?: LineAlong;
}

/** A value that curves are read against, drawn dotted: one that its arm's cannot fall below, in the arm's colour, or one that is the same for all. */
export interface ChartFloor {
  readonly id: string;
  /** Name of the arm, for the sentence and the table. */
  readonly label: string;
  /** What stands beside its number where there are several floors. */
  readonly endLabel: string;
  /** Null for what is no arm's. */
  readonly hue: number | null;
  readonly value: number;
  /** What it is, in place of a floor. */
  readonly reference?: string;
}

interface Span {
  readonly min: number;
  readonly max: number;
}

/** What of a chart is seen where a person zoomed in, by its axes. */
export interface ChartView {
  readonly x: Span;
  readonly y: Span;
}

/** All that one chart shows. */
export interface ChartContent {
  readonly lines: readonly ChartLine[];
  readonly floors: readonly ChartFloor[];
  /** What its lines lie over. */
  readonly axis: ChartAxis;
  /** What the value axis shows; null lets the values decide. */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** The value axis goes by powers of ten; what is not above zero is not drawn. */
  readonly isLog: boolean;
  /** The value axis goes from the least to the largest value, and not from zero. */
  readonly isFitted: boolean;
  /** Of type and lines: 1 on a page, more where the chart fills the window. */
  readonly scale: number;
  readonly format: (value: number) => string;
  /** Words on the value axis, where they are shorter than `format`'s. */
  readonly formatTick: (value: number) => string;
}
