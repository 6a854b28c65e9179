/** Who asks over a connection. What they wait for ends with them, or when they say so. */
export interface Client {
  /** Aborts when the connection is gone. */
  readonly gone: AbortSignal;
  /** For one look at pictures: aborts when the client is gone, or wants none of its looks any more. */
  lookSignal(): AbortSignal;
  stopLooks(): void;
}

export function createClient(gone: AbortSignal): Client {
  let looks = new AbortController();
  return {
    gone,
    lookSignal: () => AbortSignal.any([gone, looks.signal]),
    stopLooks() {
      looks.abort();
      looks = new AbortController();
    },
  };
}
