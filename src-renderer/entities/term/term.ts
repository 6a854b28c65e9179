/** What the glossary tells of a word: enough for a student who meets it for the first time. */
import type { MetricId } from "../../../src-main/contract/metric.ts";
import type { PlainAxis } from "../../ui/charts/plain-axes.ts";

/** Whose line, bar, cell or box it is: `one` and `other` in the colours of arms A and B, `quiet` for what stands beside. */
export type PictureTone = "one" | "other" | "quiet";

export interface CurvesPicture {
  readonly kind: "curves";
  readonly x: PlainAxis;
  readonly y: PlainAxis;
  readonly lines: readonly {
    readonly label: string;
    readonly tone: PictureTone;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
}

export interface BarsPicture {
  readonly kind: "bars";
  /** Values from 0 to 1, with the words that stand behind each. */
  readonly bars: readonly {
    readonly label: string;
    readonly share: number;
    readonly words: string;
    readonly tone: PictureTone;
  }[];
}

export interface CellsPicture {
  readonly kind: "cells";
  /** Squares of cells beside each other; a cell is `.` for empty, or `a`, `b`, `c` for the tones one, other and quiet. */
  readonly panels: readonly { readonly title: string; readonly rows: readonly string[] }[];
}

export interface BoxesPicture {
  readonly kind: "boxes";
  /** Places count from 0, right and down. */
  readonly boxes: readonly {
    readonly label: string;
    readonly column: number;
    readonly row: number;
    readonly tone: PictureTone;
  }[];
  /** From one box to another, by their numbers. */
  readonly arrows: readonly (readonly [from: number, to: number])[];
}

export type TermPicture = (CurvesPicture | BarsPicture | CellsPicture | BoxesPicture) & {
  /** What it shows, in words: below it, and for whoever does not see it. */
  readonly says: string;
};

export interface Term {
  /** In the address of its page. */
  readonly id: string;
  readonly title: string;
  /** Other words that people have for it. */
  readonly also?: readonly string[];
  /** Where the word stands, in one sentence. */
  readonly sentence: string;
  /** On its page, below the sentence. */
  readonly more: string;
  readonly picture: TermPicture;
  /** What a person can look up; where Strata has a definition of its own, that is said. */
  readonly source: string;
  /** Terms to read next, by id. */
  readonly see: readonly string[];
  readonly metrics?: readonly MetricId[];
  /** Settings that it explains, by id. */
  readonly settings?: readonly string[];
}
