/** The engine's parts, each a domain with its use cases: what the endpoints call. */
import type { BundleLibrary } from "./bundles/bundle-library.ts";
import type { Comparison } from "./comparison/compare.ts";
import type { DatasetLibrary } from "./datasets/dataset-library.ts";
import type { DatasetVersions } from "./datasets/dataset-versions.ts";
import type { FolderBrowser } from "./datasets/folder-browser.ts";
import type { PictureIntake } from "./datasets/picture-intake.ts";
import type { SplitPreviews } from "./datasets/split-previews.ts";
import type { Estimator } from "./estimation/estimate.ts";
import type { Experiments } from "./experiments/experiments.ts";
import type { Feed } from "./feed/feed.ts";
import type { FirstStarts } from "./first-start/first-start.ts";
import type { Inference } from "./inference/inference.ts";
import type { MachineStatus } from "./machine/machine-status.ts";
import type { Threads } from "./machine/threads.ts";
import type { RowTimer } from "./models/row-timer.ts";
import type { Notices } from "./record/notices.ts";
import type { ReportLibrary } from "./reports/report-library.ts";
import type { RunLibrary } from "./runs/run-library.ts";
import type { RunList } from "./runs/run-list.ts";
import type { Queue } from "./scheduling/queue.ts";
import type { Scheduling } from "./scheduling/scheduling.ts";
import type { Waits } from "./waits.ts";
import type { WeightsLibrary } from "./weights/weights-library.ts";

/** A `signal` aborts when whoever asked waits no more: the work behind it ends, and the answer is the signal's reason. */
export interface EngineParts {
  readonly waits: Waits;
  readonly machine: MachineStatus;
  readonly notices: Notices;
  readonly firstStart: FirstStarts;
  readonly threads: Threads;
  readonly datasets: DatasetLibrary;
  readonly versions: DatasetVersions;
  readonly splits: SplitPreviews;
  readonly folders: FolderBrowser;
  readonly intake: PictureIntake;
  readonly weights: WeightsLibrary;
  readonly inference: Inference;
  readonly estimator: Estimator;
  readonly rowTimer: RowTimer;
  readonly scheduling: Scheduling;
  readonly queue: Queue;
  readonly experiments: Experiments;
  readonly runs: RunLibrary;
  readonly bundles: BundleLibrary;
  readonly reports: ReportLibrary;
  readonly runList: RunList;
  readonly comparison: Comparison;
  readonly feed: Feed;
}
