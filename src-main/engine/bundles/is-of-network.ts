/** Whether weights out of a bundle are those of their run's network: by what they say of themselves, and by every name and shape. */
import type { ModelChoice } from "../../contract/configuration.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";
import { answeringWeights } from "../../models/weight-list.ts";
import { usedName, type WeightsFile } from "../../models/weights-file.ts";

/** @throws StrataError `model.unknown`, `model.input-too-small` */
export function isOfNetwork({ description, shapes }: WeightsFile, model: ModelChoice, classes: number): boolean {
  const { layout, architecture, inputPixels, width } = description;
  const saysSo =
    layout === "strata" &&
    architecture === model.id &&
    inputPixels === model.inputPixels &&
    width === model.width &&
    description.classes === classes;
  if (!saysSo) return false;
  const listed = answeringWeights(scaleArchitecture(findArchitecture(model.id), model), classes);
  return listed.every(({ name, shape }) => {
    const stored = usedName(name, (one) => shapes.has(one));
    return stored !== undefined && shapes.get(stored)?.join() === shape.join();
  });
}
