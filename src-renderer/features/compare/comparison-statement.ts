/** What a comparison shows, in sentences that claim no more than one look at these pictures can carry. */
import type { ComparisonView } from "../../../src-main/contract/run.ts";
import { counted, decimal, percent, points } from "../../text/format.ts";
import type { RunFace } from "../runs/run-faces.ts";

/** A piece of a sentence; the strong ones are what the page says loudest. */
export interface StatementPart {
  readonly text: string;
  readonly isStrong: boolean;
}

const plainPart = (text: string): StatementPart => ({ text, isStrong: false });
const strongPart = (text: string): StatementPart => ({ text, isStrong: true });

/** Two runs in sentences: accuracy first, with its interval, then calibration. `faces` are the view's runs in its order. */
export function comparisonStatement(view: ComparisonView, faces: readonly RunFace[]): StatementPart[] {
  const [a, b] = faces;
  if (!a || !b) return [];
  if (faces.length > 2)
    return [plainPart("More than two runs: compare the figures; a difference with its interval is told for two.")];
  const [first, second] = view.results;
  if (!first || !second || view.split === null)
    return [strongPart(missing(view, a, b)), plainPart(" Nothing can be told yet.")];
  const pictures = `${counted(second.pictures, "picture")}`;
  const over = `${pictures.replace("picture", `${view.split} picture`)}`;
  return [...accuracy(view, [a, b], over), ...calibration([first.ece, second.ece], [a, b])];
}

function missing(view: ComparisonView, a: RunFace, b: RunFace): string {
  const without = [a, b].filter((_, index) => !view.results[index]).map((face) => capital(face.short));
  if (without.length === 0) return "The runs were not looked at on the same pictures.";
  return without.length === 2 ? "Neither run has final figures." : `${without[0]} has no final figures.`;
}

function accuracy(view: ComparisonView, [a, b]: [RunFace, RunFace], over: string): StatementPart[] {
  const difference = view.top1Difference;
  const seeds = seedText([a, b]);
  if (difference === null) {
    const [first, second] = view.results;
    return [
      strongPart("The difference in accuracy has no interval"),
      plainPart(
        ` because the answers to single pictures are not recorded for both: ${percent(first?.top1 ?? null)} against ${percent(second?.top1 ?? null)} on ${over}, ${seeds}.`,
      ),
    ];
  }
  const { value, low, high } = difference;
  const interval = `(${points(value)} points, 95 % interval ${points(low)} to ${points(high)}), ${seeds}.`;
  if (low <= 0 && high >= 0) {
    return [strongPart("No evidence of a difference in accuracy"), plainPart(` on these ${over} ${interval}`)];
  }
  const better = value > 0 ? b : a;
  return [
    strongPart(`${capital(better.short)} is more accurate`),
    plainPart(` on these ${over} ${interval} Another seed may tell otherwise.`),
  ];
}

function calibration([first, second]: [number, number], [a, b]: [RunFace, RunFace]): StatementPart[] {
  const say = (value: number): string => decimal(value, 3);
  if (say(first) === say(second)) return [plainPart(` Calibration is alike: ECE ${say(first)} in both.`)];
  const better = second < first ? b : a;
  return [
    plainPart(" "),
    strongPart(`${capital(better.short)} is better calibrated here`),
    plainPart(`: ECE ${say(Math.min(first, second))} against ${say(Math.max(first, second))}, without an interval.`),
  ];
}

function seedText([a, b]: [RunFace, RunFace]): string {
  const seeds = [a.run.configuration.seed, b.run.configuration.seed];
  return seeds[0] === seeds[1] ? "one seed" : `with different seeds (${seeds.join(" and ")})`;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
