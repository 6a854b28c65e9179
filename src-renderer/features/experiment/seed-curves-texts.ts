/** Words of the curves over seeds. */
import { counted } from "../../lib/format.ts";
import type { MeanCurve, SeedCurve } from "./seed-curve.ts";

const seedsOf = (curves: readonly SeedCurve[]): string => {
  const numbers = curves.map(({ run }) => String(run.configuration.seed));
  return `${numbers.length === 1 ? "seed" : "seeds"} ${numbers.join(", ")}`;
};

export const seedCurvesTexts = {
  title: "Curves",
  metric: "Curves of",
  condition: "Under",
  shown: "What is drawn",
  views: [
    { value: "mean", label: "Mean of seeds" },
    { value: "single", label: "Single runs" },
  ],
  mean: (arm: string, seeds: number) => (seeds > 1 ? `${arm}, mean of ${seeds} seeds` : arm),
  single: (arm: string, seed: number) => `${arm}, seed ${seed}`,
  band: "lowest to highest seed",
  bandOf: "band: lowest to highest seed",
  legend: "Line: mean over the seeds at each epoch. Band: from the lowest to the highest seed.",
  /** Null where all seeds of the arm are in its mean to the end. */
  arm: (name: string, { seeds, going, empty, short, line }: MeanCurve): string | null => {
    const all = seeds.length + going.length + empty.length;
    const parts = [
      ...(seeds.length < all ? [`${seeds.length} of ${counted(all, "seed")}`] : []),
      ...(going.length > 0
        ? [`${seedsOf(going)} ${going.length === 1 ? "still trains and is" : "still train and are"} left out`]
        : []),
      ...(empty.length > 0 ? [`${seedsOf(empty)} ${empty.length === 1 ? "has" : "have"} no values yet`] : []),
      ...(short.length > 0
        ? [`${seedsOf(short)} ended early, so the mean ends at epoch ${line.columns.xs.at(-1) ?? 0}`]
        : []),
    ];
    return parts.length === 0 ? null : `${name}: ${parts.join("; ")}.`;
  },
  cut: (shown: number, all: number) =>
    `The first ${shown} of the table's ${counted(all, "row")}, as it is sorted: more curves cannot be told apart.`,
} as const;
