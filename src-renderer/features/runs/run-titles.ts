/** What an experiment is called, and where it stands in the record. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { liveTexts } from "../../text/live.ts";
import { againstText, type RunFace } from "./run-faces.ts";

/**
 * `Inception-v3 on cifar10-mini: one-hot against smoothed` for a pair; a single run goes by its own title, and runs of no pair by theirs, said
 * once where they are alike: `Inception-v3 on cifar10-mini: run 3 against run 7`.
 */
export function experimentTitle(faces: readonly RunFace[]): string {
  const [first] = faces;
  if (!first) return "";
  if (faces.length === 1) return first.run.title;
  if (first.arm !== null) return `${first.run.model.title} on ${first.run.dataset.name}: ${againstText(faces)}`;
  const titles = new Set(faces.map((face) => face.run.title));
  return titles.size === 1 ? `${first.run.title}: ${againstText(faces)}` : againstText(faces);
}

/** `Experiment 14 · pair · seed 1`, or `Run 3 · seed 1`. */
export function whereText(runs: readonly RunView[]): string {
  const [first] = runs;
  if (!first) return "";
  const parts =
    first.experimentId === null
      ? [liveTexts.run(first.id)]
      : [liveTexts.experiment(first.experimentId), ...(runs.length === 2 ? [liveTexts.pair] : [])];
  return liveTexts.over([...parts, liveTexts.seed(first.configuration.seed)]);
}
