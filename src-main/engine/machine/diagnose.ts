/** What `strata doctor` tells of this machine. Needs no open record, so that it also answers when that is what is broken. */
import { fileURLToPath } from "node:url";
import { type CodedError, StrataError } from "../../contract/errors.ts";
import type { DoctorFinding, TensorFlowReport } from "../../contract/machine.ts";
import { doctorFindings } from "../../platform/doctor.ts";
import { homeFolder, pathsOf } from "../../platform/paths.ts";
import { sqliteVersion } from "../../store/database.ts";
import { recordState } from "../../store/record-state.ts";
import { askTrainer } from "../trainer/ask-trainer.ts";

export const realTrainer = fileURLToPath(new URL("../../entrypoints/trainer.ts", import.meta.url));

export async function diagnose(
  environment: NodeJS.ProcessEnv,
  trainerEntry = realTrainer,
): Promise<readonly DoctorFinding[]> {
  const tensorflow = await tensorFlowReport(trainerEntry);
  const home = homeOf(environment);
  const findings = await doctorFindings({ tensorflow, sqliteVersion: sqliteVersion(), home });
  return typeof home === "string" ? [...findings, ...recordFindings(pathsOf(home).database)] : findings;
}

function homeOf(environment: NodeJS.ProcessEnv): string | CodedError {
  try {
    return homeFolder(environment);
  } catch (thrown) {
    if (!(thrown instanceof StrataError)) throw thrown;
    return thrown.toJSON();
  }
}

/** Every page is looked at, and nothing is changed. */
function recordFindings(path: string): readonly DoctorFinding[] {
  const state = recordState(path);
  if (state === null) return [];
  const name = "Record's file";
  const remedy = "Close every Strata and start it again: it sets the file aside and brings over what can be read.";
  if (!state.isWhole) return [{ name, isFine: false, found: `damaged: ${path}`, remedy }];
  if (state.newer !== null) return [{ name, isFine: false, found: state.newer.problem, remedy: state.newer.remedy }];
  return [
    { name, isFine: true, found: `whole, ${(state.bytes / 1e6).toFixed(1)} MB`, remedy: null },
    ...state.unreadable.map((row) => {
      const { problem, remedy: each } = new StrataError("store.unreadable", { rows: [row] });
      return { name: "Record", isFine: false, found: problem, remedy: each };
    }),
    ...state.notices.map((notice) => ({
      name: "Record",
      isFine: true,
      found: `${notice.problem} ${notice.remedy}`,
      remedy: null,
    })),
  ];
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
