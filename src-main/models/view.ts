/** One network of the model registry as people see it. */
import type { Architecture, ArchitectureView } from "../contract/architecture.ts";
import type { Preset } from "../contract/configuration.ts";
import { shapeRows } from "../domain/networks/shapes.ts";
import { type Scale, scaleArchitecture, smallestInputPixels } from "./scale.ts";

/**
 * @param architecture the table of its paper; it is brought to the size asked for
 * @throws StrataError `model.input-too-small`
 */
export function architectureView(
  architecture: Architecture,
  size: Scale & { readonly classes: number },
  presets: readonly Preset[],
): ArchitectureView {
  const { rows, totals } = shapeRows(scaleArchitecture(architecture, size), size.classes);
  const { id, family, title, year, paper, variant, about, weightLayers, loss } = architecture;
  const isPapersSize = size.width === 1 && size.inputPixels === architecture.inputPixels;
  return {
    ...totals,
    ...{ id, family, title, year, paper, variant, about, weightLayers, loss },
    ...size,
    published: (isPapersSize && architecture.published) || null,
    smallestInputPixels: smallestInputPixels(architecture),
    rows,
    presets,
  };
}
