/** How far the page is still what it was filled from. Pure. */
import type { DatasetView } from "../../../../src-main/contract/dataset.ts";
import type { RunView } from "../../../../src-main/contract/run.ts";
import { sourceKey } from "../../../../src-main/domain/pictures/source-key.ts";
import type { RepeatedPictures } from "../../../entities/run/repeat-texts.ts";

/** @param run one of those that the page was filled from: arms have the same pictures */
export function repeatedPictures(
  run: Pick<RunView, "dataset" | "configuration">,
  pictures: { readonly chosen: Pick<DatasetView, "id" | "source"> | null; readonly isScanning: boolean },
): RepeatedPictures {
  const { chosen, isScanning } = pictures;
  if (isScanning) return "scanning";
  if (chosen === null) return "missing";
  if (chosen.id === run.dataset.id) return "same";
  const before = run.configuration.dataset;
  if (sourceKey(chosen.source) === sourceKey(before)) return "changed";
  const isVersion = before.kind === "folder" && chosen.source.kind === "folder" && before.path === chosen.source.path;
  return isVersion && before.version !== chosen.source.version ? "version" : "other";
}
