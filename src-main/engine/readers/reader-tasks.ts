/** What the engine has read by a process of its own (`entrypoints/reader.ts`), and the messages between the two. */
import type { PictureSource, Square } from "../../batches/make-picture.ts";
import type { BrowsedFiles, DatasetSource, FolderListing } from "../../contract/dataset.ts";
import type { WrittenOut } from "../../contract/dataset-version.ts";
import type { CodedError } from "../../contract/errors.ts";
import type { PixelScan } from "../../contract/pixel-scan.ts";
import type { ClassFolders } from "../../contract/taken-picture.ts";
import type { Dataset } from "../../datasets/example.ts";
import type { FoundPictures } from "../../datasets/find-pictures.ts";
import type { ScannedDataset } from "../../datasets/health/scan-pixels.ts";
import type { VersionToOpen } from "../../datasets/open-options.ts";
import type { RenderRequest } from "../../datasets/pictures/render-picture.ts";
import type { WriteOutRequest } from "../../datasets/write-out.ts";
import type { AddedPicture, AddPictureRequest, RemovePictureRequest } from "../datasets/add-picture.ts";
import type { SeenFile, WeightsFound, WeightsQuestion } from "../weights/inspect-weights.ts";
import type { Packed } from "./packed-examples.ts";

interface Tasks {
  readonly "scan-pictures": {
    readonly asks: {
      readonly source: DatasetSource;
      readonly threads: number;
      readonly version: VersionToOpen | undefined;
    };
    readonly gives: Packed<Dataset>;
  };
  readonly "scan-pixels": {
    readonly asks: { readonly dataset: Packed<ScannedDataset>; readonly threads: number };
    readonly gives: Omit<PixelScan, "datasetId">;
  };
  readonly "browse-folder": {
    readonly asks: { readonly path: string | null; readonly files: BrowsedFiles | undefined };
    readonly gives: FolderListing;
  };
  readonly "class-folders": { readonly asks: { readonly folder: string }; readonly gives: ClassFolders };
  readonly "add-picture": { readonly asks: AddPictureRequest; readonly gives: AddedPicture };
  readonly "remove-picture": { readonly asks: RemovePictureRequest; readonly gives: null };
  readonly "inspect-weights": {
    readonly asks: { readonly question: WeightsQuestion; readonly seen: SeenFile | null };
    readonly gives: WeightsFound;
  };
  readonly "write-out": { readonly asks: WriteOutRequest; readonly gives: WrittenOut };
  readonly "find-pictures": {
    readonly asks: { readonly paths: readonly string[] };
    readonly gives: readonly FoundPictures[];
  };
  readonly "render-picture": { readonly asks: RenderRequest; readonly gives: Uint8Array };
  /** Seconds for each of these pictures, one after the other. */
  readonly "time-decoding": {
    readonly asks: {
      readonly source: DatasetSource;
      readonly pictures: readonly PictureSource[];
      readonly square: Square;
    };
    readonly gives: number;
  };
}

export type ReaderTaskKind = keyof Tasks;
export type ReaderTask = { [K in ReaderTaskKind]: { readonly kind: K } & Tasks[K]["asks"] }[ReaderTaskKind];
export type ReaderTaskOf<K extends ReaderTaskKind> = Extract<ReaderTask, { kind: K }>;
export type ReaderAnswer<K extends ReaderTaskKind> = Tasks[K]["gives"];

export type ReaderMessage =
  /** It still gets round to something: no read holds it up. */
  | { readonly kind: "alive" }
  | { readonly kind: "progress"; readonly done: number; readonly total: number | null }
  | { readonly kind: "answer"; readonly answer: ReaderAnswer<ReaderTaskKind> }
  | { readonly kind: "failed"; readonly error: CodedError }
  /** Without words for a person: a fault of ours, or one of the system's that has none. */
  | { readonly kind: "threw"; readonly message: string; readonly code: string | undefined };
