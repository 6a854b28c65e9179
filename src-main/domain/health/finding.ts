/** What may be wrong with the pictures of a data set, told before anything is trained: the same on the page, on the command line and as JSON. */
import type { TrainingSettings } from "../../contract/configuration.ts";
import type { DatasetView, SplitName } from "../../contract/dataset.ts";
import type { PictureRef, PixelScan } from "../../contract/pixel-scan.ts";

/** `serious`: figures would mislead. `warning`: they may. `note`: good to know. The worst first. */
export const severities = ["serious", "warning", "note"] as const;
export type Severity = (typeof severities)[number];

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** One or two sentences. */
  readonly text: string;
  readonly remedy: string;
  /** Names as they are on disk, at most `mostNamed`. */
  readonly classes: readonly string[];
  /** Some of the pictures that it is about. What is alike is one group. */
  readonly pictures: readonly (readonly PictureRef[])[];
  /** Files that it is about, of which no more than the name is known here. */
  readonly names?: readonly string[];
  /** Where it is about all pictures of a split. */
  readonly split?: SplitName;
  /** A setting that is to be turned off. */
  readonly turnOff?: "dropLast";
  /** Where it can be mended by a split that is made anew: by which group (`splitGroupOf`); null for none in particular. Missing where it cannot. */
  readonly splitAnew?: { readonly group: string | null };
}

/** What a finding is worked out from. */
export interface ExaminedSet {
  readonly view: Omit<DatasetView, "id" | "lookedAt">;
  /** Null where nobody has had the pixels looked at. */
  readonly scan: PixelScan | null;
  /** Missing where it is not known what will be trained with. */
  readonly training?: Pick<TrainingSettings, "batchSize" | "dropLast" | "fold"> | undefined;
}

/** One kind of finding; none, one or several of it. */
export type FindingKind = (examined: ExaminedSet) => readonly Finding[];

const mostNamed = 12;

/** Without classes and pictures unless named, and never with too many classes. */
export function finding(of: Omit<Finding, "classes" | "pictures"> & Partial<Finding>): Finding {
  return { pictures: [], ...of, classes: (of.classes ?? []).slice(0, mostNamed) };
}
