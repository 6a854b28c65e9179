/** What an experiment is called, and where it stands in the record. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { liveTexts } from "../../text/live.ts";
import { againstText, type RunFace } from "./run-faces.ts";

/** `Inception-v3 on cifar10-mini: one-hot against smoothed`; a single run goes by its own title. */
export function experimentTitle(faces: readonly RunFace[]): string {
  const [first] = faces;
  if (!first) return "";
  if (faces.length === 1 || first.arm === null) return faces.map((face) => face.run.title).join(" · ");
  return `${first.run.model.title} on ${first.run.dataset.name}: ${againstText(faces)}`;
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
