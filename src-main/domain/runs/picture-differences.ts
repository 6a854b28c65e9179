/** How the pictures of a run and of its replay differ, as far as what is recorded of them tells. */
import { type ClassCounts, splitNames } from "../../contract/dataset.ts";
import type { PictureDifferences } from "../../contract/replay.ts";

/** Of a data set. */
export interface RecordedPictures {
  readonly fingerprint: string;
  readonly classes: readonly ClassCounts[];
}

export function pictureDifferences(original: RecordedPictures, replay: RecordedPictures): PictureDifferences {
  const [before, after] = [byName(original), byName(replay)];
  const names = new Set([...before.keys(), ...after.keys()]);
  const counts = [...names].flatMap((className) =>
    splitNames.flatMap((split) => {
      const ofOriginal = before.get(className)?.[split] ?? 0;
      const ofReplay = after.get(className)?.[split] ?? 0;
      return ofOriginal === ofReplay ? [] : [{ className, split, original: ofOriginal, replay: ofReplay }];
    }),
  );
  return { areSame: original.fingerprint === replay.fingerprint, counts };
}

const byName = ({ classes }: RecordedPictures): ReadonlyMap<string, ClassCounts> =>
  new Map(classes.map((counts) => [counts.name, counts]));
