/** What a person types for a sweep, letter by letter. It becomes factors in `sweep-parts.ts`. Pure. */
import { z } from "zod";
import { networkSetting } from "../../../../src-main/contract/experiment.ts";
import { offeredSettings } from "../experiment/typed-value.ts";

const sweepLine = z.object({
  /** By its id. */
  setting: z.string(),
  /** Values as typed, parted by commas; networks are picked, and their ids kept so. */
  text: z.string(),
});
export type SweepLine = z.infer<typeof sweepLine>;

export const sweepDraft = z.object({
  lines: z.array(sweepLine).readonly(),
  /** The arms of the comparison are trained at every point. */
  hasArms: z.boolean(),
  /** What networks that vary have alike, in place of each one's own preset. */
  alike: z.enum(["nothing", "width", "recipe", "multiplyAdds"]),
  /** Of a picture, in millions, as typed; empty takes as many as the page's network. */
  multiplyAdds: z.string(),
});
export type SweepDraft = z.infer<typeof sweepDraft>;
export type Alike = SweepDraft["alike"];

export const emptySweep: SweepDraft = { lines: [], hasArms: false, alike: "nothing", multiplyAdds: "" };

/** Whether networks are what a line varies. */
export const isNetworkLine = ({ setting }: Pick<SweepLine, "setting">): boolean => setting === networkSetting;

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
  return setting ? { ...sweep, lines: [...sweep.lines, { setting: setting.id, text: "" }] } : sweep;
}

/** Networks are picked and other values typed: neither is kept as the other. */
export function withLine(sweep: SweepDraft, place: number, changes: Partial<SweepLine>): SweepDraft {
  const changed = (line: SweepLine): SweepLine => {
    const next = { ...line, ...changes };
    return isNetworkLine(next) === isNetworkLine(line) ? next : { ...next, text: "" };
  };
  return { ...sweep, lines: sweep.lines.map((line, at) => (at === place ? changed(line) : line)) };
}

export function withoutLine(sweep: SweepDraft, place: number): SweepDraft {
  return { ...sweep, lines: sweep.lines.filter((_, at) => at !== place) };
}
