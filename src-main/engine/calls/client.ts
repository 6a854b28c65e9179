import { StrataError } from "../../contract/errors.ts";

/** Who asks over a connection. What they wait for ends with them, or when they say so. */
export interface Client {
  /** Aborts when the connection is gone. */
  readonly gone: AbortSignal;
  /** For one scan of pictures: aborts when the client is gone, or wants none of its scans any more. */
  scanSignal(): AbortSignal;
  stopScans(): void;
}

export function createClient(gone: AbortSignal): Client {
  let scans = new AbortController();
  return {
    gone,
    scanSignal: () => AbortSignal.any([gone, scans.signal]),
    stopScans() {
      scans.abort(new StrataError("data.scan-stopped", {}));
      scans = new AbortController();
    },
  };
}
