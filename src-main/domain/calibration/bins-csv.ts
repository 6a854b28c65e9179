import type { CalibrationView, RunCalibration } from "../../contract/calibration.ts";
import { csvOf } from "../csv.ts";

const names = { equalWidth: "equal-width", equalMass: "equal-mass" } as const;
type Binning = keyof typeof names;

/** The bins of reliability diagrams as a table for other programs: a line each. @param of which bins; all unless named */
export function binsCsv(
  { split, pictures, runs }: Pick<CalibrationView, "split" | "pictures"> & { readonly runs: readonly RunCalibration[] },
  of: readonly Binning[] = ["equalWidth", "equalMass"],
): string {
  const rows = runs.flatMap((run) => of.flatMap((binning) => run[binning].bins.map((bin) => ({ run, binning, bin }))));
  return csvOf<(typeof rows)[number]>(
    [
      ["run", ({ run }) => run.runId],
      ["title", ({ run }) => run.title],
      ["split", () => split],
      ["pictures", () => pictures],
      ["unit", () => "fraction"],
      ["binning", ({ binning }) => names[binning]],
      ["confidenceAbove", ({ bin }) => bin.above],
      ["confidenceUpTo", ({ bin }) => bin.upTo],
      ["picturesInBin", ({ bin }) => bin.pictures],
      ["meanConfidence", ({ bin }) => bin.confidence ?? ""],
      ["accuracy", ({ bin }) => bin.accuracy ?? ""],
      ["calibratedAccuracyLow", ({ bin }) => bin.chance?.low ?? ""],
      ["calibratedAccuracyHigh", ({ bin }) => bin.chance?.high ?? ""],
    ],
    rows,
  );
}
