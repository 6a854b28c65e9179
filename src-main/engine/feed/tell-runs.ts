import type { Store } from "../../store/open-store.ts";
import type { Feed } from "./feed.ts";

/** More are told of by one snapshot: windows ask anew for those that they show. */
const mostTold = 100;

/** Tells every window how these runs stand now. Nothing is told of one that was removed or cannot be read. */
export function tellRuns(store: Store, feed: Feed, runIds: readonly number[]): void {
  if (runIds.length > mostTold) {
    feed.renew();
    return;
  }
  for (const runId of runIds) {
    const run = store.runs.find(runId);
    if (run !== null) feed.publish({ kind: "run", run });
  }
}
