/** Trained networks answer: to one picture for the window, to thousands for the command line. */
import { StrataError } from "../../contract/errors.ts";
import type {
  Activations,
  AnsweringEvent,
  AnsweringNetwork,
  AnswerQuestion,
  AttributionMap,
  AttributionMethod,
  ClassPlane,
  HeldPicture,
  LayerProbes,
  LayerSimilarity,
  MaximisedPicture,
  MaximisingQuestion,
  PictureAnswer,
  PictureToAnswer,
  StrongestPictures,
  ThreePlaces,
} from "../../contract/inference.ts";
import type { UploadPart } from "../../contract/taken-picture.ts";
import type { AnsweringSource, KeptState, RunWeights } from "../../contract/weights.ts";
import { gradientBytes } from "../../domain/inspections/gradient-bytes.ts";
import type { AskedPictures } from "../../inference/tasks.ts";
import type { WeightsDescription } from "../../models/weights-file.ts";
import type { Client } from "../calls/client.ts";
import { createUploads } from "../calls/uploads.ts";
import { forwardBytes } from "../models/forward-bytes.ts";
import { keptStates } from "../weights/weights-files.ts";
import { answerMany } from "./answer-many.ts";
import { answeringNetwork, answeringPath } from "./answering-network.ts";
import { classPlane } from "./class-plane.ts";
import { createHeldPictures } from "./held-pictures.ts";
import type { AskedNetwork, InferenceTools } from "./inference-tools.ts";
import { layerProbes } from "./layer-probes.ts";
import { layerSimilarity } from "./layer-similarity.ts";
import { maximisedPictures } from "./maximised-pictures.ts";
import { strongestPictures } from "./strongest-pictures.ts";

export interface Inference {
  /** @throws StrataError `run.unknown`, `weights.*`, `model.unknown`, `inference.*` */
  network(from: AnsweringSource, signal?: AbortSignal): Promise<AnsweringNetwork>;
  /** The epochs that a run can answer as, the first first. @throws StrataError `run.unknown` */
  epochs(runId: number): readonly KeptState[];
  /** Null until the last part. @throws StrataError `data.picture-bytes`, `server.too-many-calls` */
  hold(part: UploadPart, client: Client): HeldPicture | null;
  /** @throws StrataError `picture.not-held` */
  heldBytes(id: string): Uint8Array;
  /** @throws StrataError as `network`; `picture.not-held`, `picture.damaged`, `data.unknown`, `data.changed`, `data.no-picture` */
  answer(from: AnsweringSource, picture: PictureToAnswer, signal?: AbortSignal): Promise<PictureAnswer>;
  /**
   * What a row gives for a picture that is held.
   * @throws StrataError as `answer`; `inference.no-row`
   */
  activations(from: AnsweringSource, heldId: string, row: string, signal?: AbortSignal): Promise<Activations>;
  /**
   * Which parts of a picture that is held speak for a class.
   * @param isRandom with weights as a training begins, to set the map against
   * @throws StrataError as `answer`; `inference.no-class`, `inference.no-grid`
   */
  attribution(
    question: {
      readonly method: AttributionMethod;
      readonly from: AnsweringSource;
      readonly heldId: string;
      readonly place: number;
      readonly isRandom: boolean;
    },
    signal?: AbortSignal,
  ): Promise<AttributionMap>;
  /**
   * What of the run's own data set each channel of a row answers to strongest.
   * @throws StrataError as `network`; `inference.no-row`, `inference.no-split`, `data.*`, `file.no-answer`
   */
  strongestPictures(
    question: { readonly from: RunWeights; readonly row: string },
    signal?: AbortSignal,
  ): Promise<StrongestPictures>;
  /**
   * Pictures of three classes in front of the last layer.
   * @param question `places` null: two classes that the network holds for alike, and one that is like neither
   * @throws StrataError as `network`; `inference.no-class`, `inference.few-classes`, `inference.no-plane`, `inference.no-split`, `data.*`, `file.no-answer`
   */
  classPlane(
    question: { readonly from: RunWeights; readonly places: Readonly<ThreePlaces> | null },
    signal?: AbortSignal,
  ): Promise<ClassPlane>;
  /**
   * How alike the layers of two networks place the validation pictures of the first one's data set.
   * @throws StrataError as `network`; `inference.no-split`, `data.*`, `file.no-answer`
   */
  layerSimilarity(of: readonly [RunWeights, RunWeights], signal?: AbortSignal): Promise<LayerSimilarity>;
  /**
   * How much of the class a linear classifier reads from each layer.
   * @throws StrataError as `network`; `inference.no-split`, `data.*`, `file.no-answer`
   */
  layerProbes(
    question: { readonly from: RunWeights; readonly hasPixels: boolean },
    signal?: AbortSignal,
  ): Promise<LayerProbes>;
  /**
   * Pictures as they form, one after the other.
   * @throws StrataError as `network`; `inference.no-class`, `inference.no-row`, `inference.no-channel`
   */
  maximise(question: MaximisingQuestion, signal: AbortSignal): AsyncGenerator<MaximisedPicture>;
  /** Answers as they come, in order. @throws StrataError as `network`; `data.*` where there is no picture */
  answerMany(question: AnswerQuestion, signal: AbortSignal): AsyncGenerator<AnsweringEvent>;
}

/** float32 holds no more. */
const significantDigits = 7;

export function createInference(tools: InferenceTools): Inference {
  const { store, paths, process, signal: closing } = tools;
  const held = createHeldPictures();
  const uploads = createUploads();
  const asked = (signal: AbortSignal | undefined) => (signal ? AbortSignal.any([signal, closing]) : closing);
  const open = async (from: AnsweringSource, signal: AbortSignal, keptBytes = 0): Promise<AskedNetwork> => {
    const path = answeringPath(store, paths, from);
    const description = await process.ask<"describe">({ kind: "describe", network: { path } }, signal);
    // The process is there by now, and counted.
    refuseTooLarge(description, tools.freeMemoryBytes() - keptBytes);
    return { path, description, network: answeringNetwork(store, from, description) };
  };

  return {
    network: async (from, signal) => (await open(from, asked(signal))).network,
    epochs: (runId) => keptStates(store, runId),
    hold(part, client) {
      const bytes = uploads.add(part, client);
      return bytes && held.hold(bytes);
    },
    heldBytes: held.bytesOf,
    async answer(from, picture, signal) {
      const { path, network } = await open(from, asked(signal));
      const { pictures, className } = askedPicture(tools, picture, held.bytesOf);
      const { resize } = network;
      const task = { kind: "predict", network: { path }, pictures, resize } as const;
      const { logits, refused } = await process.ask<"predict">(task, asked(signal));
      if (refused[0] === "changed") throw new StrataError("data.changed", { path });
      if (refused[0] !== null) throw new StrataError("picture.damaged", { name: "The picture" });
      const label = network.classNames?.indexOf(className ?? "") ?? -1;
      return {
        network,
        logits: Array.from(logits, (logit) => Number(logit.toPrecision(significantDigits))),
        label: label < 0 ? null : label,
      };
    },
    async activations(from, heldId, row, signal) {
      const { path, network } = await open(from, asked(signal));
      const pictures: AskedPictures = { kind: "held", files: [held.bytesOf(heldId)] };
      const task = { kind: "activations", network: { path }, pictures, resize: network.resize, row } as const;
      return process.ask<"activations">(task, asked(signal));
    },
    async attribution({ from, heldId, method, place, isRandom }, signal) {
      const { path, network } = await open(from, asked(signal), gradientBytes);
      if (place >= network.classes) throw new StrataError("inference.no-class", { place, classes: network.classes });
      const pictures: AskedPictures = { kind: "held", files: [held.bytesOf(heldId)] };
      const { resize } = network;
      const task = { kind: "attribution", network: { path }, pictures, resize, method, place, isRandom } as const;
      return process.ask<"attribution">(task, asked(signal));
    },
    async strongestPictures(question, signal) {
      const network = await open(question.from, asked(signal));
      return strongestPictures(network, question, tools, asked(signal));
    },
    async classPlane(question, signal) {
      const network = await open(question.from, asked(signal));
      return classPlane(network, question, tools, asked(signal));
    },
    async layerSimilarity([one, other], signal) {
      const [first, second] = [await open(one, asked(signal)), await open(other, asked(signal))];
      return layerSimilarity([first, second], one.runId, tools, asked(signal));
    },
    async layerProbes(question, signal) {
      const network = await open(question.from, asked(signal));
      return layerProbes(network, question, tools, asked(signal));
    },
    async *maximise(question, signal) {
      const signals = asked(signal);
      yield* maximisedPictures(await open(question.from, signals, gradientBytes), question, process, signals);
    },
    async *answerMany(question, signal) {
      const signals = asked(signal);
      yield* answerMany(await open(question.from, signals), question, tools, signals);
    },
  };
}

function askedPicture(
  { store, paths: { pictureCache: cacheFolder } }: Pick<InferenceTools, "store" | "paths">,
  picture: PictureToAnswer,
  bytesOf: (id: string) => Uint8Array,
): { readonly pictures: AskedPictures; readonly className: string | null } {
  if (picture.kind === "held") return { pictures: { kind: "held", files: [bytesOf(picture.id)] }, className: null };
  const { source, classes } = store.datasets.view(picture.datasetId);
  const example = store.datasets.example(picture.datasetId, picture.example);
  if (example === null) throw new StrataError("data.no-picture", { name: String(picture.example), near: null });
  return {
    pictures: { kind: "listed", source, pictures: [example], cacheFolder },
    className: classes[example.label]?.name ?? null,
  };
}

function refuseTooLarge(description: WeightsDescription, freeBytes: number): void {
  const { architecture: id, inputPixels, width, classes, trained } = description;
  const batchSize = trained?.configuration.training.batchSize ?? 1;
  const neededBytes = forwardBytes({ id, inputPixels, width, classes }, batchSize);
  if (neededBytes > freeBytes) throw new StrataError("inference.too-large", { id, neededBytes, freeBytes });
}
