/**
 * One set-up at a time: a file with the process id of whoever works, and its start where the system tells it, since ids are given again. A second one
 * waits; a file left by a process that is gone is taken over, so that a set-up that was killed holds up nobody.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { codeOf } from "./problem.mjs";

const POLL_MILLIS = 300;
/** A file that is still empty was made this instant, unless it has been empty for this long. */
const UNWRITTEN_MILLIS = 5000;

/** Runs `work` while holding the lock file at `path`, whose folder exists. `onWait(pid)` is called once if another process holds it. */
export async function withLock(path, onWait, work) {
  let hasSaid = false;
  while (!take(path)) {
    const holder = holderOf(path);
    if (holder === "gone") continue;
    if (!hasSaid) onWait(holder);
    hasSaid = true;
    await new Promise((wake) => setTimeout(wake, POLL_MILLIS));
  }
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.removeListener("exit", release);
    release();
  }
}

function take(path) {
  try {
    writeFileSync(path, [process.pid, startOf(process.pid)].filter(Boolean).join(" "), { flag: "wx" });
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === "EEXIST") return false;
    throw thrown;
  }
}

/** The process that holds the lock, or "gone" when there is none (any more). */
function holderOf(path) {
  let written;
  try {
    written = readFileSync(path, "utf8");
    if (written === "" && Date.now() - statSync(path).mtimeMs < UNWRITTEN_MILLIS) return "unknown";
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return "gone";
    throw thrown;
  }
  const [holder, start = null] = written.split(" ");
  if (Number(holder) > 0 && Number(holder) !== process.pid && isAlive(Number(holder), start)) return Number(holder);
  return takeAway(path, written);
}

/** Removes a lock that nobody holds, and only that one: another process may have replaced it since it was read. */
function takeAway(path, written) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") === written) rmSync(aside);
    else renameSync(aside, path);
  } catch (thrown) {
    if (codeOf(thrown) !== "ENOENT") throw thrown;
  }
  return "gone";
}

/** As `src-main/platform/process-start.ts`, which Node 18 cannot read. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${ticks}`;
  } catch {
    return null;
  }
}

function isAlive(pid, start) {
  if (start !== null && startOf(process.pid) !== null) return startOf(pid) === start;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === "EPERM";
  }
}
