/** Words that the pages about runs' answers share. */
import type { SplitName } from "../../../src-main/contract/dataset.ts";
import { counted } from "../../lib/format.ts";
import { splitTexts } from "./run-texts.ts";

export const answersPageTexts = {
  retry: "Try again",
  allRuns: "All runs",
  compare: "Compare",
  theRun: "The run",
  noneTitle: "No run was chosen",
  /** The pictures that figures are of. */
  reach: (split: SplitName, pictures: number) => `${splitTexts[split]}, ${counted(pictures, "picture")}`,
} as const;
