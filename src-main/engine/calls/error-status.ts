/** The HTTP status of a coded error: 4xx where the request asks for what cannot be, 5xx where this machine is at fault. */
import type { ErrorCode } from "../../contract/errors.ts";

/** What there is not, what something else stands in the way of, and what the machine did. All else is wrong in the request itself. */
const codesByStatus: Readonly<Record<number, readonly ErrorCode[]>> = {
  400: ["disk.reserved-name"],
  404: [
    ...(["run.unknown", "experiment.unknown", "model.unknown", "data.unknown", "data.version-unknown"] as const),
    ...([
      "data.not-found",
      "data.no-picture",
      "data.no-picture-found",
      "picture.not-held",
      "inference.no-row",
      "inference.no-channel",
      "inference.no-grid",
      "data.no-class",
      "weights.not-found",
      "bundle.not-found",
    ] as const),
  ],
  409: [
    ...([
      "run.active",
      "run.complete",
      "bundle.unfinished",
      "training.busy",
      "estimate.superseded",
      "experiment.elsewhere",
    ] as const),
    ...(["data.changed", "data.class-taken", "data.version-known", "export.exists", "weights.changed"] as const),
  ],
  429: ["server.too-many-calls"],
  500: [
    ...([
      "training.process-died",
      "inference.process-died",
      "inference.too-large",
      "training.out-of-memory",
      "training.not-finite",
      "timing.given-up",
    ] as const),
    ...(["file.reader-died", "file.no-answer", "data.not-written", "data.not-undone", "weights.not-written"] as const),
    ...(["checkpoint.not-written", "server.port-taken"] as const),
  ],
  503: ["store.busy"],
};
const statusByCode = new Map(
  Object.entries(codesByStatus).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);
/** The first parts of codes that tell of this machine. */
const ofMachine = ["disk", "store", "native"];

export function statusOfError(code: ErrorCode): number {
  return statusByCode.get(code) ?? (ofMachine.includes(code.split(".")[0]!) ? 500 : 400);
}
