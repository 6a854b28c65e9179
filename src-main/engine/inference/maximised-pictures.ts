/** Pictures that something in a network answers to ever more, told as they form. */
import { StrataError } from "../../contract/errors.ts";
import type { MaximisedPicture, MaximisingQuestion } from "../../contract/inference.ts";
import type { AscentState, InferenceTaskOf, Maximised } from "../../inference/tasks.ts";
import type { InferenceProcess } from "./inference-process.ts";
import type { AskedNetwork } from "./inference-tools.ts";

/** A person sees it form, and others are answered between. */
const mostMillis = 250;

/** @throws StrataError `inference.no-class`, `inference.no-row`, `inference.no-channel`, `inference.process-died`; the signal's reason */
export async function* maximisedPictures(
  { path, description: { inputPixels, classes } }: AskedNetwork,
  { targets, seed, steps }: MaximisingQuestion,
  process: InferenceProcess,
  signal: AbortSignal,
): AsyncGenerator<MaximisedPicture> {
  for (const target of targets)
    if (target.kind === "class" && target.place >= classes)
      throw new StrataError("inference.no-class", { place: target.place, classes });
  for (const [place, target] of targets.entries()) {
    let from: AscentState | null = null;
    let isSilent = false;
    while (!isSilent && (from?.step ?? 0) < steps) {
      const task: InferenceTaskOf<"maximise"> = {
        ...{ kind: "maximise", network: { path } },
        ...{ target, seed, steps, from, mostMillis },
      };
      const found: Maximised = await process.ask<"maximise">(task, signal);
      ({ state: from, isSilent } = found);
      const rgb = Buffer.from(found.pixels).toString("base64");
      yield { target: place, step: found.state.step, value: found.value, isSilent, inputPixels, rgb };
    }
  }
}
