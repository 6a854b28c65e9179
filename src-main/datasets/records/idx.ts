/**
 * IDX files of MNIST, Fashion-MNIST, EMNIST and their like: pictures in grey in one file, their labels in another. http://yann.lecun.com/exdb/mnist/
 */
import type { SplitName } from "../../contract/dataset.ts";
import type { Container, Place } from "../containers/container.ts";
import { readPart } from "../containers/read-place.ts";
import { folderPath } from "../formats/folder-reader.ts";
import type { FolderTree } from "../readings/folder-tree.ts";
import type { Proposal } from "../readings/proposal.ts";
import { fileDamaged, needed, placeBytes, plainPlace, readRow } from "./record-bytes.ts";
import { groupsOf, numberedClass, type RecordFormat } from "./record-format.ts";

const picturesMagic = 0x0803; // bytes in three dimensions
const labelsMagic = 0x0801;
const picturesHeader = 16;
const labelsHeader = 8;
const mostSide = 4_096;

const fileName = /^(.*?)(train|t10k|test|val|validation)[-_.](image|label)s?[-_.]idx[13][-_.]ubyte(\.gz)?$/i;
const splits: Readonly<Record<string, SplitName>> = {
  ...{ train: "train", t10k: "test", test: "test", val: "validation", validation: "validation" },
};
/** In the order of their labels. The files have MNIST's names, so only the folder's or archive's name tells them apart. */
const fashion = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

interface Header {
  readonly pictures: number;
  readonly rows: number;
  readonly columns: number;
}

function partsOf(file: string) {
  const [, prefix, split, kind] = fileName.exec(folderPath.base(file)) ?? [];
  if (prefix === undefined || split === undefined || kind === undefined) return null;
  return { file, prefix, split: splits[split.toLowerCase()]!, isPictures: kind.toLowerCase() === "image" };
}

export const idxFormat: RecordFormat = {
  isFile: (base) => fileName.test(base),
  isCompanion(chosen, other) {
    const prefix = partsOf(chosen)?.prefix ?? "";
    return partsOf(other)?.prefix === prefix || other === `${prefix}mapping.txt`;
  },
  async propose(folder, container, source) {
    const files = folder.files.map(partsOf).filter((parts) => parts !== null);
    const proposals: Proposal[] = [];
    for (const [prefix, ofPrefix] of Map.groupBy(files, (parts) => parts.prefix)) {
      const pictures = ofPrefix.filter(({ isPictures }) => isPictures);
      const pairs = pictures.flatMap((parts) => {
        const labels = ofPrefix.find(({ isPictures, split }) => !isPictures && split === parts.split);
        return labels ? [{ ...parts, labels: labels.file }] : [];
      });
      const first = pairs.find(({ split }) => split === "train");
      if (!first) continue;
      const nameOf = await classNamer(container, folder, prefix, source);
      const groups = [];
      for (const { file, labels, split } of pairs)
        groups.push(...groupsOf(file, split, await labelled(container, file, labels, nameOf)));
      proposals.push({
        reading: { layout: "idx-files", root: folder.name, list: first.file },
        groups,
        leftAside: [],
        fit: "sure",
      });
    }
    return proposals;
  },
  async read(place, file, row) {
    const head = await readRow(place, 0, picturesHeader);
    if (head === "no-answer" || "code" in head) return head;
    const header = headerOf(head);
    if (header === null || row >= header.pictures) return { code: "unreadable" };
    const { rows, columns } = header;
    const bytes = await readRow(place, picturesHeader + row * rows * columns, rows * columns);
    if (bytes === "no-answer" || "code" in bytes) return bytes;
    // EMNIST's pictures lie on their side, which its authors say of them.
    const isTurned = /emnist/i.test(file);
    const pixels = isTurned ? turned(bytes, rows, columns) : bytes;
    return Buffer.concat([Buffer.from(`P5 ${isTurned ? rows : columns} ${isTurned ? columns : rows} 255\n`), pixels]);
  },
};

function headerOf(head: Uint8Array): Header | null {
  const numbers = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const [pictures, rows, columns] = [4, 8, 12].map((at) => numbers.readUInt32BE(at)) as [number, number, number];
  const isPlausible = rows > 0 && columns > 0 && rows <= mostSide && columns <= mostSide;
  return numbers.readUInt32BE(0) === picturesMagic && isPlausible ? { pictures, rows, columns } : null;
}

function turned(bytes: Uint8Array, rows: number, columns: number): Uint8Array {
  const pixels = new Uint8Array(bytes.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) pixels[column * rows + row] = bytes[row * columns + column]!;
  return pixels;
}

async function labelled(container: Container, file: string, labels: string, nameOf: (label: number) => string) {
  const place = await placeOf(container, file);
  const header = headerOf(await needed(file, place, readRow(place, 0, picturesHeader)));
  if (header === null) throw fileDamaged(file, "it does not begin as an IDX file of pictures", place.path);
  const { pictures, rows, columns } = header;
  if ((await placeBytes(place)) < picturesHeader + pictures * rows * columns)
    throw fileDamaged(file, "it ends before its pictures do", place.path);
  const labelPlace = await placeOf(container, labels);
  const bytes = Buffer.from(await needed(labels, labelPlace, readPart(labelPlace, 0, labelsHeader + pictures)));
  if (bytes.readUInt32BE(0) !== labelsMagic || bytes.readUInt32BE(4) !== pictures)
    throw fileDamaged(labels, `it does not hold ${pictures} labels, one for each picture of ${file}`, labelPlace.path);
  return Array.from(bytes.subarray(labelsHeader), (label, row) => ({ row, className: nameOf(label) }));
}

async function placeOf(container: Container, file: string): Promise<Place> {
  const place = await plainPlace(container, file);
  if ("code" in place) throw fileDamaged(file, "it cannot be read", file);
  return place;
}

/** EMNIST tells the characters of its labels in a file beside. */
async function classNamer(container: Container, { name, files }: FolderTree, prefix: string, source: string) {
  const mapping = files.find((file) => folderPath.base(file) === `${prefix}mapping.txt`);
  const names = new Map<number, string>();
  if (mapping) {
    const place = await placeOf(container, mapping);
    const text = Buffer.from(await needed(mapping, place, readPart(place, 0, await placeBytes(place)))).toString();
    for (const line of text.split("\n")) {
      const [label, character] = line.trim().split(/\s+/).map(Number);
      if (label !== undefined && character) names.set(label, String.fromCharCode(character));
    }
  } else if (/fashion/i.test(`${source}/${name}`))
    for (const [label, each] of fashion.entries()) names.set(label, each);
  return (label: number) => names.get(label) ?? numberedClass(label, 10);
}
