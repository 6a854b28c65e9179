/** After an epoch, how pictures whose training labels are wrong, and the others, are answered: against the labels given, and against the true ones. */
import type { Example } from "../datasets/example.ts";
import { cleanTop1, flippedGivenTop1, flippedTrueTop1 } from "../domain/metrics/noise-metrics.ts";
import { noisyAndClean } from "../domain/pictures/noisy-pictures.ts";
import type { Arm } from "./arm.ts";
import { answersOf, picturesOfSplit } from "./evaluate-split.ts";
import { addPoint, type End, enterStage, type Session, stopped } from "./session.ts";

/** Null if it was done, or no arm has wrong labels. */
export async function evaluateNoise(session: Session, epoch: number): Promise<End | null> {
  const pictures = picturesOfSplit(session, "train");
  const looks = session.arms.flatMap((arm, index) => {
    const look = noisyAndClean(pictures, ({ index: at, label }) => arm.givenLabels[at] !== label);
    return look.wrong.length === 0 ? [] : [{ arm, index, ...look }];
  });
  if (looks.length === 0) return null;
  await enterStage(session, "validating", epoch);
  // Arms of one noise have the same wrong labels, and are asked together.
  const examples = [...new Set(looks.flatMap(({ wrong, clean }) => [...wrong, ...clean]))];
  const evaluations = await answersOf(
    session,
    examples,
    looks.map(({ arm }) => arm),
  );
  if (!evaluations) return stopped(session.interrupter);
  for (const [at, { arm, index, wrong, clean }] of looks.entries()) {
    const answers = new Map(evaluations[at]!.predictions.map(({ example, answer }) => [example, answer]));
    const answered = (of: readonly Example[], label: (example: Example) => number) =>
      of.filter((example) => answers.get(example.index) === label(example)).length / of.length;
    const given = (example: Example) => givenLabel(arm, example);
    const values = [
      [cleanTop1, answered(clean, given)],
      [flippedTrueTop1, answered(wrong, ({ label }) => label)],
      [flippedGivenTop1, answered(wrong, given)],
    ] as const;
    // With every label wrong there is no clean picture, and no value: it is left out.
    for (const [{ id }, value] of values) addPoint(session, index, epoch, "train", "epoch", id, value);
  }
  return null;
}

function givenLabel({ givenLabels }: Arm, { index }: Example): number {
  return givenLabels[index]!;
}
