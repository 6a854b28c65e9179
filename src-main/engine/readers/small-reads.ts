/** Short reads of a person's files and folders, each in a process of its own and a few at once. */
import type { ReaderAnswer, ReaderTaskKind, ReaderTaskOf } from "./reader-tasks.ts";
import type { Readers } from "./readers.ts";
import { createTurns } from "./turns.ts";

/** Folders and files of weights that are read at once. */
const mostSmallReads = 4;

/** @param path what is read, for what is said where it does not answer */
export type SmallRead = <K extends ReaderTaskKind>(
  task: ReaderTaskOf<K>,
  path: string,
  asked?: AbortSignal,
) => Promise<ReaderAnswer<K>>;

/** @param closing aborts when the engine closes */
export function createSmallReads(readers: Readers, closing: AbortSignal): SmallRead {
  const inTurn = createTurns(mostSmallReads);
  return (task, path, asked) => {
    const signal = asked ? AbortSignal.any([asked, closing]) : closing;
    return inTurn(() => readers.ask(task, { path, signal }), signal);
  };
}
