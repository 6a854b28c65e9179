/** Curves of runs for other programs. */
import { z } from "zod";

/** A folder of TensorBoard's for each run, or one table of all. */
export const curveFormats = ["tensorboard", "csv"] as const;
export const curveFormat = z.enum(curveFormats);
export type CurveFormat = z.infer<typeof curveFormat>;

export interface CurvesRequest {
  readonly runIds: readonly number[];
  readonly format: CurveFormat;
  /** Absent, or empty. */
  readonly folder: string;
}

export interface ExportedCurves {
  /** Where the files are. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly points: number }[];
}
