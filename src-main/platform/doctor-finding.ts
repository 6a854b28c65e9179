/** The two kinds of line that `strata doctor` has, and the unit of its sizes. */
import type { DoctorFinding } from "../contract/machine.ts";

export function fine(name: string, found: string): DoctorFinding {
  return { name, isFine: true, found, remedy: null };
}

export function wanting(name: string, found: string, remedy: string): DoctorFinding {
  return { name, isFine: false, found, remedy };
}

export function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
