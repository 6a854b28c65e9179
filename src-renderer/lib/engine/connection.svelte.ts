/** The thread to the engine: whether it holds, what the engine says of itself, and every event that it sends. */
import { createContext } from "svelte";
import type { EngineEvent, JobProgress } from "../../../src-main/contract/events.ts";
import type { EngineStatus } from "../../../src-main/contract/machine.ts";
import type { Admission } from "./admission.ts";
import type { Api, EngineSocket } from "./client.ts";

/** `refused`: the engine answers, and does not let this page in. */
export type LinkState = "connecting" | "open" | "lost" | "refused";
type Listener = (event: EngineEvent) => void;

const statusRetryMillis = 1_000;
/** A shorter break is not worth a word: the next try mends it. */
const longLostMillis = 2_000;

/** What the connection is made of. */
export interface ConnectionParts {
  readonly api: Api;
  readonly socket: Pick<EngineSocket, "connectionState">;
  readonly admission: Pick<Admission, "onChange">;
}

export class ConnectionState {
  readonly #parts: ConnectionParts;
  link = $state<LinkState>("connecting");
  /** Whether the engine can be told anything. */
  readonly isOpen = $derived(this.link === "open");
  /** Lost, and not for a moment only. */
  isLongLost = $state(false);
  status = $state.raw<EngineStatus | null>(null);
  /** The jobs that are going; undefined until the engine has said. */
  active = $state.raw<readonly JobProgress[] | undefined>(undefined);
  readonly isTraining = $derived((this.active?.length ?? 0) > 0);

  readonly #listeners = new Set<Listener>();
  #wasOpen = false;
  #statusTimer: ReturnType<typeof setTimeout> | undefined;
  #lostTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  /** Called once, by the app. Returns what ends it. */
  start(): () => void {
    const states = this.#parts.socket.connectionState.subscribe({
      next: (state) => {
        if (state.state === "pending") this.#opened();
        else if (this.#wasOpen || state.error !== null) this.#lost();
      },
    });
    const endAdmission = this.#parts.admission.onChange((isRefused) => {
      this.link = isRefused ? "refused" : "lost";
    });
    const events = this.#parts.api.events.subscribe(undefined, { onData: (event) => this.#receive(event) });
    return () => {
      states.unsubscribe();
      events.unsubscribe();
      endAdmission();
      clearTimeout(this.#statusTimer);
      clearTimeout(this.#lostTimer);
    };
  }

  /** Every event of the engine, in order; after each (re)connection a `snapshot` comes first. Returns the unsubscriber. */
  onEvent(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The notice is gone at once; where the engine could not be told, it is back with the next status. */
  async dismiss(noticeId: number): Promise<void> {
    if (this.status === null) return;
    this.status = { ...this.status, notices: this.status.notices.filter(({ id }) => id !== noticeId) };
    await this.#parts.api.dismissNotice.mutate({ noticeId }).catch(() => this.#askStatus());
  }

  #lost(): void {
    this.link = "lost";
    this.#lostTimer ??= setTimeout(() => {
      this.isLongLost = true;
    }, longLostMillis);
  }

  #opened(): void {
    clearTimeout(this.#lostTimer);
    this.#lostTimer = undefined;
    this.isLongLost = false;
    this.#wasOpen = true;
    this.link = "open";
    void this.#askStatus();
  }

  async #askStatus(): Promise<void> {
    clearTimeout(this.#statusTimer);
    try {
      this.status = await this.#parts.api.status.query();
    } catch {
      // The link went away between the question and the answer; the next connection asks again.
    }
    if (this.link === "open" && this.status?.state !== "ready" && this.status?.state !== "failed") {
      this.#statusTimer = setTimeout(() => void this.#askStatus(), statusRetryMillis);
    }
  }

  #receive(event: EngineEvent): void {
    if (event.kind === "snapshot" || event.kind === "progress") this.active = event.active;
    if (event.kind === "notices" && this.status !== null) this.status = { ...this.status, notices: event.notices };
    for (const listener of this.#listeners) listener(event);
  }
}

/** What a state needs that follows what the engine tells. */
export type EngineEvents = Pick<ConnectionState, "onEvent">;

export const [connectionState, provideConnection] = createContext<ConnectionState>();
