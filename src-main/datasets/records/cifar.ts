/** CIFAR-10 and CIFAR-100 in their binary version: 32 × 32 pixels, plane after plane, behind a label or two. https://www.cs.toronto.edu/~kriz/cifar.html */
import type { FolderLayout, SplitName } from "../../contract/dataset.ts";
import type { Container } from "../containers/container.ts";
import { readPart } from "../containers/read-place.ts";
import { folderPath } from "../formats/folder-reader.ts";
import type { FolderTree } from "../readings/folder-tree.ts";
import type { Fit, Proposal } from "../readings/proposal.ts";
import { fileDamaged, needed, placeBytes, plainPlace, readRow } from "./record-bytes.ts";
import { groupsOf, type LabelledRow, numberedClass, type RecordFormat } from "./record-format.ts";

const side = 32;
const planeBytes = side * side;
/** About 3 MB. */
const rowsAPiece = 1_000;

interface Kind {
  readonly layout: FolderLayout;
  readonly files: RegExp;
  /** Where its label stands, of so many. */
  readonly label: number;
  readonly labels: number;
  readonly classes: number;
  readonly names: string;
  readonly fit: Fit;
}

const kinds: readonly Kind[] = [
  {
    ...{ layout: "cifar-10", files: /^(data_batch_\d|test_batch)\.bin$/, label: 0, labels: 1, classes: 10 },
    ...{ names: "batches.meta.txt", fit: "sure" },
  },
  {
    ...{ layout: "cifar-100", files: /^(train|test)\.bin$/, label: 1, labels: 2, classes: 100 },
    ...{ names: "fine_label_names.txt", fit: "sure" },
  },
  {
    ...{ layout: "cifar-100-coarse", files: /^(train|test)\.bin$/, label: 0, labels: 2, classes: 20 },
    ...{ names: "coarse_label_names.txt", fit: "possible" },
  },
];

const kindOf = (base: string) => kinds.find(({ files }) => files.test(base));

export const cifarFormat: RecordFormat = {
  isFile: (base) => kindOf(base) !== undefined,
  isCompanion: (chosen, other) =>
    kinds.some(({ files, names }) => files.test(chosen) && (files.test(other) || names === other)),
  async propose(folder, container) {
    const proposals: Proposal[] = [];
    for (const kind of kinds) {
      const files = folder.files.filter((file) => kind.files.test(folderPath.base(file)));
      if (!files.some((file) => splitOf(file) === "train")) continue;
      const names = await namesOf(folder, container, kind.names);
      const groups = [];
      for (const file of files) {
        const rows = await labelled(container, file, kind, names);
        // Any program may call its file train.bin.
        if (rows === null && !names) break;
        if (rows === null)
          throw fileDamaged(file, `it is not made of CIFAR's records of ${recordBytes(kind)} bytes`, file);
        groups.push(...groupsOf(file, splitOf(file), rows));
      }
      const { layout, fit } = kind;
      if (groups.length > 0) proposals.push({ reading: { layout, root: folder.name }, groups, leftAside: [], fit });
    }
    return proposals;
  },
  async read(place, file, row) {
    const { labels } = kindOf(folderPath.base(file))!; // it was chosen by it
    const bytes = await readRow(place, row * (labels + 3 * planeBytes) + labels, 3 * planeBytes);
    if (bytes === "no-answer" || "code" in bytes) return bytes;
    const header = Buffer.from(`P6 ${side} ${side} 255\n`);
    const picture = Buffer.alloc(header.length + bytes.length);
    header.copy(picture);
    for (let at = 0; at < planeBytes; at++)
      for (let channel = 0; channel < 3; channel++)
        picture[header.length + 3 * at + channel] = bytes[channel * planeBytes + at]!;
    return picture;
  },
};

const recordBytes = ({ labels }: Kind) => labels + 3 * planeBytes;

function splitOf(file: string): SplitName {
  return folderPath.base(file).startsWith("test") ? "test" : "train";
}

async function namesOf(folder: FolderTree, container: Container, base: string): Promise<readonly string[] | null> {
  const file = folder.files.find((each) => folderPath.base(each) === base);
  if (!file) return null;
  const place = await plainPlace(container, file);
  if ("code" in place) return null;
  const text = Buffer.from(await needed(file, place, readPart(place, 0, await placeBytes(place)))).toString();
  return text.split("\n").flatMap((line) => line.trim() || []);
}

/** Null where the file is made of other records. */
async function labelled(
  container: Container,
  file: string,
  kind: Kind,
  names: readonly string[] | null,
): Promise<readonly LabelledRow[] | null> {
  const place = await plainPlace(container, file);
  if ("code" in place) throw fileDamaged(file, "it cannot be read", file);
  const bytes = await placeBytes(place);
  if (bytes === 0 || bytes % recordBytes(kind) !== 0) return null;
  const rows: LabelledRow[] = [];
  const pieceBytes = rowsAPiece * recordBytes(kind);
  for (let start = 0; start < bytes; start += pieceBytes) {
    const piece = await needed(file, place, readPart(place, start, Math.min(pieceBytes, bytes - start)));
    for (let at = kind.label; at < piece.length; at += recordBytes(kind)) {
      const label = piece[at]!;
      if (label >= kind.classes) return null;
      rows.push({ row: rows.length, className: names?.[label] ?? numberedClass(label, kind.classes) });
    }
  }
  return rows;
}
