/** Words for what training begins from. */
import type { RunView } from "../../../../src-main/contract/run.ts";
import type { WeightsInspection } from "../../../../src-main/contract/weights.ts";
import { settingTitle } from "../../../../src-main/domain/settings/settings.ts";
import { count, counted, plain } from "../../../lib/format.ts";
import { isolated } from "../../../lib/names.ts";

export const beginTexts = {
  label: settingTitle("initialWeights"),
  kinds: [
    { value: "seed", label: "Random" },
    { value: "file", label: "A weights file" },
    { value: "run", label: "A run’s weights" },
  ],
  missing: "Choose the initial weights.",
  none: "No file yet",
  failed: "Training cannot start from these weights.",
  file: "Weights file",
  choose: "Choose a file…",
  another: "Another file…",
  run: "Run",
  noRuns: "No run of this network has kept its weights yet.",
  runOption: (run: Pick<RunView, "id" | "title">) => `${run.id} · ${isolated(run.title)}`,
  allowMismatch: "Begin all the same",
  allowMismatchHint:
    "Fewer than half of the weights before the last layer match: the file is probably of another network.",
  inspecting: "Inspecting the weights",
  frozen: "Not trained",
  frozenHint: "Rows up to this one keep the weights as they are.",
  frozenNone: "Nothing: train all",
  frozenOption: (row: string) => `Up to ${row}`,
  dialog: "Which weights?",
  dialogAbout: "Files of strata export, and of strata models import for weights from elsewhere.",
  path: "A .safetensors file",
  pathExample: "/home/me/weights.safetensors",
  open: "Open",
  noFiles: "No folders and no .safetensors files in here.",
} as const;

const mostRowsNamed = 3;

/** Whose weights they are, how many match, and which rows begin by the seed instead. */
export function beginReport({ of, weights, matched, freshRows }: WeightsInspection): string {
  const size = `${of.architecture} at ${of.inputPixels} px, width ${plain(of.width)}, ${counted(of.classes, "class", "classes")}`;
  if (freshRows.length === 0) return `All ${count(weights)} weights match. The file is of ${size}.`;
  const named = freshRows.slice(0, mostRowsNamed).join(", ");
  const more = freshRows.length - mostRowsNamed;
  const rows = more > 0 ? `${named} and ${counted(more, "more row", "more rows")}` : named;
  return `${count(matched)} of ${count(weights)} weights match. Random instead: ${rows}. The file is of ${size}.`;
}
