/** The curves that are on screen: loaded once from the record, then grown by the engine's events. */
import { createContext, untrack } from "svelte";
import type { EngineEvent } from "../../../src-main/contract/events.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import { metrics, shownMetrics } from "../../../src-main/domain/metrics/metrics.ts";
import type { Api } from "../../lib/engine/client.ts";
import type { ConnectionState, EngineEvents } from "../../lib/engine/connection.svelte.ts";
import { type ShownError, shownError } from "../../lib/engine/errors.ts";
import { createMakerContext } from "../../lib/maker-context.ts";
import type { LineAlong } from "../../ui/charts/chart-line.ts";
import type { Columns } from "../../ui/charts/columns.ts";
import { alongOf, type CurveKey, Curves } from "./curves.ts";
import type { RunsState } from "./runs.svelte.ts";

const shown = new Set([...shownMetrics(), ...metrics.filter(({ chartNumber }) => chartNumber !== undefined)]);
const shownIds = Array.from(shown, ({ id }) => id);
const mostPointsAsked = 1_500;
/** How often the record is read again while another engine trains what is shown. */
const rereadMillis = 4_000;

type CurvesConnection = Pick<ConnectionState, "onEvent" | "active">;
type RunRecord = Pick<RunsState, "get">;

/** Curves of a set of runs, for one page. Made by the page that shows them; `watch` runs while it is open. */
export class ShownCurves {
  readonly #api: Api;
  readonly #connection: CurvesConnection;
  readonly #runs: RunRecord;
  /** Rises whenever a column grew or was loaded. */
  version = $state(0);
  error = $state.raw<ShownError | null>(null);
  isLoading = $state(true);

  #curves = new Curves();
  #runIds: readonly number[] = [];
  #asked = 0;
  #loadedAt = 0;
  #rereadTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, connection: CurvesConnection, runs: RunRecord) {
    this.#api = api;
    this.#connection = connection;
    this.#runs = runs;
  }

  /** The columns of one curve; read `version` beside it. */
  of(key: CurveKey): Columns {
    return this.#curves.of(key);
  }

  /** How a run's epochs lie on other axes; null where its steps are not known. Read `version` beside it. */
  alongOf({ id, stepsPerEpoch }: Pick<RunView, "id" | "stepsPerEpoch">): LineAlong | null {
    return stepsPerEpoch === null ? null : alongOf(this.#curves.timesOf(id), stepsPerEpoch);
  }

  /** Follows the engine's events until the returned function is called. */
  watch(): () => void {
    const endEvents = this.#connection.onEvent((event) => this.#receive(event));
    return () => {
      endEvents();
      clearTimeout(this.#rereadTimer);
    };
  }

  /** Shows these runs; loads their history unless they are shown already. */
  show(runIds: readonly number[]): void {
    if (runIds.join() === this.#runIds.join()) return;
    this.#runIds = [...runIds];
    this.#curves = new Curves();
    untrack(() => {
      this.isLoading = true;
      this.version += 1;
    });
    void this.#load();
  }

  retry(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    this.#loadedAt = Date.now();
    const runIds = [...this.#runIds];
    if (runIds.length === 0) return;
    try {
      const [series, times] = await Promise.all([
        this.#api.runs.series.query({ runIds, metrics: shownIds, maxPoints: mostPointsAsked }),
        this.#api.runs.times.query({ runIds }),
      ]);
      if (asked !== this.#asked) return;
      this.#curves.load(series, (runId) => this.#runs.get(runId)?.stepsPerEpoch ?? null);
      this.#curves.loadTimes(times);
      this.error = null;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.error = shownError(thrown);
    }
    this.isLoading = false;
    this.version += 1;
  }

  /** The points of what another engine trains come through the record alone; that engine's runs are told of every few seconds. */
  #reread(runId: number): void {
    if (!this.#runIds.includes(runId) || this.#connection.active?.some((job) => job.runIds.includes(runId))) return;
    clearTimeout(this.#rereadTimer);
    const millis = Math.max(0, this.#loadedAt + rereadMillis - Date.now());
    this.#rereadTimer = setTimeout(() => void this.#load(), millis);
  }

  #receive(event: EngineEvent): void {
    // After a lost connection the snapshot comes first: what was missed meanwhile is in the record.
    if (event.kind === "snapshot") void this.#load();
    if (event.kind === "run") this.#reread(event.run.id);
    if (event.kind === "times" && this.#runIds.includes(event.runId)) {
      if (this.#curves.appendTimes(event.runId, event.times)) this.version += 1;
    }
    if (event.kind !== "points" || !this.#runIds.includes(event.runId)) return;
    const stepsPerEpoch = this.#runs.get(event.runId)?.stepsPerEpoch ?? null;
    if (stepsPerEpoch === null) void this.#load();
    else if (this.#curves.append(event.runId, event.points, stepsPerEpoch)) this.version += 1;
  }
}

/** What the Live page speaks of: what a person opened or was shown there as long as it is going, else what is going, else the last that was seen going in this window. */
export class LiveState {
  lastSeen = $state.raw<readonly number[]>([]);

  constructor(engine: EngineEvents) {
    engine.onEvent((event) => {
      if (event.kind !== "snapshot" && event.kind !== "progress") return;
      const isGoing = event.active.some(({ runIds }) => runIds.some((runId) => this.lastSeen.includes(runId)));
      const [first] = event.active;
      if (first && !isGoing) this.saw(first.runIds);
    });
  }

  saw(runIds: readonly number[]): void {
    if (runIds.join() !== this.lastSeen.join()) this.lastSeen = runIds;
  }
}

export const [shownCurves, provideShownCurves] = createMakerContext<ShownCurves>();
export const [liveState, provideLive] = createContext<LiveState>();
