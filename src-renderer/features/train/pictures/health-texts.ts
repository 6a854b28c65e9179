/** Words around the findings of a health report; those of each finding are made where it is found. */

import type { PixelScan } from "../../../../src-main/contract/pixel-scan.ts";
import type { Finding, Severity } from "../../../../src-main/domain/health/finding.ts";
import { count, counted } from "../../../lib/format.ts";

export const severityTexts: Readonly<Record<Severity, string>> = {
  serious: "Serious",
  warning: "Warning",
  note: "Note",
};

/** `3 findings, 1 serious` */
export function findingsSummary(findings: readonly Finding[]): string {
  if (findings.length === 0) return "Nothing was found wrong in names and counts.";
  const serious = findings.filter(({ severity }) => severity === "serious").length;
  return `${counted(findings.length, "finding")}${serious > 0 ? `, ${count(serious)} serious` : ""}`;
}

export const healthTexts = {
  title: "Health of the pictures",
  description: "What may make figures mislead. Nothing is changed on your disk.",
  nothing: "Nothing was found wrong.",
  notScanned:
    "So far only names and counts were checked. A check of every pixel also finds near-duplicates, unusual pictures, and the mean and spread of the colours.",
  mend: "Show and mend its pictures…",
  turnOff: { dropLast: "Train on them, too" },
  scan: "Check every pixel",
  scanAgain: "Check again",
  stop: "Stop",
  scanning: (done: number, total: number | null): string =>
    total === null ? "Beginning" : `${count(done)} of ${counted(total, "picture")} checked`,
  scanned: ({ pictures }: PixelScan): string => `Every pixel of ${counted(pictures, "picture")} was checked.`,
};
