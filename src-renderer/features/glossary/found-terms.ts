import type { Term } from "../../entities/term/term.ts";

interface Subject {
  readonly title: string;
  readonly terms: readonly Term[];
}

/** The terms whose title, other words or sentence hold what was typed; subjects without any are left out. */
export function foundTerms(subjects: readonly Subject[], typed: string): readonly Subject[] {
  const wanted = typed.trim().toLowerCase();
  const holds = ({ title, also = [], sentence }: Term) =>
    [title, ...also, sentence].some((words) => words.toLowerCase().includes(wanted));
  return subjects
    .map(({ title, terms }) => ({ title, terms: terms.filter(holds) }))
    .filter(({ terms }) => terms.length > 0);
}
