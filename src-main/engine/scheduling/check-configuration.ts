/** What can be known of a configuration before a run is recorded: asked for by the window and the command line alike. */
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { DatasetView } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { countsInFold } from "../../domain/experiments/folds.ts";
import { monitorProblem } from "../../domain/metrics/monitor.ts";
import { noiseMatrixProblem } from "../../domain/pictures/noise-rows.ts";
import { frozenRows } from "../../models/frozen.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";
import { defaultTraining } from "../../training/presets.ts";
import type { InspectWeights } from "../weights/inspect-weights.ts";

/**
 * @throws StrataError `model.unknown`, `model.input-too-small`, `settings.invalid` for a setting that cannot do what it says on these pictures, and of
 *   the file of first weights `weights.*`
 */
export async function checkConfiguration(
  configuration: RunConfiguration,
  view: DatasetView,
  inspectWeights: InspectWeights,
): Promise<void> {
  const { model, initialWeights } = configuration;
  const architecture = scaleArchitecture(findArchitecture(model.id), model);
  const problem = problemOnPictures(configuration, view);
  if (problem !== null) throw new StrataError("settings.invalid", problem);
  if (initialWeights === undefined) return;
  const { path, sha256, frozenThrough, isMismatchAllowed } = initialWeights;
  const frozen = frozenRows(architecture.rows, frozenThrough);
  const inspection = await inspectWeights({ path, sha256, model, classes: view.classes.length });
  const { matched, weights, surplus, freshRows } = inspection;
  if (inspection.isTooLittle && !isMismatchAllowed)
    throw new StrataError("weights.too-little", { id: model.id, matched, missing: weights - matched, surplus, path });
  const missing = freshRows.find((row) => frozen.some(({ name }) => row === name || row.startsWith(`${name}/`)));
  if (missing !== undefined) throw new StrataError("weights.frozen-missing", { row: missing, path });
}

function problemOnPictures(
  { model, training }: RunConfiguration,
  { counts: all, classes }: DatasetView,
): { readonly setting: string; readonly problem: string } | null {
  const { batchSize, augmentation, monitor, fold } = training;
  if (fold !== null && fold.index > fold.count)
    return { setting: "fold", problem: `${fold.index} is more than the ${fold.count} folds` };
  const noise = noiseMatrixProblem(training, classes);
  if (noise !== null) return { setting: "noiseMatrix", problem: noise };
  const counts = countsInFold(all, fold);
  const cannotFollow = monitorProblem(monitor, classes.length);
  if (cannotFollow !== null) return { setting: "monitor", problem: cannotFollow };
  // A preset's batch gives way to fewer pictures; one that a person chose is meant.
  if (batchSize > counts.train && batchSize !== defaultTraining(model.id, model).batchSize)
    return { setting: "batchSize", problem: `${batchSize} is more than the ${counts.train} training pictures` };
  if (augmentation.cropPaddingPixels >= model.inputPixels)
    return {
      setting: "cropPaddingPixels",
      problem: `${augmentation.cropPaddingPixels} px around pictures of ${model.inputPixels} px can crop a picture away altogether`,
    };
  return null;
}
