import { afterEach, expect, it, vi } from "vitest";
import { openSocket, query } from "../support/open-socket.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { startEngine, startServer, type TestEngine } from "../support/with-engine.ts";

const looks = vi.hoisted(() => ({
  going: 0,
  most: 0,
  begun: 0,
  async counted<T>(look: () => Promise<T>): Promise<T> {
    this.begun++;
    this.most = Math.max(this.most, ++this.going);
    try {
      await new Promise(setImmediate);
      return await look();
    } finally {
      this.going--;
    }
  },
}));
// Drawn pictures are looked at here, folders in a process of their own.
vi.mock("../../src-main/datasets/open-dataset.ts", async (original) => {
  const { openDataset } = await original<typeof import("../../src-main/datasets/open-dataset.ts")>();
  return { openDataset: (...asked: Parameters<typeof openDataset>) => looks.counted(() => openDataset(...asked)) };
});
vi.mock("../../src-main/engine/readers/readers.ts", async (original) => {
  const { createReaders } = await original<typeof import("../../src-main/engine/readers/readers.ts")>();
  return {
    createReaders(): ReturnType<typeof createReaders> {
      const readers = createReaders();
      return { ...readers, ask: (...asked) => looks.counted(() => readers.ask(...asked)) };
    },
  };
});

let started: TestEngine;
afterEach(() => started.close());

it("of many data sets that are asked for at once two are looked at, and the rest in turn, also behind one that fails", async () => {
  started = await startEngine();
  const { engine } = started;
  const drawn = (seed: number) =>
    engine.datasets.inspect({ kind: "drawn", pictures: 100, pixels: 16, difficulty: 0.3, seed });
  const missing = (index: number) => engine.datasets.inspect({ kind: "folder", path: `/nowhere/${index}` });
  const asked = [missing(1), missing(2), missing(3), ...[1, 2, 3, 4, 5].map(drawn)];
  const states = (await Promise.allSettled(asked)).map(({ status }) => status);
  expect(states).toEqual([...Array(3).fill("rejected"), ...Array(5).fill("fulfilled")]);
  expect(looks).toMatchObject({ going: 0, most: 2, begun: 8 });
});

const mutation = (id: number, path: string, input?: unknown) => ({ ...query(id, path, input), method: "mutation" });

it.each([
  ["data.inspect", "data.stopScanning"],
  ["data.scanPixels", "data.stopScanningPixels"],
])("%s that is stopped at once ends, and goes on where it is asked for again", async (scan, stop) => {
  const served = await startServer();
  started = served;
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 12)), ...(await pictures("b", 12, 100)) });
  const source = { kind: "folder" as const, path: folder };
  const { id: datasetId } = await served.engine.datasets.inspect(source);
  const wire = await openSocket(served.server);
  for (const [id, path] of [scan, stop, scan].entries())
    wire.send(mutation(id, path, path === stop ? undefined : { source, datasetId }));
  const answers = await wire.next(3);
  const wayOf = (id: number) => (answers.find((answer) => answer.id === id)?.error ? "ended" : "answered");
  expect([0, 1, 2].map(wayOf)).toEqual(["ended", "answered", "answered"]);
});
