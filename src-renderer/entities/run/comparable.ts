/** Which runs can be compared, known before they are: those trained on the same pictures. Pure. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { compareTexts } from "./compare-texts.ts";

/** Curves of more than these cannot be told apart. */
const mostCompared = 12;

/** Also where they had the same folder, and it held other files then. */
export const hasSamePictures = (a: Pick<RunView, "dataset">, b: Pick<RunView, "dataset">): boolean =>
  a.dataset.id === b.dataset.id;

/** Why these cannot be compared; null where they can. */
export function compareHindrance(runs: readonly Pick<RunView, "id" | "dataset">[]): string | null {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return compareTexts.selectTwo;
  const stranger = others.find((run) => !hasSamePictures(run, first));
  if (stranger) return compareTexts.otherPictures(stranger.id, first.id);
  return runs.length > mostCompared ? compareTexts.tooMany(mostCompared) : null;
}
