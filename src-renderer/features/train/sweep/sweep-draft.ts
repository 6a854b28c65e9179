/** What a person types for a sweep, letter by letter. It becomes factors in `sweep-parts.ts`. Pure. */
import { z } from "zod";
import { networkSetting } from "../../../../src-main/contract/experiment.ts";
import { settingOf } from "../../../../src-main/domain/settings/settings.ts";
import { offeredSettings } from "../experiment/typed-value.ts";

const sweepLine = z.object({
  /** By its id. */
  setting: z.string(),
  /** Values as typed, parted by commas; networks are picked, and their ids kept so. */
  text: z.string(),
  /** What values are drawn from at random: a range, evenly or over orders of magnitude, or the values above. */
  drawn: z.enum(["uniform", "log", "choice"]),
  /** The ends of the range, as typed. */
  from: z.string(),
  to: z.string(),
});
export type SweepLine = z.infer<typeof sweepLine>;

export const sweepDraft = z.object({
  lines: z.array(sweepLine).readonly(),
  /** Every combination, or so many that are drawn. */
  points: z.enum(["grid", "drawn"]),
  draws: z.string(),
  searchSeed: z.string(),
  /** Successive halving. */
  isHalved: z.boolean(),
  leastEpochs: z.string(),
  eta: z.string(),
  /** By id; empty for what the settings monitor. */
  metric: z.string(),
  /** The arms of the comparison are trained at every point. */
  hasArms: z.boolean(),
  /** What networks that vary have alike, in place of each one's own preset. */
  alike: z.enum(["nothing", "width", "recipe", "multiplyAdds", "minutes"]),
  /** Of a picture, in millions, as typed; empty takes as many as the page's network. */
  multiplyAdds: z.string(),
  /** Of each network's training, as typed. */
  minutes: z.string(),
});
export type SweepDraft = z.infer<typeof sweepDraft>;
export type Alike = SweepDraft["alike"];

export const emptySweep: SweepDraft = {
  ...{ lines: [], points: "grid", draws: "20", searchSeed: "1" },
  ...{ isHalved: false, leastEpochs: "1", eta: "3", metric: "" },
  ...{ hasArms: false, alike: "nothing", multiplyAdds: "", minutes: "5" },
};

export function newLine(setting: string): SweepLine {
  return { setting, text: "", drawn: usualDrawn(setting), from: "", to: "" };
}

/** A number from a range of its scale, anything else from a list. */
function usualDrawn(setting: string): SweepLine["drawn"] {
  const type = settingOf(setting)?.value;
  if (type?.kind !== "number") return "choice";
  return type.scale === "log" ? "log" : "uniform";
}

/** Whether networks are what a line varies. */
export const isNetworkLine = ({ setting }: Pick<SweepLine, "setting">): boolean => setting === networkSetting;

/** Whether a line's values are drawn between two ends, and not given. */
export function isRange({ drawn }: Pick<SweepLine, "drawn">, { points }: Pick<SweepDraft, "points">): boolean {
  return points === "drawn" && drawn !== "choice";
}

/** The values of a line of this text. */
export const typedParts = (text: string): string[] =>
  text
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** @param wanted the first that does not vary yet, without it */
export function withNewLine(sweep: SweepDraft, wanted?: string): SweepDraft {
  const used = sweep.lines.map(({ setting }) => setting);
  const setting = offeredSettings().find(({ id }) => !used.includes(id) && (wanted === undefined || id === wanted));
  return setting ? { ...sweep, lines: [...sweep.lines, newLine(setting.id)] } : sweep;
}

/** Networks are picked and other values typed: neither is kept as the other. Another setting is drawn as is usual for it. */
export function withLine(sweep: SweepDraft, place: number, changes: Partial<SweepLine>): SweepDraft {
  const changed = (line: SweepLine): SweepLine => {
    const drawn = changes.setting === undefined ? line.drawn : usualDrawn(changes.setting);
    const next = { ...line, drawn, ...changes };
    return isNetworkLine(next) === isNetworkLine(line) ? next : { ...next, text: "" };
  };
  return { ...sweep, lines: sweep.lines.map((line, at) => (at === place ? changed(line) : line)) };
}

export function withoutLine(sweep: SweepDraft, place: number): SweepDraft {
  return { ...sweep, lines: sweep.lines.filter((_, at) => at !== place) };
}
