/** What may be wrong with the pictures of a data set, told before anything is trained: the same on the page, on the command line and as JSON. */
import type { DatasetView } from "../../contract/dataset.ts";

/** `serious`: figures would mislead. `warning`: they may. `note`: good to know. The worst first. */
export const severities = ["serious", "warning", "note"] as const;
export type Severity = (typeof severities)[number];

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** One or two sentences. */
  readonly text: string;
  readonly remedy: string;
  /** Names as they are on disk, at most `mostNamed`. */
  readonly classes: readonly string[];
}

/** What a finding is worked out from. */
export interface ExaminedSet {
  readonly view: Omit<DatasetView, "id" | "lookedAt">;
}

/** One kind of finding; none, one or several of it. */
export type FindingKind = (examined: ExaminedSet) => readonly Finding[];

const mostNamed = 12;

/** With no classes unless named, and never too many. */
export function finding(of: Omit<Finding, "classes"> & Partial<Finding>): Finding {
  return { ...of, classes: (of.classes ?? []).slice(0, mostNamed) };
}
