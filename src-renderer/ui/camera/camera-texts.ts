/** Words for a camera. */
import type { ShownError } from "../../lib/engine/errors.ts";
import type { CameraProblem } from "./camera.svelte.ts";

export const cameraTexts = {
  off: "The camera is off.",
  start: "Start the camera",
  starting: "Waiting for the camera…",
  stop: "Stop the camera",
  again: "Try again",
  camera: "Camera",
  picture: "What the camera sees",
  shutter: "Take a picture",
  unnamed: (number: number): string => `Camera ${number}`,
};

export const cameraProblems: Readonly<Record<CameraProblem, ShownError>> = {
  insecure: {
    code: null,
    problem: "A browser gives no camera to a page that came from another machine over plain HTTP.",
    remedy: "Open Strata on the machine that has the camera, or paste, drop or choose picture files here.",
  },
  none: {
    code: null,
    problem: "No camera was found.",
    remedy: "Plug one in and try again, or paste, drop or choose picture files.",
  },
  refused: {
    code: null,
    problem: "The camera may not be used here.",
    remedy:
      "Allow it for Strata, in the browser beside the address, in the system under privacy, camera. Then try again.",
  },
  busy: {
    code: null,
    problem: "The camera gives no picture: another program may be using it.",
    remedy: "Close what else shows a camera picture, then try again.",
  },
  gone: {
    code: null,
    problem: "The camera is gone.",
    remedy: "Plug it in again and start it, or choose another one.",
  },
};
