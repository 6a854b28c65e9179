/** A test fixture: folders that do not exist, looks at them, and small drawn pictures to fill a grid with. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import type { BrowsedFiles, DatasetSource, DatasetView, FolderListing } from "../../src-main/contract/dataset.ts";
import { StrataError } from "../../src-main/contract/errors.ts";
import type { EngineEvent } from "../../src-main/contract/events.ts";
import { cifar, drawn } from "./fake-data.ts";
import { fakeRandom } from "./fake-series.ts";

const folders: Readonly<Record<string, readonly string[]>> = {
  "/home": ["ada"],
  "/home/ada": ["pictures", "documents"],
  "/home/ada/pictures": ["ants-bees", "cifar10-mini", "only cats", "Zürich 2025"],
  "/home/ada/documents": [],
};
const lookMillis = 120;

export function listFakeFolder(path: string | null, files?: BrowsedFiles): FolderListing {
  const at = path?.replace(/(?<=.)\/$/, "") ?? "/home/ada";
  const names = folders[at];
  if (names === undefined) throw new StrataError("data.not-found", { path: at });
  return {
    path: at,
    parent: at === "/home" ? null : at.slice(0, at.lastIndexOf("/")),
    folders: names.map((name) => ({ name, path: `${at}/${name}` })),
    files: files === undefined ? [] : [{ name: `weights.${files}`, path: `${at}/weights.${files}`, bytes: 6_840_000 }],
  };
}

/** A look with progress; the folder's name decides how it ends, or that it goes on until nobody waits any more. */
export async function inspectFake(
  source: DatasetSource,
  tell: (event: EngineEvent) => void,
  signal = new AbortController().signal,
): Promise<DatasetView> {
  if (source.kind === "drawn") {
    await sleep(lookMillis);
    return { ...drawn, source, sidePixels: { smallest: source.pixels, largest: source.pixels } };
  }
  const { path } = source;
  if (path.includes("nowhere")) throw new StrataError("data.not-found", { path });
  if (path.includes("only")) throw new StrataError("data.one-class", { className: "cats", path });
  if (path.includes("endless")) {
    tell({ kind: "scanning", path, done: 593, total: 5930 });
    await once(signal, "abort");
    signal.throwIfAborted();
  }
  for (let done = 0; done <= 5930; done += 593) {
    tell({ kind: "scanning", path, done, total: done === 0 ? null : 5930 });
    await sleep(lookMillis);
  }
  return { ...cifar, source, name: path.split("/").at(-1) ?? path };
}

/** A small PNG: a ground, and a shape on it, the same for the same number. */
export async function drawFakePicture(example: number): Promise<Buffer> {
  const random = fakeRandom(example + 11);
  const color = (): string => `hsl(${Math.floor(random() * 360)} ${20 + random() * 40}% ${30 + random() * 45}%)`;
  const at = (low: number, high: number): number => Math.round(low + random() * (high - low));
  const shapes = [
    `<circle cx="${at(10, 22)}" cy="${at(10, 22)}" r="${at(5, 11)}" fill="${color()}"/>`,
    `<rect x="${at(3, 14)}" y="${at(3, 14)}" width="${at(8, 16)}" height="${at(8, 16)}" fill="${color()}"/>`,
    `<path d="M${at(4, 12)} 27L${at(12, 20)} ${at(3, 9)}L28 ${at(20, 28)}z" fill="${color()}"/>`,
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32" fill="${color()}"/>
    <rect y="${at(18, 26)}" width="32" height="14" fill="${color()}"/>${shapes[example % 3]}</svg>`;
  return await sharp(Buffer.from(svg)).png().toBuffer();
}
