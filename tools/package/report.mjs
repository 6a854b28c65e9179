/** What a person is told at the end: each package with its size and time, or why there is none. */
import { basename } from "node:path";

/**
 * @param {readonly { title: string, path?: string, bytes?: number, seconds?: number, reason?: string }[]} outcomes `path` and its size, or the reason
 * @returns {string[]} lines
 */
export function reportOf(outcomes) {
  const [made, failed] = [outcomes.filter(({ reason }) => !reason), outcomes.filter(({ reason }) => reason)];
  const names = made.map(({ path = "" }) => basename(path));
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = made.map(({ bytes = 0, seconds }, index) => {
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    return `${(names[index] ?? "").padEnd(width)}  ${size.padStart(10)}${seconds === undefined ? "" : `  ${Math.round(seconds)} s`}`;
  });
  return [...lines, ...failed.map(({ title, reason }) => `not made: ${title}: ${reason}`)];
}
