/**
 * A file of weights, brought to a form that other programs read. Beside the weights stands `strata.json` with what they are: architecture, sizes,
 * class names in the order of the logits, and how pictures are cut, scaled and by whom. Where a run kept running averages, they are the weights that
 * go out: its figures are theirs.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import { resizeInWords, usualResize } from "../../contract/resize.ts";
import type { ExportedWeights, ExportFormat } from "../../contract/weights.ts";
import { codedWriteError } from "../../platform/disk-trouble.ts";
import type { TensorToWrite } from "../../platform/safetensors.ts";
import { writeSafetensors } from "../../platform/safetensors.ts";
import { exportWarning, watchFinite } from "../finite.ts";
import { findArchitecture } from "../registry.ts";
import { scaleArchitecture } from "../scale.ts";
import { refuseOtherThanTorchvision, torchvisionIds, torchvisionWeights, toTorchvision } from "../torchvision.ts";
import { openWeights, type UsedWeights, usedWeights, type WeightsDescription, writeWeights } from "../weights-file.ts";
import { writeFolder } from "./export-folder.ts";
import { writeOnnx } from "./onnx/write-onnx.ts";
import { writeSavedModel } from "./saved-model.ts";
import { servingGraph } from "./serving-graph.ts";
import { writeTfjsModel } from "./tfjs-model.ts";

export interface ExportRequest {
  /** A Strata file. */
  readonly path: string;
  readonly format: ExportFormat;
  /** Absent, or empty. */
  readonly folder: string;
}

/**
 * @throws StrataError `export.exists`, `export.differs`, `weights.no-mapping`, `model.unknown`, and what `openWeights` throws; `weights.incomplete`, `weights.not-written`
 */
export function exportWeights({ path, format, folder }: ExportRequest): ExportedWeights {
  const file = openWeights(path);
  try {
    const stored = usedWeights(file, path);
    const watched = watchFinite(stored.read);
    const used = { ...stored, read: watched.read };
    const files = writeFolder(folder, (into) => {
      writers[format](used, into);
      // Weights from elsewhere do not say; Strata’s usual way is as good as any.
      const resize = used.description.trained?.configuration.resize ?? usualResize;
      const said = {
        format,
        ...describedAs(format, used.description),
        resize,
        pictures: resizeInWords(resize),
        scaling: scalings[format],
      };
      writeFileSync(join(into, "strata.json"), `${JSON.stringify(said, null, 2)}\n`);
    });
    const notFinite = watched.found();
    const warning = notFinite.length === 0 ? null : exportWarning(notFinite);
    const epoch = used.description.trained?.epoch ?? null;
    return { format, epoch, folder, files, notFinite, warning };
  } catch (thrown) {
    throw codedWriteError(thrown, folder);
  } finally {
    file.close();
  }
}

const fileName = "weights.safetensors";

/** Names and layout of the weights as they stand in this format. */
function describedAs(format: ExportFormat, description: WeightsDescription): WeightsDescription {
  return { ...description, layout: format === "torchvision" ? "torchvision" : "strata" };
}

/** Who does what `preprocessing` says. */
const byCaller = "by the caller: (value / 255 − mean) / std of each channel";
const byModel = "by the model: it takes values of 0…255";
const scalings: Readonly<Record<ExportFormat, string>> = {
  ...{ safetensors: byCaller, torchvision: byCaller, "saved-model": byModel, tfjs: byModel, onnx: byModel },
};

const writers: Readonly<Record<ExportFormat, (used: UsedWeights, into: string) => void>> = {
  safetensors(used, into) {
    const tensors = [...used.shapes].map(([name, shape]) => ({ name, shape, values: () => used.read(name) }));
    writeWeights(join(into, fileName), used.description, tensors);
  },
  torchvision(used, into) {
    const { architecture: id, classes } = used.description;
    const architecture = scaleArchitecture(findArchitecture(id), used.description);
    const counterparts = torchvisionWeights(architecture, classes);
    if (!counterparts) throw new StrataError("weights.no-mapping", { id, known: torchvisionIds.join(", ") });
    refuseOtherThanTorchvision(architecture);
    const tensors = counterparts
      .filter(({ weight }) => used.shapes.has(weight.name))
      .map(
        ({ weight, name, shape }): TensorToWrite => ({
          name,
          shape,
          values: () => toTorchvision(weight, used.read(weight.name)),
        }),
      );
    const strata = JSON.stringify(describedAs("torchvision", used.description));
    writeSafetensors(join(into, fileName), tensors, { format: "pt", strata });
  },
  "saved-model": (used, into) => writeSavedModel(servingGraph(used), into),
  tfjs: (used, into) => writeTfjsModel(servingGraph(used), into),
  onnx: writeOnnx,
};
