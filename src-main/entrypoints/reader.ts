/**
 * A process that reads what people name, forked by the engine (`engine/readers.ts`): one task of `engine/reader-tasks.ts` at a time. What a task needs is
 * loaded with the first of its kind.
 */
import { flushCompileCache } from "node:module";
import { StrataError } from "../contract/errors.ts";
import { packExamples, unpackExamples } from "../engine/readers/packed-examples.ts";
import type { ReaderAnswer, ReaderMessage, ReaderTask, ReaderTaskKind } from "../engine/readers/reader-tasks.ts";
import { leaveInterruptsToEngine } from "../platform/leave-interrupts.ts";

/** Often enough that the engine takes no pause for silence. */
const aliveMillis = 500;

const post = (message: ReaderMessage): void => {
  // Where the channel is closed the engine is gone, and `disconnect` ends this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};

const onProgress = (done: number, total: number | null) => post({ kind: "progress", done, total });

async function perform(task: ReaderTask): Promise<ReaderAnswer<ReaderTaskKind>> {
  switch (task.kind) {
    case "scan-pictures": {
      const { openDataset } = await import("../datasets/open-dataset.ts");
      const dataset = await openDataset(task.source, { threads: task.threads, version: task.version, onProgress });
      return { ...dataset, examples: await packExamples(dataset.examples) };
    }
    case "write-out": {
      const { writeOut } = await import("../datasets/write-out.ts");
      return writeOut(task, onProgress);
    }
    case "scan-pixels": {
      const { scanPixels } = await import("../datasets/health/scan-pixels.ts");
      const dataset = { ...task.dataset, examples: await unpackExamples(task.dataset.examples) };
      return scanPixels(dataset, { threads: task.threads, onProgress });
    }
    case "browse-folder": {
      const { browseFolders } = await import("../engine/datasets/browse-folders.ts");
      return browseFolders(task.path, task.files);
    }
    case "class-folders": {
      const { classFoldersIn } = await import("../engine/datasets/add-picture.ts");
      return classFoldersIn(task.folder);
    }
    case "add-picture": {
      const { addPicture } = await import("../engine/datasets/add-picture.ts");
      return addPicture(task);
    }
    case "remove-picture": {
      const { removePicture } = await import("../engine/datasets/add-picture.ts");
      await removePicture(task);
      return null;
    }
    case "inspect-weights": {
      const { inspectWeights } = await import("../engine/weights/inspect-weights.ts");
      return inspectWeights(task.question, task.seen);
    }
    case "find-pictures": {
      const { findPictures } = await import("../datasets/find-pictures.ts");
      return findPictures(task.paths);
    }
    case "render-picture": {
      const { renderPicture } = await import("../datasets/pictures/render-picture.ts");
      return renderPicture(task);
    }
    case "time-decoding": {
      const { secondsPerPicture } = await import("../batches/seconds-per-picture.ts");
      return secondsPerPicture(task.source, task.pictures, task.square);
    }
  }
}

async function answer(task: ReaderTask): Promise<void> {
  const beat = setInterval(() => post({ kind: "alive" }), aliveMillis);
  try {
    post({ kind: "answer", answer: await perform(task) });
  } catch (thrown) {
    if (thrown instanceof StrataError) return post({ kind: "failed", error: thrown.toJSON() });
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : undefined;
    post({ kind: "threw", message: thrown instanceof Error ? thrown.message : String(thrown), code });
  } finally {
    clearInterval(beat);
    // At the end of a process Node does so by itself, but this one is killed.
    flushCompileCache();
  }
}

if (!process.send) {
  process.stderr.write("This program is started by Strata's engine and does nothing on its own.\n");
  process.exit(2);
}
leaveInterruptsToEngine();
// An exit in order would wait for the reads that are going, and one of them may never return.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// The other end is our own engine of the same version, so the message's type is the one it sent.
process.on("message", (task) => void answer(task as ReaderTask));
