/** A moment as part of a file's name, in the order of time: `2026-11-25T01-35-00-123Z`. */
export function stampOf(moment: Date): string {
  return moment.toISOString().replace(/[:.]/g, "-");
}
