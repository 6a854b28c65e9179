import { floorSentence } from "./floor-texts.ts";
import type { RunFace } from "./run-faces.ts";

/** One sentence for each arm whose objective has a floor, as it was recorded. */
export function floorSentences(faces: readonly RunFace[]): string[] {
  return faces.flatMap(({ run, name }) => {
    const { loss, trainingObjectiveFloor, dataset, configuration } = run;
    const [classes, epsilon] = [dataset.classes.length, configuration.training.smoothing];
    return floorSentence({ arm: name, loss, classes, epsilon, floor: trainingObjectiveFloor ?? 0 }) ?? [];
  });
}
