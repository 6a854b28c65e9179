/** Many files of a folder, read once each in the threads of a pool: their hashes and headers, and what is no picture. */
import { join } from "node:path";
import type { PictureProblem } from "../../contract/dataset.ts";
import { noAnswer } from "../../platform/in-time.ts";
import type { OpenOptions } from "../open-options.ts";
import { chunksOf, createWorkerPool, inLanes } from "../worker-pool.ts";
import type { Examined, ExamineTask } from "./examine-worker.ts";
import type { OfMoving } from "./open-picture.ts";
import type { PictureFacts } from "./picture-bytes.ts";

const filesPerTask = 64;

/** In no order. @throws StrataError `file.no-answer`, and the signal's reason */
export async function examineFiles<C extends { readonly name: string }>(
  folder: string,
  candidates: readonly C[],
  options: OpenOptions,
  ofMoving: OfMoving = "none",
): Promise<{ readonly found: readonly (C & PictureFacts)[]; readonly problems: PictureProblem[] }> {
  const { signal, onProgress, threads } = options;
  const found: (C & PictureFacts)[] = [];
  const problems: PictureProblem[] = [];
  let done = 0;
  const pool = createWorkerPool<ExamineTask, readonly Examined[]>(
    new URL("./examine-worker.ts", import.meta.url),
    threads,
  );
  try {
    await inLanes(chunksOf(candidates, filesPerTask), pool.threads + 1, async (chunk) => {
      signal?.throwIfAborted();
      const answers = await pool.run({ folder, names: chunk.map(({ name }) => name), ofMoving });
      for (const [index, candidate] of chunk.entries()) {
        const answer = answers[index] as Examined; // one answer a name, up to one that its disk did not give
        if (answer === "no-answer") throw noAnswer(join(folder, candidate.name));
        if ("code" in answer) problems.push({ ...answer, name: candidate.name, isSkipped: true });
        else {
          found.push({ ...candidate, ...answer });
          if (answer.warning) problems.push({ code: answer.warning, name: candidate.name, isSkipped: false });
        }
      }
      done += chunk.length;
      onProgress?.(done, candidates.length);
    });
  } finally {
    await pool.close();
  }
  return { found, problems };
}
