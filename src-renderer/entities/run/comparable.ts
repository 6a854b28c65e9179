/** Which runs can be compared, known before they are: those trained on the same pictures, or on versions of them. Pure. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { haveComparablePictures } from "../../../src-main/domain/versions/shared-answers.ts";
import { compareTexts } from "./compare-texts.ts";

/** Curves of more than these cannot be told apart. */
const mostCompared = 12;

type Compared = Pick<RunView, "dataset" | "configuration">;

/** What held out another fold was trained and tested on other pictures. */
export const canBeCompared = (a: Compared, b: Compared): boolean =>
  haveComparablePictures(a, b) && foldOf(a) === foldOf(b);

const foldOf = ({ configuration }: Compared): string => JSON.stringify(configuration.training.fold);

/** Why these cannot be compared; null where they can. */
export function compareHindrance(runs: readonly (Compared & Pick<RunView, "id">)[]): string | null {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return compareTexts.selectTwo;
  const stranger = others.find((run) => !canBeCompared(run, first));
  if (stranger) return compareTexts.otherPictures(stranger.id, first.id);
  return runs.length > mostCompared ? compareTexts.tooMany(mostCompared) : null;
}
