/**
 * The real training process under a limit on its memory, which it puts on itself: a control group that the test has made (`STRATA_TEST_GROUP`, its
 * folder), or, before its first step is compiled, so many bytes of data more than it has then (`STRATA_TEST_DATA_BYTES`).
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TrainerMessage } from "../../src-main/training/job.ts";

const { STRATA_TEST_GROUP: group, STRATA_TEST_DATA_BYTES: more } = process.env;
if (group) writeFileSync(join(group, "cgroup.procs"), String(process.pid));
if (more) {
  const send = process.send!.bind(process);
  process.send = (message: TrainerMessage, ...rest: never[]) => {
    if (message.kind === "event" && message.event.kind === "progress" && message.event.phase === "compiling")
      limitData(Number(more));
    return send(message, ...rest);
  };
}
await import("../../src-main/entrypoints/trainer.ts");

function limitData(bytes: number): void {
  const [, held] = /^VmData:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))!;
  execFileSync("prlimit", ["--pid", String(process.pid), `--data=${Number(held) * 1024 + bytes}`]);
}
