/**
 * While another process writes the record it is busy. What the engine has to record waits then until the record is free, and everything else goes on: a
 * training process runs ahead until its events are no longer taken, and stands still. A wait is said in the log, and to the person if it lasts.
 */
import { setTimeout as pause } from "node:timers/promises";
import { StrataError } from "../../contract/errors.ts";
import type { EngineNotice } from "../../contract/notice.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import { usualWaits, type Waits } from "../waits.ts";

export interface Patience {
  /**
   * Does `work`, and does it again as long as the record is busy. Throws what `work` throws; `store.busy` after so many tries, or a few once the engine
   * closes.
   */
  untilFree<T>(work: () => T, mostTries?: number): Promise<T>;
  /** Null unless something has waited for long. */
  notice(): EngineNotice | null;
}

const retryMillis = 250;
const triesAtTheEnd = 8;
/** No recorded notice has it. */
const noticeId = Number.MAX_SAFE_INTEGER;

export function isBusy(thrown: unknown): boolean {
  return thrown instanceof StrataError && thrown.code === "store.busy";
}

export function createPatience(tools: {
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the engine closes. */
  readonly signal: AbortSignal;
  /** There is another notice than there was. */
  readonly onChange: () => void;
  readonly waits?: Pick<Waits, "busyNoticeMillis">;
}): Patience {
  const { clock, log, signal, onChange, waits = usualWaits } = tools;
  let waiting = 0;
  let notice: EngineNotice | null = null;
  let timer: NodeJS.Timeout | undefined;

  const begin = (thrown: unknown): void => {
    waiting++;
    if (waiting > 1) return;
    log.warn({ err: thrown }, "the record is busy: what is to be recorded waits");
    const at = clock.now().toISOString();
    timer = setTimeout(() => {
      const { problem } = thrown as StrataError;
      const remedy = "Nothing is lost, and training waits. It goes on by itself as soon as the other program ends.";
      notice = { id: noticeId, at, problem, remedy };
      onChange();
    }, waits.busyNoticeMillis);
    timer.unref();
  };
  const end = (): void => {
    waiting--;
    if (waiting > 0) return;
    clearTimeout(timer);
    log.info("the record is no longer busy");
    if (notice === null) return;
    notice = null;
    onChange();
  };

  return {
    async untilFree(work, mostTries = Number.POSITIVE_INFINITY) {
      let tries = 0;
      let isWaiting = false;
      let triesSinceEnd = 0;
      try {
        for (;;) {
          try {
            return work();
          } catch (thrown) {
            if (signal.aborted) triesSinceEnd++;
            tries++;
            if (!isBusy(thrown) || tries >= mostTries || triesSinceEnd >= triesAtTheEnd) throw thrown;
            if (!isWaiting) begin(thrown);
            isWaiting = true;
            await pause(retryMillis);
          }
        }
      } finally {
        if (isWaiting) end();
      }
    },
    notice: () => notice,
  };
}
