/** Files of records among others: found, understood and read. */
import { StrataError } from "../../contract/errors.ts";
import type { Container } from "../containers/container.ts";
import { answered, type ReadBytes } from "../containers/read-place.ts";
import { folderPath } from "../formats/folder-reader.ts";
import type { FolderTree } from "../readings/folder-tree.ts";
import type { Proposal } from "../readings/proposal.ts";
import { cifarFormat } from "./cifar.ts";
import { idxFormat } from "./idx.ts";
import { parquetFormat } from "./parquet.ts";
import { plainPlace } from "./record-bytes.ts";
import type { RecordFormat } from "./record-format.ts";

const formats: readonly RecordFormat[] = [idxFormat, cifarFormat, parquetFormat];

export function recordFormatOf(file: string): RecordFormat | null {
  return formats.find((format) => format.isFile(folderPath.base(file))) ?? null;
}

/**
 * All of them at any depth. Several data sets side by side are a question, and so is one among pictures.
 * @returns also the first that is damaged, for whoever finds nothing else
 */
export async function proposeRecords(container: Container, tree: FolderTree, source: string) {
  const proposals: Proposal[] = [];
  let trouble: StrataError | null = null;
  const waiting = [tree];
  for (let folder = waiting.shift(); folder; folder = waiting.shift()) {
    waiting.push(...folder.folders);
    const near = [folder, ...folder.folders].flatMap(({ files }) => files);
    const present = formats.filter(({ isFile }) => near.some((file) => isFile(folderPath.base(file))));
    for (const format of present)
      try {
        proposals.push(...(await format.propose(folder, container, source)));
      } catch (thrown) {
        if (!(thrown instanceof StrataError) || thrown.code !== "data.file-damaged") throw thrown;
        trouble ??= thrown;
      }
  }
  const sure = proposals.filter(({ fit }) => fit === "sure").length;
  const isAlone = sure === 1 && tree.pictures === 0;
  return {
    proposals: isAlone
      ? proposals
      : proposals.map((each) => (each.fit === "sure" ? { ...each, fit: "likely" as const } : each)),
    trouble,
  };
}

/** Null where the name is that of a file of its own. */
export function recordOf(name: string): { readonly file: string; readonly row: number } | null {
  const [, file, row] = /^(.+)#(\d{6,})$/.exec(name) ?? [];
  return file !== undefined && recordFormatOf(file) ? { file, row: Number(row) } : null;
}

export function readRecord(container: Container, { file, row }: { file: string; row: number }): Promise<ReadBytes> {
  return answered(async () => {
    const place = await plainPlace(container, file);
    if ("code" in place) return place;
    return recordFormatOf(file)?.read(place, file, row) ?? { code: "unreadable" };
  });
}
