/** What a person has to be told, as every window shows it. */
import type { EngineNotice } from "../../contract/notice.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { Store } from "../../store/open-store.ts";
import type { Feed } from "../feed/feed.ts";
import type { Patience } from "./patience.ts";

export interface Notices {
  /** Each until it is dismissed. */
  open(): readonly EngineNotice[];
  dismiss(noticeId: number): void;
  /** Tells every window. */
  tell(): void;
  /** Names the rows that were found unreadable since, each once. */
  nameUnreadable(): void;
}

export function createNotices(tools: {
  readonly store: Store;
  readonly patience: Patience;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly log: Log;
}): Notices {
  const { store, patience, feed, clock, log } = tools;
  const open = () => [...store.notices.open(), ...[patience.notice() ?? []].flat()];
  const tell = () => feed.publish({ kind: "notices", notices: open() });

  return {
    open,
    dismiss: (noticeId) => store.notices.dismiss(noticeId, clock.now().toISOString()),
    tell,
    nameUnreadable() {
      const rows = store.unreadableNews();
      if (rows.length === 0) return;
      log.error({ rows }, "rows of the record cannot be read");
      if (store.notices.addUnreadable(rows, clock.now().toISOString())) tell();
    },
  };
}
