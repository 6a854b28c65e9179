// @vitest-environment ./test/ui/state/pages-environment.ts
import { expect, test } from "vitest";
import type { PixelScan } from "../../../src-main/contract/pixel-scan.ts";
import { PixelScansState } from "../../../src-renderer/entities/dataset/pixel-scans.svelte.ts";
import { later, refusal, scriptedEngine, settled } from "./scripted-engine.ts";

/** Only whose it is matters here. */
const scanOf = (datasetId: number) => ({ datasetId }) as PixelScan;

/** Each look in turn is answered when the test says so. */
function opened() {
  const looks = [later<PixelScan>(), later<PixelScan>()];
  let asked = 0;
  const engine = scriptedEngine({
    "data.stopScanningPixels": () => null,
    "data.scanPixels": () => looks[asked++]!.promise,
  });
  return { ...engine, looks, scans: new PixelScansState(engine.api, engine.connection) };
}

test("a look at every pixel tells how far it is, by its own progress alone, and what it found", async () => {
  const { scans, looks, emit } = opened();
  const looking = scans.scan(7);
  emit({ kind: "scanning-pixels", datasetId: 7, done: 40, total: 100 });
  emit({ kind: "scanning-pixels", datasetId: 8, done: 1, total: 3 });
  emit({ kind: "scanning", path: "/pictures", done: 2, total: 5 });
  expect(scans.going).toEqual({ datasetId: 7, done: 40, total: 100 });
  looks[0]!.resolve(scanOf(7));
  await looking;
  expect([scans.going, scans.found]).toEqual([null, scanOf(7)]);
});

test("one that was stopped and is asked for again goes on when the first one's end arrives", async () => {
  const { scans, looks, calls } = opened();
  const first = scans.scan(7);
  scans.stop();
  const second = scans.scan(7);
  looks[0]!.reject(refusal("This operation was aborted"));
  await first;
  expect([scans.going?.datasetId, scans.failure]).toEqual([7, null]);
  looks[1]!.resolve(scanOf(7));
  await second;
  expect([scans.going, scans.found, scans.failure]).toEqual([null, scanOf(7), null]);
  expect(calls.map(([path]) => path)).toEqual(["data.scanPixels", "data.stopScanningPixels", "data.scanPixels"]);
});

test("one of other pictures ends the one that goes on, whose answer is void", async () => {
  const { scans, looks, calls } = opened();
  const first = scans.scan(7);
  await settled();
  const second = scans.scan(8);
  await settled();
  looks[1]!.resolve(scanOf(8));
  looks[0]!.resolve(scanOf(7));
  await Promise.all([first, second]);
  expect(scans.found).toEqual(scanOf(8));
  expect(calls.map(([path]) => path)).toEqual(["data.scanPixels", "data.stopScanningPixels", "data.scanPixels"]);
});

test("what was found before the page was opened is there again, and never in place of something newer", async () => {
  const { scans, looks, answers, calls } = opened();
  answers["data.pixelScan"] = () => null;
  await scans.recall(7);
  expect(scans.found).toBeNull();
  answers["data.pixelScan"] = () => scanOf(7);
  await scans.recall(7);
  expect(scans.found).toEqual(scanOf(7));
  await scans.recall(7);
  expect(calls.filter(([path]) => path === "data.pixelScan")).toHaveLength(2);

  const slow = later<PixelScan>();
  answers["data.pixelScan"] = () => slow.promise;
  const recalled = scans.recall(8);
  const looking = scans.scan(8);
  slow.resolve(scanOf(9));
  looks[0]!.resolve(scanOf(8));
  await Promise.all([recalled, looking]);
  expect(scans.found).toEqual(scanOf(8));
});

test("one that failed says why, and of which pictures", async () => {
  const { scans, looks } = opened();
  const looking = scans.scan(7);
  looks[0]!.reject(refusal("The pictures changed since they were scanned."));
  await looking;
  expect(scans.failure).toMatchObject({
    datasetId: 7,
    error: { problem: "The pictures changed since they were scanned." },
  });
});
