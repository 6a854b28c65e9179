/** Which runs can be compared, known before they are: those trained on the same pictures, or on versions of them. Pure. */
import { mostCompared } from "../../../src-main/contract/comparison.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import { canBeCompared } from "../../../src-main/domain/verdicts/can-be-compared.ts";
import { compareTexts } from "./compare-texts.ts";

type Compared = Pick<RunView, "dataset" | "configuration">;

/** Why these cannot be compared; null where they can. */
export function compareHindrance(runs: readonly (Compared & Pick<RunView, "id">)[]): string | null {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return compareTexts.selectTwo;
  const stranger = others.find((run) => !canBeCompared(run, first));
  if (stranger) return compareTexts.otherPictures(stranger.id, first.id);
  return runs.length > mostCompared ? compareTexts.tooMany(mostCompared) : null;
}
