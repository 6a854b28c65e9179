/** The networks to choose from, at their paper's size unless another is asked for. */
import type { ArchitectureView, ShapedRow } from "../../contract/architecture.ts";
import { architectures, findArchitecture } from "../../models/registry.ts";
import { architectureView } from "../../models/view.ts";
import { presetsFor } from "../../training/presets.ts";

const paperClasses = 1_000;
/** Some hundred kilobytes each at most. */
const mostRemembered = 100;

interface ArchitectureChoice {
  readonly id: string;
  readonly inputPixels?: number;
  readonly width?: number;
  readonly classes?: number;
}

let made: readonly ArchitectureView[] | null = null;
/** By their question, in the order of use, the latest last. */
const remembered = new Map<string, ArchitectureView>();

/** Made once: it is the same for as long as this process lives. */
export function modelList(): readonly ArchitectureView[] {
  made ??= architectures.map(({ id }) => {
    const view = architectureOf({ id });
    return { ...view, rows: forList(view.rows) };
  });
  return made;
}

function forList(rows: readonly ShapedRow[]): readonly ShapedRow[] {
  return rows.map(({ plain: _, ...row }) => ({ ...row, branches: row.branches?.map(forList) ?? null }));
}

/**
 * The same object for the same question, if it was asked lately.
 * @throws StrataError `model.unknown`, `model.input-too-small`
 */
export function architectureOf(choice: ArchitectureChoice): ArchitectureView {
  const architecture = findArchitecture(choice.id);
  const { inputPixels = architecture.inputPixels, width = 1, classes = paperClasses } = choice;
  const question = JSON.stringify([architecture.id, inputPixels, width, classes]);
  const view =
    remembered.get(question) ?? architectureView(architecture, { inputPixels, width, classes }, presetsFor(choice.id));
  remembered.delete(question);
  remembered.set(question, view);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  return view;
}
