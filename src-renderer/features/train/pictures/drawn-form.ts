/** The settings of the pictures that Strata draws, as typed, and what they become. Pure. */
import { type DrawnSource, drawnSource } from "../../../../src-main/contract/dataset.ts";
import { numberProblem } from "../../../lib/numbers.ts";

export interface DrawnForm {
  readonly pictures: string;
  readonly pixels: string;
  readonly difficulty: string;
  readonly seed: string;
}
export type DrawnProblems = Readonly<Partial<Record<keyof DrawnForm, string>>>;

export const difficulties = [
  { value: "0", label: "Plain" },
  { value: "0.3", label: "Some clutter" },
  { value: "0.6", label: "Much clutter" },
  { value: "1", label: "Hard to see" },
] as const;

export const firstDrawnForm: DrawnForm = { pictures: "6000", pixels: "32", difficulty: "0.3", seed: "1" };

/** The set that a first start draws with one press. */
export const usualDrawn: DrawnSource = drawnSource.parse({ kind: "drawn" });

const number = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

export function drawnFromForm(form: DrawnForm): { source: DrawnSource | null; problems: DrawnProblems } {
  const parsed = drawnSource.safeParse({
    kind: "drawn",
    pictures: number(form.pictures),
    pixels: number(form.pixels),
    difficulty: number(form.difficulty),
    seed: number(form.seed),
  });
  if (parsed.success) return { source: parsed.data, problems: {} };
  const problems: Partial<Record<keyof DrawnForm, string>> = {};
  for (const issue of parsed.error.issues) {
    const [field] = issue.path;
    if (field === "pictures" || field === "pixels" || field === "difficulty" || field === "seed")
      problems[field] ??= numberProblem(issue);
  }
  return { source: null, problems };
}
