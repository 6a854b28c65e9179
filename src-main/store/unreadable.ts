/** The parts of the record that read what may be damaged in a row, and a look at all of it. */
import type { StoredPlace } from "../contract/stored-place.ts";
import type { Database } from "./database.ts";
import { createDatasetRecords } from "./datasets.ts";
import { createEvaluationRecords } from "./evaluations.ts";
import { createExperimentRecords } from "./experiments.ts";
import { createMachineRecords } from "./machine.ts";
import { createNoticeRecords } from "./notices.ts";
import { createRunRecords, type LossOf } from "./runs.ts";
import { createSetAside, type SetAside } from "./stored-json.ts";
import { createVersionRecords } from "./versions.ts";

export type RowReaders = ReturnType<typeof createRowReaders>;

/** @param setAside is told of every row that they cannot read */
export function createRowReaders(database: Database, setAside: SetAside, lossOf: LossOf) {
  const datasets = createDatasetRecords(database, setAside);
  const evaluations = createEvaluationRecords(database);
  const experiments = createExperimentRecords(database, setAside);
  return {
    datasets,
    evaluations,
    experiments,
    runs: createRunRecords(database, { datasets, evaluations, experiments, lossOf, setAside }),
    versions: createVersionRecords(database, setAside),
    notices: createNoticeRecords(database, setAside),
    machine: createMachineRecords(database, setAside),
  };
}

/** Reads every row; those that cannot be read are set aside. */
export function findUnreadable({ datasets, runs, experiments, versions, notices, machine }: RowReaders): void {
  runs.list();
  datasets.all();
  experiments.list();
  versions.all();
  notices.open();
  machine.threads();
}

/** The rows of a record of this program's version that cannot be read. */
export function findUnreadableRows(database: Database): readonly StoredPlace[] {
  const setAside = createSetAside();
  findUnreadable(createRowReaders(database, setAside, () => null));
  return setAside.news();
}
