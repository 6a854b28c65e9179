import { floorSentence } from "./floor-texts.ts";
import type { RunStyle } from "./run-styles.ts";

/** One sentence for each arm whose objective has a floor, as it was recorded. */
export function floorSentences(runStyles: readonly RunStyle[]): string[] {
  return runStyles.flatMap(({ run, name }) => {
    const { loss, trainingObjectiveFloor, dataset, configuration } = run;
    const [classes, epsilon] = [dataset.classes.length, configuration.training.smoothing];
    return floorSentence({ arm: name, loss, classes, epsilon, floor: trainingObjectiveFloor ?? 0 }) ?? [];
  });
}
