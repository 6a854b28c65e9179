/** Saves version after version, each made from the one before, until it is killed; tells of each once it is saved. */
import type { FolderSource } from "../../src-main/contract/dataset.ts";
import { openStore } from "../../src-main/store/open-store.ts";

const store = openStore(process.argv[2]!);
let from: FolderSource = { kind: "folder", path: "/cats" };
const saveNext = (number: number): void => {
  const pictures = Array.from({ length: 500 }, (_, index) => ({ name: `${number}/${index}.png`, contentHash: "0" }));
  const createdAt = "2026-01-01T00:00:00.000Z";
  const edits = [{ kind: "exclude", pictures }] as const;
  from = store.versions.record({ from, edits, author: "me", note: "", createdAt }).source;
  process.send?.(number);
  setImmediate(saveNext, number + 1);
};
saveNext(1);
