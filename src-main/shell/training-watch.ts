/** What the desktop does about training: progress in the taskbar, a machine kept awake, a notice at a run's end. */
import { type BrowserWindow, Notification, powerSaveBlocker } from "electron";
import type { EndedJob, TrainingGlance } from "../contract/engine-process.ts";
import { noticeWords } from "./words.ts";

export interface TrainingWatch {
  readonly training: TrainingGlance | null;
  now(training: TrainingGlance | null): void;
  ended(job: EndedJob): void;
  /** A new window shows what is going on too. */
  showIn(window: BrowserWindow): void;
}

/** Where the fraction is not known the bar moves to and fro. */
const unknownFraction = 2;
const noBar = -1;

export function createTrainingWatch(tools: {
  window(): BrowserWindow | null;
  /** Brings the window to the front. */
  show(): void;
}): TrainingWatch {
  let training: TrainingGlance | null = null;
  let blocker: number | null = null;
  // Kept until it is gone, else it could be collected before it is clicked.
  const notices = new Set<Notification>();

  const showIn = (window: BrowserWindow): void => {
    window.setProgressBar(training === null ? noBar : (training.fraction ?? unknownFraction));
  };
  return {
    get training() {
      return training;
    },
    now(next) {
      training = next;
      if (training !== null) blocker ??= powerSaveBlocker.start("prevent-app-suspension");
      else if (blocker !== null) {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
      const window = tools.window();
      if (window) showIn(window);
    },
    ended(job) {
      // Whoever looks at the window sees it there.
      if (tools.window()?.isFocused() || !Notification.isSupported()) return;
      const notice = new Notification(noticeWords.ended(job));
      notices.add(notice);
      notice.on("click", () => tools.show());
      notice.on("close", () => notices.delete(notice));
      notice.show();
    },
    showIn,
  };
}
