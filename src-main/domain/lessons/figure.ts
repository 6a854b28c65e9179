/** A number that a lesson shows, with where it comes from: nobody has to guess what was calculated here and what a paper says. */
export type FigureOrigin =
  /** @property from what it follows from, in words or as a formula */
  | { readonly kind: "calculated"; readonly from: string }
  /** @property on what, and how often */
  | { readonly kind: "measured"; readonly on: string }
  /** @property source what a person can look up: authors, title, year, place in it */
  | { readonly kind: "cited"; readonly source: string };

export interface LessonFigure {
  readonly name: string;
  readonly value: number;
  /** Empty for a count. */
  readonly unit: string;
  readonly origin: FigureOrigin;
}
