import { expect, it, onTestFinished } from "vitest";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { startEngine } from "../support/with-engine.ts";

it("what a look at every pixel found is kept for the same pictures, and not for others", async () => {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 12)), ...(await pictures("b", 12, 100)) });
  const { engine, close } = await startEngine();
  onTestFinished(close);
  const source = { kind: "folder", path: folder } as const;
  const { id } = await engine.datasets.inspect(source);
  expect(engine.datasets.pixelScan(id)).toBeNull();
  const found = await engine.datasets.scanPixels(id);
  expect(found.pictures).toBe(24);
  expect(engine.datasets.pixelScan(id)).toEqual(found);
  writeFiles(folder, await pictures("a", 13));
  const { id: other } = await engine.datasets.inspect(source);
  expect(other).not.toBe(id);
  expect(engine.datasets.pixelScan(other)).toBeNull();
  expect(() => engine.datasets.pixelScan(other + 1)).toThrow(expect.objectContaining({ code: "data.unknown" }));
});
