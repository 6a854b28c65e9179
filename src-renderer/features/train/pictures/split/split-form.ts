/** How pictures are to be parted, as typed, and what it becomes. Pure. */
import { type SplitAnew, splitAnew, splitGroupOf } from "../../../../../src-main/contract/split-plan.ts";
import { numberProblem } from "../../../../lib/numbers.ts";
import { numberOf, percentText, shareOf } from "../../../../lib/typed-numbers.ts";

export interface SplitForm {
  /** In percent. */
  readonly validation: string;
  readonly test: string;
  readonly seed: string;
  /** `none`, one that is offered, or `pattern` for what is typed. */
  readonly group: string;
  readonly pattern: string;
  readonly isStratified: boolean;
}
export type SplitProblems = Readonly<Partial<Record<"validation" | "test" | "seed" | "pattern", string>>>;

export const noGroup = "none";
export const ownPattern = "pattern";

/** @param group that a finding suggests */
export function formOf(plan: SplitAnew | null, group: string | null = null): SplitForm {
  const { validationShare, testShare, seed, isStratified, ...rest } = plan ?? splitAnew.parse({ kind: "anew" });
  const chosen = group ?? rest.group;
  const isPattern = chosen?.startsWith("pattern:") === true;
  return {
    validation: percentText(validationShare),
    test: percentText(testShare),
    seed: String(seed),
    group: isPattern ? ownPattern : (chosen ?? noGroup),
    pattern: isPattern ? chosen.slice("pattern:".length) : "",
    isStratified,
  };
}

const fields = { validationShare: "validation", testShare: "test", seed: "seed", group: "pattern" } as const;

export function planOf(form: SplitForm): { plan: SplitAnew | null; problems: SplitProblems } {
  const typed = form.pattern.trim();
  const group =
    form.group === noGroup
      ? null
      : form.group === ownPattern
        ? splitGroupOf(typed)
          ? typed
          : `pattern:${typed}`
        : form.group;
  const parsed = splitAnew.safeParse({
    ...{ kind: "anew", group, isStratified: form.isStratified },
    validationShare: shareOf(form.validation),
    testShare: shareOf(form.test),
    seed: numberOf(form.seed),
  });
  if (parsed.success) return { plan: parsed.data, problems: {} };
  const problems: Partial<Record<keyof SplitProblems, string>> = {};
  for (const issue of parsed.error.issues) {
    const field = fields[issue.path[0] as keyof typeof fields]; // one that the form has no field for finds none
    if (field === undefined) continue;
    const scale = field === "seed" ? 1 : 100;
    const said =
      field === "pattern" ? "Put one * where the group stands, as in patient*_." : `Too few are left for training.`;
    problems[field] ??= issue.code === "custom" ? said : numberProblem(issue, scale);
  }
  return { plan: null, problems };
}
