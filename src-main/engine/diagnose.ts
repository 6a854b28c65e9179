/** What `strata doctor` tells of this machine. Needs no open record, so that it also answers when that is what is broken. */
import { fileURLToPath } from "node:url";
import { StrataError } from "../contract/errors.ts";
import type { DoctorFinding, TensorFlowReport } from "../contract/machine.ts";
import { doctorFindings } from "../platform/doctor.ts";
import type { Paths } from "../platform/paths.ts";
import { sqliteVersion } from "../store/database.ts";
import { askTrainer } from "./ask-trainer.ts";

export const realTrainer = fileURLToPath(new URL("../entrypoints/trainer.ts", import.meta.url));

export async function diagnose(paths: Paths, trainerEntry = realTrainer): Promise<readonly DoctorFinding[]> {
  const tensorflow = await tensorFlowReport(trainerEntry);
  return doctorFindings({ tensorflow, sqliteVersion: sqliteVersion(), home: paths.home });
}

async function tensorFlowReport(trainerEntry: string): Promise<TensorFlowReport | { readonly problem: string }> {
  try {
    const answer = await askTrainer(trainerEntry, { kind: "report" }, new AbortController().signal);
    if (answer.kind !== "report") throw new Error(`Asked for a report, the trainer answered ${answer.kind}.`);
    return answer.report;
  } catch (thrown) {
    if (!(thrown instanceof StrataError)) throw thrown;
    return { problem: thrown.problem };
  }
}
