/** A process that lets every other go first. */
import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

/**
 * The lowest priority that the system has. On Linux a session of its own, which a detached process has, is a group to the scheduler (autogroup), and a
 * process's priority counts inside its group alone: there the group's is set, too.
 */
export function standBack(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
    if (process.platform === "linux") writeFileSync(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_LOW));
  } catch {
    // It may be gone already, or the system groups nothing: then it does without.
  }
}
