/** Reads that may never return: a network share that is gone, a disk that is dying. Nothing can end such a read; one can only stop waiting for it. */
import { StrataError } from "../contract/errors.ts";

const usualSeconds = 30;

/** How long a disk may say nothing before it is given up; `STRATA_READ_SECONDS` sets another. Slow is not silent: each piece that comes begins it anew. */
export function mostSilentMillis(environment: NodeJS.ProcessEnv = process.env): number {
  const seconds = Number(environment.STRATA_READ_SECONDS);
  return 1_000 * (seconds > 0 && seconds <= 3_600 ? seconds : usualSeconds);
}

/** @returns the error of a place that does not answer */
export function noAnswer(path: string): StrataError<"file.no-answer"> {
  return new StrataError("file.no-answer", { seconds: mostSilentMillis() / 1_000, path });
}

/**
 * Waits for work on a disk for as long as something comes back. What does not answer is left behind as it is, with the thread that it holds.
 * @param work calls `answered` for each piece that came
 * @throws StrataError `file.no-answer`
 */
export function inTime<T>(path: string, work: (answered: () => void) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(noAnswer(path)), mostSilentMillis());
    work(() => timer.refresh())
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });
}
