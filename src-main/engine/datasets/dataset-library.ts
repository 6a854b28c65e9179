/** Data sets as the engine holds them: scanned, recorded, and the last few kept in memory with all their pictures' names. */
import { setImmediate as othersTurn } from "node:timers/promises";
import { type DatasetSource, type DatasetView, type ListedPicture, picturesAtOnce } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { PixelScan } from "../../contract/pixel-scan.ts";
import type { RunView } from "../../contract/run.ts";
import type { Dataset } from "../../datasets/example.ts";
import { openDataset } from "../../datasets/open-dataset.ts";
import { sourceKey } from "../../domain/pictures/source-key.ts";
import type { Clock } from "../../platform/clock.ts";
import { personalPath } from "../../platform/paths.ts";
import { unlessAborted } from "../../platform/unless-aborted.ts";
import type { Store } from "../../store/open-store.ts";
import type { Feed } from "../feed/feed.ts";
import { packExamples, unpackExamples } from "../readers/packed-examples.ts";
import type { Readers } from "../readers/readers.ts";
import { createTurns, type InTurn } from "../readers/turns.ts";
import type { Patience } from "../record/patience.ts";

export interface OpenedDataset {
  readonly view: DatasetView;
  readonly dataset: Dataset;
}

export interface DatasetLibrary {
  /** Scans the source anew and records its version. Throws `data.*`, `file.no-answer`, and the signal's reason. */
  inspect(source: DatasetSource, signal?: AbortSignal): Promise<DatasetView>;
  /** Looks at every pixel of a version that was scanned. Throws what `open` does. */
  scanPixels(datasetId: number, signal?: AbortSignal): Promise<PixelScan>;
  /** What the last such look at the same pictures found while this engine runs; null for none. Throws `data.unknown`. */
  pixelScan(datasetId: number): PixelScan | null;
  /** Data sets scanned before, the latest first, one a source. */
  recent(): readonly DatasetView[];
  /** Pictures of a recorded set from this number on, some thousands at most; fewer than that at its end. Throws `data.unknown`. */
  pictures(datasetId: number, from: number): readonly ListedPicture[];
  /** The version that was scanned last. Throws what `inspect` does, and `data.changed` where the pictures are no longer those. */
  open(source: DatasetSource, signal?: AbortSignal): Promise<OpenedDataset>;
  /** The pictures that a recorded run was made on. Throws what `inspect` does, and `data.changed` where its source now holds others. */
  openFor(run: RunView, signal?: AbortSignal): Promise<OpenedDataset>;
}

const keptInMemory = 3;
/** Some kilobytes each. */
const keptPixelScans = 20;
/** One scan uses every thread, and holds what it has found. */
const mostScans = 2;
/** Some hundredths of a second of writing. */
const picturesAPiece = 2_000;
/** Some ten seconds of a record that another program writes: then whoever waits is told. */
const mostTries = 20;

/** One that goes on: it ends when the last who waits for it leaves. */
interface Scan {
  readonly dataset: Promise<Dataset>;
  readonly stop: AbortController;
  waiting: number;
}

export function createDatasetLibrary(tools: {
  readonly store: Store;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly readers: Readers;
  readonly signal: AbortSignal;
  /** To read files with. */
  readonly threads: () => number;
}): DatasetLibrary {
  const { store, feed, clock, patience, readers, signal: closing, threads } = tools;
  /** In the order of use, the latest last. */
  const opened = new Map<string, OpenedDataset>();
  const scans = new Map<string, Scan>();
  /** By fingerprint; the latest last. */
  const pixelScans = new Map<string, Omit<PixelScan, "datasetId">>();
  const inTurn = createTurns(mostScans);
  /** Training does not wait behind what people have scanned. */
  const runsInTurn = createTurns(1);

  const readNow = async (source: DatasetSource, signal: AbortSignal): Promise<Dataset> => {
    const path = source.kind === "folder" ? source.path : "drawn";
    const onProgress = (done: number, total: number | null) => feed.publish({ kind: "scanning", path, done, total });
    // Drawn pictures are read from nowhere.
    if (source.kind === "drawn") return openDataset(source, { signal, onProgress });
    const version = source.version === undefined ? undefined : store.versions.toOpen(path, source.version);
    const task = { kind: "scan-pictures", source, threads: threads(), version } as const;
    const found = await readers.ask(task, { path, signal, onProgress });
    if (source.version !== undefined) store.versions.adopt(path, source.version);
    return { ...found, examples: await unpackExamples(found.examples) };
  };
  const begin = (key: string, source: DatasetSource, takeTurn: InTurn): Scan => {
    const stop = new AbortController();
    const signal = AbortSignal.any([closing, stop.signal]);
    const forget = () => scans.get(key) === scan && scans.delete(key);
    const dataset = takeTurn(() => readNow(source, signal), signal).finally(forget);
    const scan: Scan = { dataset, stop, waiting: 0 };
    stop.signal.addEventListener("abort", forget, { once: true });
    scans.set(key, scan);
    return scan;
  };
  const read = async (source: DatasetSource, signal: AbortSignal = closing, takeTurn = inTurn): Promise<Dataset> => {
    signal.throwIfAborted();
    const key = sourceKey(source);
    const scan = scans.get(key) ?? begin(key, source, takeTurn);
    scan.waiting++;
    try {
      return await unlessAborted(scan.dataset, signal);
    } finally {
      scan.waiting--;
      if (scan.waiting === 0) scan.stop.abort();
    }
  };
  /** Piece by piece, so that everybody is served in between. */
  const recorded = async (dataset: Dataset, signal: AbortSignal): Promise<DatasetView> => {
    const lookedAt = clock.now().toISOString();
    for (;;) {
      signal.throwIfAborted();
      const view = await patience.untilFree(
        () => store.datasets.recordPiece(dataset, lookedAt, picturesAPiece),
        mostTries,
      );
      if (view !== null) return view;
      await othersTurn();
    }
  };
  const keep = async (dataset: Dataset, signal: AbortSignal): Promise<OpenedDataset> => {
    const view = await recorded(dataset, signal);
    const key = sourceKey(dataset.source);
    opened.delete(key);
    opened.set(key, { view, dataset });
    for (const oldest of [...opened.keys()].slice(0, -keptInMemory)) opened.delete(oldest);
    return { view, dataset };
  };

  const open = async (asked: DatasetSource, signal?: AbortSignal, takeTurn = inTurn): Promise<OpenedDataset> => {
    const source = absolute(asked);
    const held = opened.get(sourceKey(source));
    if (held) return held;
    const known = store.datasets.latestOf(source);
    const dataset = await read(source, signal, takeTurn);
    if (known && known.fingerprint !== dataset.fingerprint && source.kind === "folder")
      throw new StrataError("data.changed", { path: source.path });
    return keep(dataset, signal ?? closing);
  };

  return {
    async inspect(source, signal) {
      const asked = signal ? AbortSignal.any([signal, closing]) : closing;
      return (await keep(await read(absolute(source), asked), asked)).view;
    },
    async scanPixels(datasetId, signal) {
      const asked = signal ? AbortSignal.any([signal, closing]) : closing;
      const { source, name } = store.datasets.view(datasetId);
      const path = source.kind === "folder" ? source.path : name;
      const { view, dataset } = await open(source, asked);
      if (view.id !== datasetId) throw new StrataError("data.changed", { path });
      const { classNames, fingerprint } = dataset;
      const examples = await packExamples(dataset.examples);
      const task = {
        ...({ kind: "scan-pixels", threads: threads() } as const),
        dataset: { source, classNames, examples, fingerprint },
      };
      const onProgress = (done: number, total: number | null) =>
        feed.publish({ kind: "scanning-pixels", datasetId, done, total });
      const scan = await inTurn(() => readers.ask(task, { path, signal: asked, onProgress }), asked);
      pixelScans.delete(fingerprint);
      pixelScans.set(fingerprint, scan);
      for (const oldest of [...pixelScans.keys()].slice(0, -keptPixelScans)) pixelScans.delete(oldest);
      return { datasetId, ...scan };
    },
    pixelScan(datasetId) {
      const scan = pixelScans.get(store.datasets.view(datasetId).fingerprint);
      return scan === undefined ? null : { datasetId, ...scan };
    },
    recent: store.datasets.recent,
    pictures(datasetId, from) {
      const { classes } = store.datasets.view(datasetId);
      return store.datasets
        .examplesFrom(datasetId, from, picturesAtOnce)
        .map(({ name, label, split }) => ({ name, className: classes[label]!.name, split }));
    },
    open: (source, signal) => open(source, signal),
    async openFor({ configuration, dataset }, signal) {
      const found = await open(configuration.dataset, signal, runsInTurn);
      const { id, source, name } = found.view;
      if (id !== dataset.id)
        throw new StrataError("data.changed", { path: source.kind === "folder" ? source.path : name });
      return found;
    },
  };
}

/** One folder has one name here, however it was written; and a split as found is none. */
function absolute({ split, ...source }: DatasetSource): DatasetSource {
  const plan = split?.kind === "anew" ? { split } : {};
  if (source.kind !== "folder") return { ...source, ...plan };
  return { ...source, path: personalPath(source.path), ...plan };
}
