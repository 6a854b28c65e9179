import { StrataError } from "../../contract/errors.ts";

/** Who asks over a connection. What they wait for ends with them, or when they say so. */
export interface Client {
  /** Aborts when the connection is gone. */
  readonly gone: AbortSignal;
  /** Scans of folders and drawn sets. */
  readonly scans: Stoppable;
  /** Looks at every pixel. */
  readonly pixelScans: Stoppable;
  /** Versions that are copied into folders. */
  readonly writings: Stoppable;
}

/** Work of one kind that a client has asked for. */
export interface Stoppable {
  /** For one piece of it: aborts when the client is gone, or wants nothing of the kind any more. */
  signal(): AbortSignal;
  /** Ends all that was asked for so far. */
  stop(): void;
}

export function createClient(gone: AbortSignal): Client {
  return { gone, scans: stoppable(gone), pixelScans: stoppable(gone), writings: stoppable(gone) };
}

function stoppable(gone: AbortSignal): Stoppable {
  let wanted = new AbortController();
  return {
    signal: () => AbortSignal.any([gone, wanted.signal]),
    stop() {
      wanted.abort(new StrataError("data.scan-stopped", {}));
      wanted = new AbortController();
    },
  };
}
