/** Words of runs that go to another Strata, and of those that came from one. */
import type { ImportedFrom } from "../../../src-main/contract/imported.ts";
import type { ImportedBundle } from "../../../src-main/contract/run-bundle.ts";
import { counted, moment } from "../../lib/format.ts";
import { isolated } from "../../lib/names.ts";

export const bundleTexts = {
  report: "Save a report",
  reportAbout: "One page with figures, curves, settings and pictures that opens without Strata. Print it for a PDF.",
  export: "Export for another Strata",
  exportAbout: "One file with settings, curves, answers and weights. The pictures are not in it, nor where they lie.",
  import: "Import runs",
  importAbout: "A file that another Strata exported. It can be dropped here, too.",
  importing: "Importing…",
  mark: "imported",
  from: (runId: number, { number, version, exportedAt, importedAt }: ImportedFrom) =>
    `Imported: ${moment(importedAt)}. It was run ${number} of a Strata ${version}, exported ${moment(exportedAt)}. To train it again: strata replay ${runId}`,
  imported: ({ runIds, missingDatasets }: ImportedBundle) => {
    const runs = `${counted(runIds.length, "run")} imported.`;
    if (missingDatasets.length === 0) return runs;
    const names = missingDatasets.map((name) => isolated(name)).join(", ");
    return `${runs} The pictures of ${names} are not known here: open their folder to compare with runs of your own.`;
  },
} as const;
