/** Data sets as the engine holds them: looked at, recorded, and the last few kept in memory with all their pictures' names. */
import type { DatasetSource, DatasetView } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { RunView } from "../contract/run.ts";
import type { Dataset } from "../datasets/example.ts";
import { openDataset } from "../datasets/open-dataset.ts";
import type { Clock } from "../platform/clock.ts";
import { personalPath } from "../platform/paths.ts";
import { sourceKey } from "../store/datasets.ts";
import type { Store } from "../store/open-store.ts";
import type { Feed } from "./feed.ts";
import { createTurns } from "./turns.ts";

export interface OpenedDataset {
  readonly view: DatasetView;
  readonly dataset: Dataset;
}

export interface DatasetLibrary {
  /** A fresh look at the source; its version is recorded. Throws `data.*`. */
  look(source: DatasetSource): Promise<OpenedDataset>;
  /** The version that was looked at last. Throws `data.changed` where the pictures are no longer those. */
  open(source: DatasetSource): Promise<OpenedDataset>;
  /** The pictures that a recorded run was made on. Throws `data.*`; `data.changed` where its source now holds others. */
  openFor(run: RunView): Promise<OpenedDataset>;
}

const keptInMemory = 3;
/** One look uses every thread, and holds what it has found. */
const mostLooks = 2;

export function createDatasetLibrary(tools: {
  readonly store: Store;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** To look at files with. */
  readonly threads: () => number;
}): DatasetLibrary {
  const { store, feed, clock, signal, threads } = tools;
  /** In the order of use, the latest last. */
  const opened = new Map<string, OpenedDataset>();
  const looking = new Map<string, Promise<Dataset>>();
  const inTurn = createTurns(mostLooks);
  /** Training does not wait behind what people look at. */
  const runsInTurn = createTurns(1);

  const read = (source: DatasetSource, takeTurn = inTurn): Promise<Dataset> => {
    const key = sourceKey(source);
    const path = source.kind === "folder" ? source.path : "drawn";
    const reading =
      looking.get(key) ??
      takeTurn(() =>
        openDataset(source, {
          signal,
          threads: threads(),
          onProgress: (done, total) => feed.publish({ kind: "looking", path, done, total }),
        }),
      ).finally(() => looking.delete(key));
    looking.set(key, reading);
    return reading;
  };
  const keep = (dataset: Dataset): OpenedDataset => {
    const view = store.transaction(() => store.datasets.record(dataset, clock.now().toISOString()));
    const key = sourceKey(dataset.source);
    opened.delete(key);
    opened.set(key, { view, dataset });
    for (const oldest of [...opened.keys()].slice(0, -keptInMemory)) opened.delete(oldest);
    return { view, dataset };
  };

  const open = async (asked: DatasetSource, takeTurn = inTurn): Promise<OpenedDataset> => {
    const source = absolute(asked);
    const held = opened.get(sourceKey(source));
    if (held) return held;
    const known = store.datasets.latestOf(source);
    const dataset = await read(source, takeTurn);
    if (known && known.fingerprint !== dataset.fingerprint && source.kind === "folder")
      throw new StrataError("data.changed", { path: source.path });
    return keep(dataset);
  };

  return {
    async look(source) {
      return keep(await read(absolute(source)));
    },
    open: (source) => open(source),
    async openFor({ configuration, dataset }) {
      const found = await open(configuration.dataset, runsInTurn);
      const { id, source, name } = found.view;
      if (id !== dataset.id)
        throw new StrataError("data.changed", { path: source.kind === "folder" ? source.path : name });
      return found;
    },
  };
}

/** One folder has one name here, however it was written. */
function absolute(source: DatasetSource): DatasetSource {
  if (source.kind !== "folder") return source;
  return { ...source, path: personalPath(source.path) };
}
