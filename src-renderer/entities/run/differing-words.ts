/** What tells each of some runs from the others, in a few words: `smoothed ε = 0.1, seed 2`. Pure. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { changeInWords } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { differingSettings } from "../../../src-main/domain/runs/differing-settings.ts";
import { lowerFirst } from "../../../src-main/domain/settings/setting.ts";
import { isolated } from "../../lib/names.ts";
import { settingKinds, settingRowOf } from "../setting/setting-rows.ts";

/** More make a label longer than what it labels. */
const mostNamed = 3;

/** One a run; null where it differs in nothing, or in too much to be said at a line's end. */
export function differingWords(runs: readonly RunView[]): readonly (string | null)[] {
  const rows = new Set(differingSettings(runs).map((path) => settingRowOf(path)));
  const kinds = settingKinds.filter(({ path }) => rows.has(path));
  if (kinds.length === 0 || kinds.length > mostNamed) return runs.map(() => null);
  return runs.map((run) => kinds.map((kind) => wordsOf(run, kind)).join(", "));
}

function wordsOf(run: RunView, { path, label, say }: (typeof settingKinds)[number]): string {
  const { configuration } = run;
  switch (path) {
    case "model.id":
      return run.model.title;
    case "dataset":
      return isolated(run.dataset.name);
    case "training.smoothing":
      return changeInWords({ setting: "smoothing", value: configuration.training.smoothing });
    case "training.optimizer":
      return changeInWords({ setting: "optimizer", value: configuration.training.optimizer });
    default:
      return `${lowerFirst(label)} ${say(configuration)}`;
  }
}
