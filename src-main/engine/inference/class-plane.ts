/** Pictures of three classes in front of the last layer, projected on the plane of the classes' templates, and how close they lie together there. */
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { ClassPlane, PlaneSplit, ThreePlaces } from "../../contract/inference.ts";
import type { RunWeights } from "../../contract/weights.ts";
import {
  clusterTightness,
  onPlane,
  planeThrough,
  suggestedClasses,
  templateOf,
} from "../../domain/inspections/class-plane.ts";
import { spreadOver } from "../../domain/spread-over.ts";
import type { InferenceTaskOf } from "../../inference/tasks.ts";
import { architectureOf } from "../models/model-list.ts";
import type { AskedNetwork, InferenceTools } from "./inference-tools.ts";
import { lastLayerIn } from "./last-layer.ts";

const splits: readonly SplitName[] = ["train", "validation"];
/** Of a class and split, as published. A network as large as Inception-v3 looks at fewer, so that a person does not wait for minutes. */
const [fewestPictures, mostPictures, mostMultiplyAdds] = [12, 100, 3e11];
/** Enough for a screen. */
const significantDigits = 5;

/** @throws StrataError `inference.*`, `weights.*`, `data.*`, `file.no-answer`; the signal's reason */
export async function classPlane(
  { path, network }: AskedNetwork,
  { from: { runId }, places: asked }: { readonly from: RunWeights; readonly places: Readonly<ThreePlaces> | null },
  { store, paths, process }: Pick<InferenceTools, "store" | "paths" | "process">,
  signal: AbortSignal,
): Promise<ClassPlane> {
  const { takes, templates } = lastLayerIn(path);
  const places = asked ?? suggestedClasses(templates);
  if (places === null) throw new StrataError("inference.few-classes", { classes: network.classes });
  const missing = places.find((place) => place >= network.classes);
  if (missing !== undefined) throw new StrataError("inference.no-class", { place: missing, classes: network.classes });
  const [first, second, third] = places.map((place) => templateOf(templates, place));
  const plane = planeThrough(first!, second!, third!);
  if (plane === null) throw new StrataError("inference.no-plane", {});
  const { id: datasetId } = store.runs.get(runId).dataset;
  const { source, classes } = store.datasets.view(datasetId);
  const { multiplyAdds } = architectureOf({ ...network.model, classes: network.classes });
  const most = Math.floor(mostMultiplyAdds / multiplyAdds / (places.length * splits.length));
  const mostOfClass = Math.max(fewestPictures, Math.min(mostPictures, most));

  const found: PlaneSplit[] = [];
  for (const split of splits) {
    const examples = store.datasets.examplesOfSplit(datasetId, split);
    const groups = places.map((place) =>
      examples.filter(({ label }) => classes[label]?.name === network.classNames?.[place]),
    );
    const pictures = groups.flatMap((own, group) => spreadOver(own, mostOfClass).map((one) => ({ ...one, group })));
    if (pictures.length === 0) continue;
    const task: InferenceTaskOf<"features"> = {
      ...{ kind: "features", network: { path }, resize: network.resize, rows: [takes] },
      pictures: { kind: "listed", source, pictures, cacheFolder: paths.pictureCache },
    };
    const { refused, rows } = await process.ask<"features">(task, signal);
    const { channels, values } = rows[0]!;
    const answered = pictures
      .filter((_, at) => refused[at] === null)
      .map(({ group }, at) => ({ group, features: values.subarray(at * channels, (at + 1) * channels) }));
    found.push({
      split,
      pictures: answered.length,
      all: groups.reduce((sum, { length }) => sum + length, 0),
      points: answered.map(({ group, features }) => {
        const [x, y] = onPlane(plane, features);
        return { group, x: rounded(x), y: rounded(y) };
      }),
      tightness: clusterTightness(
        places.map((_, group) => answered.flatMap((one) => (one.group === group ? [one.features] : []))),
      ),
    });
  }
  if (found.length === 0) throw new StrataError("inference.no-split", { split: splits.join(" or ") });
  return { places, row: takes, channels: templates.inputs, splits: found };
}

function rounded(value: number): number {
  return Number(value.toPrecision(significantDigits));
}
