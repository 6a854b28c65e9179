/**
 * When a process started, so that its number together with this names it and no other: the system gives numbers again, in a container at each of its
 * starts. Linux alone tells it at no cost; elsewhere nothing is told, and whoever asks has the number.
 */
import { readFileSync } from "node:fs";

/** Boot and clock ticks since it. Null where the process is gone, or the system does not say. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, which may have spaces and parentheses of its own; the start is the twenty-second.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined ? null : `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${ticks}`;
  } catch {
    return null;
  }
}

/** Whether the process of this number lives and, where both starts are known, is the one that started then. */
export function isProcessAlive(pid: number, start: string | null): boolean {
  if (start !== null && processStart(process.pid) !== null) return processStart(pid) === start;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Not allowed to signal it: it lives, and is somebody else's.
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
}

/** What a lock holds of the process that has it. */
export function ownMark(): string {
  return [process.pid, processStart(process.pid) ?? []].flat().join(" ");
}

/** Whether the process of such a mark lives; null for a mark that names none. */
export function isMarkAlive(mark: string): boolean | null {
  const [pid, start = null] = mark.trim().split(" ");
  return Number(pid) > 0 ? isProcessAlive(Number(pid), start) : null;
}
