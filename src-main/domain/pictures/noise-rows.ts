/** A noise matrix on the classes of a data set, and how many pictures get a wrong label by it. */
import type { TrainingSettings } from "../../contract/configuration.ts";
import { type NoiseCell, parseNoiseMatrix } from "../../contract/noise-matrix.ts";
import { namesInWords } from "../health/words.ts";

export interface NoiseRow {
  /** Of the class that others become, by place. */
  readonly cells: readonly { readonly to: number; readonly share: number }[];
}
/** By the place of the class that becomes others. */
export type NoiseRows = ReadonlyMap<number, NoiseRow>;

/** Of a text that the schema took. */
function cellsOf(matrix: string): readonly NoiseCell[] {
  const parsed = parseNoiseMatrix(matrix);
  if (parsed.problem !== null) throw new Error(parsed.problem);
  return parsed.cells;
}

/**
 * Why labels of these classes cannot be made wrong by the matrix; null where they can, and for other kinds of noise.
 * @param classes null where none are known yet: any will do
 */
export function noiseMatrixProblem(
  { labelNoiseKind, noiseMatrix }: Pick<TrainingSettings, "labelNoiseKind" | "noiseMatrix">,
  classes: readonly { readonly name: string }[] | null,
): string | null {
  if (labelNoiseKind !== "matrix") return null;
  if (noiseMatrix === null) return "label noise by a matrix needs one";
  if (classes === null) return null;
  const known = classes.map(({ name }) => name);
  const named = new Set(cellsOf(noiseMatrix).flatMap(({ from, to }) => [from, to]));
  const foreign = [...named].filter((name) => !known.includes(name));
  if (foreign.length === 0) return null;
  const are = foreign.length === 1 ? "is no class" : "are no classes";
  return `${namesInWords(foreign)} ${are} of these pictures, which have ${namesInWords(known)}`;
}

/** A class that the data set lacks is a broken invariant: it is refused before a run is recorded. */
export function noiseRows(matrix: string, classNames: readonly string[]): NoiseRows {
  const placeOf = new Map(classNames.map((name, place) => [name, place]));
  const place = (name: string): number => {
    const found = placeOf.get(name);
    if (found === undefined) throw new Error(`${name} is none of the classes`);
    return found;
  };
  const cells = cellsOf(matrix).map(({ from, to, share }) => ({ from: place(from), to: place(to), share }));
  const ofClass = (label: number): NoiseRow => ({
    cells: cells.filter(({ from }) => from === label).sort((a, b) => a.to - b.to),
  });
  return new Map([...new Set(cells.map(({ from }) => from))].map((label) => [label, ofClass(label)]));
}

/** Noise as a network confuses classes, in shares that are rounded down, so that those of a class never come to more than 1. @param counts of pictures, `counts[trueClass][answer]` */
export function confusionNoise(counts: readonly (readonly number[])[], classNames: readonly string[]): NoiseCell[] {
  return counts.flatMap((row, truth) => {
    const pictures = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, said) =>
      said === truth || count === 0
        ? []
        : [{ from: classNames[truth]!, to: classNames[said]!, share: Math.floor((count * 1e6) / pictures) / 1e6 }],
    );
  });
}

/** @param share how much of the matrix */
export function wrongOfRow({ cells }: NoiseRow, pictures: number, share: number): number {
  const whole = cells.reduce((sum, cell) => sum + cell.share, 0);
  // Decimal fractions may be a little above what they stand for.
  return Math.min(pictures, Math.round(Number((share * whole * pictures).toPrecision(12))));
}

/** Of all training pictures, the share with a wrong label. */
export function wrongShare(
  { labelNoise, labelNoiseKind, noiseMatrix }: Pick<TrainingSettings, "labelNoise" | "labelNoiseKind" | "noiseMatrix">,
  classes: readonly { readonly name: string; readonly train: number }[],
): number {
  if (labelNoiseKind !== "matrix" || noiseMatrix === null) return labelNoise;
  const names = classes.map(({ name }) => name);
  const rows = noiseRows(noiseMatrix, names);
  const pictures = classes.reduce((sum, { train }) => sum + train, 0);
  const wrong = [...rows].reduce((sum, [place, row]) => sum + wrongOfRow(row, classes[place]!.train, labelNoise), 0);
  return wrong / pictures;
}
