/** Multiply-adds of one picture's forward pass, and the width that comes nearest to a number of them. */
import { type ModelChoice, modelChoice } from "../../contract/configuration.ts";
import { shapeRows } from "../../domain/networks/shapes.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";

/** Fine enough that a layer of 100 channels changes by one step of the scaler at most. */
const widthsInOne = 200;
const { minValue, maxValue } = modelChoice.shape.width;
const least = Math.round((minValue ?? 0) * widthsInOne);
const most = Math.round((maxValue ?? 2) * widthsInOne);

/** @throws StrataError `model.unknown`, `model.input-too-small` */
export function multiplyAddsAt({ id, ...size }: ModelChoice, classes: number): number {
  return shapeRows(scaleArchitecture(findArchitecture(id), size), classes).totals.multiplyAdds;
}

/**
 * The network at the width, of those that a person may choose, that comes nearest; at its own where that does as well, since channels are whole steps.
 * @throws StrataError `model.unknown`, `model.input-too-small`
 */
export function widthForMultiplyAdds(model: ModelChoice, classes: number, wanted: number): ModelChoice {
  const at = (step: number): ModelChoice => ({ ...model, width: step / widthsInOne });
  const apart = (choice: ModelChoice) => Math.abs(multiplyAddsAt(choice, classes) - wanted);
  // More width is never less work.
  let [low, high] = [least, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (multiplyAddsAt(at(middle), classes) <= wanted) low = middle;
    else high = middle;
  }
  const nearest = apart(at(high)) < apart(at(low)) ? at(high) : at(low);
  return apart(model) <= apart(nearest) ? model : nearest;
}
