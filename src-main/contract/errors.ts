/**
 * Everything that a person or a machine can cause has a code here. The words are made once, from the code and its details,
 * and are the same in the window, in the browser and on the command line. A broken invariant is not here: it throws a plain Error.
 */

/** What each code needs to be told, and how it is said: what is wrong, then what to do. Paths come last. */
const errorTexts = {
  // --- pictures
  "data.not-found": (d: { path: string }) => [`There is no such folder.`, `Check the path: ${d.path}`],
  "data.not-a-folder": (d: { path: string }) => [
    `That is a file, not a folder.`,
    `Choose the folder around it: ${d.path}`,
  ],
  "data.no-permission": (d: { path: string }) => [
    `The folder may not be read.`,
    `Give this user the right to read it: ${d.path}`,
  ],
  "data.no-pictures": (d: { path: string }) => [
    `No picture was found there.`,
    `Expected one folder a class, with JPEG, PNG, WebP, TIFF or AVIF files in it: ${d.path}`,
  ],
  "data.one-class": (d: { className: string; path: string }) => [
    `Only one class has pictures: ${d.className}.`,
    `Training needs at least two folders with pictures: ${d.path}`,
  ],
  "data.too-few": (d: { className: string; pictures: number; needed: number }) => [
    `Class ${d.className} has ${d.pictures} usable pictures; ${d.needed} are needed.`,
    `Add pictures to it, or take the folder out.`,
  ],
  "data.unknown": (d: { datasetId: number }) => [
    `Data set ${d.datasetId} is not recorded here.`,
    `Open its folder again.`,
  ],
  "data.changed": (d: { path: string }) => [
    `The pictures changed since they were looked at.`,
    `Open the folder again: ${d.path}`,
  ],
  // --- networks
  "model.unknown": (d: { id: string; known: string }) => [
    `There is no network named ${d.id}.`,
    `Choose one of ${d.known}.`,
  ],
  "model.input-too-small": (d: { id: string; inputPixels: number; smallestPixels: number }) => [
    `${d.id} does not fit pictures of ${d.inputPixels} px.`,
    `Use ${d.smallestPixels} px or more.`,
  ],
  // --- training
  "settings.invalid": (d: { setting: string; problem: string }) => [
    `${d.setting}: ${d.problem}.`,
    `Correct it and start again.`,
  ],
  "training.out-of-memory": (d: { batchSize: number }) => [
    `There was not enough memory for a batch of ${d.batchSize}.`,
    `Try a batch of ${Math.max(1, Math.floor(d.batchSize / 2))}.`,
  ],
  "training.not-finite": (d: { step: number }) => [
    `The loss stopped being a finite number at step ${d.step}.`,
    `Try a tenth of the learning rate, or clip the gradient.`,
  ],
  "training.process-died": (d: { reason: string }) => [
    `The training process ended on its own (${d.reason}).`,
    `Everything up to its last point is kept. Start it again; if it ends the same way, try a smaller batch.`,
  ],
  "training.busy": (d: { experiment: string }) => [
    `${d.experiment} is still training.`,
    `Wait for it, or stop it first.`,
  ],
  "estimate.superseded": (_: Record<never, never>) => [
    `The estimate was given up for something newer.`,
    `Ask again when nothing trains.`,
  ],
  // --- runs
  "run.unknown": (d: { runId: number }) => [`There is no run ${d.runId}.`, `See the list of runs.`],
  "run.active": (d: { runId: number }) => [`Run ${d.runId} is still going.`, `Stop it first.`],
  "run.not-comparable": (d: { problem: string }) => [
    `These runs cannot be compared: ${d.problem}.`,
    `Choose two runs on the same pictures.`,
  ],
  // --- machine
  "native.missing": (_: Record<never, never>) => [
    `The native TensorFlow runtime is not set up.`,
    `Run npm start once while npm and pip can be reached.`,
  ],
  "native.broken": (d: { problem: string }) => [
    `The native TensorFlow runtime does not load: ${d.problem}.`,
    `Run npm start -- doctor --repair to set it up anew.`,
  ],
  "disk.full": (d: { path: string }) => [`The disk is full.`, `Free some space and start again: ${d.path}`],
  "disk.read-only": (d: { path: string }) => [
    `The folder cannot be written.`,
    `Set STRATA_HOME to one that can: ${d.path}`,
  ],
  "store.damaged": (d: { path: string }) => [
    `The record of runs is damaged.`,
    `Move the file away and start again; a new record is begun: ${d.path}`,
  ],
  "store.newer": (d: { path: string }) => [
    `The record of runs was written by a newer version of Strata.`,
    `Use that version, or set STRATA_HOME to another folder: ${d.path}`,
  ],
  "server.port-taken": (d: { port: number }) => [
    `Port ${d.port} is in use.`,
    `Choose another with --port, or leave it out.`,
  ],
  "request.invalid": (d: { problem: string }) => [`The request was not understood: ${d.problem}.`, `Reload the page.`],
} as const satisfies Record<string, (details: never) => readonly [problem: string, remedy: string]>;

export type ErrorCode = keyof typeof errorTexts;
export type ErrorDetails<C extends ErrorCode> = Parameters<(typeof errorTexts)[C]>[0];

/** An error as it crosses a process or is stored with a run: plain data, already in words. */
export interface CodedError {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly remedy: string;
}

/** A problem that a person can understand and mend. `message` is the whole sentence with its remedy. */
export class StrataError<C extends ErrorCode = ErrorCode> extends Error implements CodedError {
  override readonly name = "StrataError";
  readonly code: C;
  readonly problem: string;
  readonly remedy: string;

  constructor(code: C, details: ErrorDetails<C>, options?: ErrorOptions) {
    // The table's value type for a generic key is a union of functions; the details were checked against this very code above.
    const say = errorTexts[code] as (d: ErrorDetails<C>) => readonly [string, string];
    const [problem, remedy] = say(details);
    super(`${problem} ${remedy}`, options);
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  toJSON(): CodedError {
    return { code: this.code, problem: this.problem, remedy: this.remedy };
  }
}
