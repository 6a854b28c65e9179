/** Words for repeating what is on record. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { armsOfRun } from "./arms-of-run.ts";
import { pairOfRun } from "./pair-of-run.ts";

/** How the pictures on the page stand to those that the runs were trained on. */
export type RepeatedPictures = "same" | "version" | "changed" | "other" | "missing" | "scanning";

const listed = (ids: readonly number[]): string =>
  ids.length === 1 ? `run ${ids[0]}` : `runs ${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;

/** What the page is filled with. */
function shapeOf(run: Pick<RunView, "experiment">): keyof typeof deeds {
  if (pairOfRun(run) !== null) return "pair";
  return armsOfRun(run) === null ? "run" : "arms";
}
const deeds = { run: "Repeat", pair: "Repeat the pair", arms: "Repeat the arms" } as const;

export const repeatTexts = {
  deed: (run: Pick<RunView, "experiment">) => deeds[shapeOf(run)],
  deedOf: (run: Pick<RunView, "experiment">, name: string) =>
    shapeOf(run) === "run" ? `Repeat ${name}` : `${deeds[shapeOf(run)]}: ${name}`,
  about: "Fills the Train page as this was set up. Nothing starts by itself.",
  /** `As run 12,` before its title, and what follows. */
  as: (ids: readonly number[], isChanged: boolean) => `${isChanged ? "Begun as" : "As"} ${listed(ids)},`,
  since: (isChanged: boolean) => (isChanged ? "; settings changed since." : "."),
  pictures: {
    same: null,
    scanning: null,
    version: null,
    changed: "Its pictures are not the same any more: files were added, taken away or changed since.",
    other: "These are other pictures than it was trained on.",
    missing: "Its pictures could not be opened, and none are chosen instead. Every setting is filled in.",
  } satisfies Record<RepeatedPictures, string | null>,
  onVersion: "The pictures are another version of the data set that it was trained on.",
  replacedByPreset: "Your settings were replaced by the preset’s.",
  replacedByRun: "Your settings were replaced by the recorded ones.",
  dropped: "Settings are as they were filled in.",
  undo: "Undo",
} as const;
