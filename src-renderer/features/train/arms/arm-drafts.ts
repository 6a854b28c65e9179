/** Arms with names, as they are typed: each a set of changes to the settings of the page. Pure. */
import { z } from "zod";
import { armLetter } from "../../../../src-main/domain/experiments/experiment-plan.ts";
import { mostArms } from "../../../entities/run/arms-of-run.ts";

const armChange = z.object({
  /** By its id. */
  setting: z.string(),
  typed: z.union([z.string(), z.boolean()]),
});
export type ArmChangeDraft = z.infer<typeof armChange>;

export const armDraft = z.object({ name: z.string(), changes: z.array(armChange).readonly() });
export type ArmDraft = z.infer<typeof armDraft>;

export const fewestArms = 2;

/** What a person begins with: the page's own settings, and an arm that is yet to differ from them. */
export const firstArms: readonly ArmDraft[] = [newArm("Base"), newArm("Arm B")];

function newArm(name: string): ArmDraft {
  return { name, changes: [] };
}

export function withNewArm(arms: readonly ArmDraft[]): readonly ArmDraft[] {
  return [...arms, newArm(freeName(arms))];
}

/** By its letter, or the next one that no arm is called by. */
function freeName(arms: readonly ArmDraft[]): string {
  const names = new Set(arms.map(({ name }) => name.trim()));
  const places = Array.from({ length: mostArms * 2 }, (_, place) => `Arm ${armLetter(place)}`);
  return places.slice(arms.length).find((name) => !names.has(name)) ?? "";
}

export function withoutArm(arms: readonly ArmDraft[], place: number): readonly ArmDraft[] {
  return arms.filter((_, at) => at !== place);
}

export function withArm(arms: readonly ArmDraft[], place: number, changes: Partial<ArmDraft>): readonly ArmDraft[] {
  return arms.map((arm, at) => (at === place ? { ...arm, ...changes } : arm));
}
