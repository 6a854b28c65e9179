// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DesktopBridge, DesktopEvent, EngineLink } from "../../../src-main/contract/desktop.ts";
import { DesktopState } from "../../../src-renderer/app/desktop.svelte.ts";
import { SystemFolders } from "../../../src-renderer/entities/dataset/system-folders.ts";
import { ThreadsState } from "../../../src-renderer/entities/machine/threads.svelte.ts";
import { desktopTexts } from "../../../src-renderer/lib/desktop/desktop-texts.ts";
import { RouterState } from "../../../src-renderer/lib/router.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { cifar } from "../../support/sample-views.ts";
import { later, refusal, scriptedEngine, settled, snapshot } from "./scripted-engine.ts";
import { trainStates } from "./train.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("notices", () => {
  test("go by themselves, later ones later, and not while a person points at them", () => {
    const toasts = new ToastsState();
    const texts = () => toasts.list.map(({ text }) => text);
    toasts.show("one");
    vi.advanceTimersByTime(5_000);
    toasts.showError(refusal("It failed."));
    vi.advanceTimersByTime(4_000);
    expect(texts()).toEqual(["It failed. Try again."]);
    const [left] = toasts.list;
    toasts.hold(left?.id ?? 0);
    vi.advanceTimersByTime(60_000);
    expect(texts()).toHaveLength(1);
    toasts.resume(left?.id ?? 0);
    vi.advanceTimersByTime(8_000);
    expect(texts()).toEqual([]);
  });

  test("go at once when they are dismissed, and no other goes in their place", () => {
    const toasts = new ToastsState();
    toasts.show("one");
    toasts.show("two");
    toasts.dismiss(toasts.list[0]?.id ?? 0);
    expect(toasts.list.map(({ text }) => text)).toEqual(["two"]);
  });
});

/** An address with a history, as far as the router uses one. */
function fakeAddress(hash: string) {
  let change: () => void = () => {};
  const location = {
    now: hash,
    get hash(): string {
      return this.now;
    },
    set hash(value: string) {
      this.now = value;
      change();
    },
  };
  const replaced: string[] = [];
  const history = {
    replaceState: (_: unknown, __: string, to: string) => {
      replaced.push(to);
    },
  };
  const addEventListener = (_: "hashchange", listener: () => void) => (change = listener);
  // Only these are used.
  const page = { location, history, addEventListener } as unknown as ConstructorParameters<typeof RouterState>[0];
  return { page, location, replaced };
}

describe("the page that is shown", () => {
  test("is what the address says, at first and when it changes", () => {
    const { page, location } = fakeAddress("#/runs/3");
    const router = new RouterState(page);
    expect(router.route).toEqual({ page: "runs", runId: 3 });
    router.go({ page: "compare", runIds: [1, 2] });
    expect([location.hash, router.route]).toEqual(["#/compare?runs=1,2", { page: "compare", runIds: [1, 2] }]);
    location.hash = "#/live";
    expect(router.route).toEqual({ page: "live" });
  });

  test("can be another without a step in the history", () => {
    const { page, location, replaced } = fakeAddress("#/train");
    const router = new RouterState(page);
    router.replace({ page: "live" });
    expect([router.route, replaced, location.hash]).toEqual([{ page: "live" }, ["#/live"], "#/train"]);
  });
});

describe("the cores that train", () => {
  test("are what the engine says, and a choice is shown at once and taken back where it is refused", async () => {
    const answer = later<null>();
    const { api, connection, emit } = scriptedEngine({ chooseThreads: () => answer.promise });
    const toasts = new ToastsState();
    const threads = new ThreadsState(api, connection, toasts);
    await threads.choose(1);
    expect(threads.view).toBeNull();
    emit(snapshot());
    const choosing = threads.choose("all-but-one");
    expect(threads.view?.choice).toBe("all-but-one");
    answer.reject(refusal("The record cannot be written."));
    await choosing;
    expect(threads.view?.choice).toBe("all");
    expect(toasts.list.map(({ text }) => text)).toEqual(["The record cannot be written. Try again."]);
    emit({
      kind: "threads",
      threads: { choice: 1, fixed: null, threads: 1, cores: 2, runsAtOnce: { choice: "fastest", fixed: null } },
    });
    expect(threads.view?.threads).toBe(1);
  });
});

describe("the desktop around the page", () => {
  function opened(link: EngineLink) {
    const states = trainStates({ "data.inspect": () => cifar });
    const { page } = fakeAddress("#/live");
    const router = new RouterState(page);
    let tell: (event: DesktopEvent) => void = () => {};
    const asked: string[] = [];
    const bridge = {
      onEvent: (listener: (event: DesktopEvent) => void) => {
        tell = listener;
        return () => (tell = () => {});
      },
      call: async ({ kind }: { kind: string }) => {
        asked.push(kind);
        return kind === "engine" ? link : null;
      },
    } as unknown as DesktopBridge;
    const folders = new SystemFolders(bridge, router, states.datasets);
    const parts = { engine: states.connection, router, toasts: states.toasts, folders };
    const desktop = new DesktopState(bridge, parts);
    const end = desktop.start();
    return { ...states, desktop, router, asked, end, tell: (event: DesktopEvent) => tell(event) };
  }
  const listening = (restarts: number): EngineLink => ({ state: "listening", address: "http://127.0.0.1:1", restarts });

  test("goes where its menu says, and opens the folder that it brings", async () => {
    const { router, tell, datasets, toasts } = opened(listening(0));
    await settled();
    tell({ kind: "go", page: "runs" });
    expect(router.route).toEqual({ page: "runs", runId: null });
    tell({ kind: "open-pictures", path: "/pictures/cifar10-mini" });
    await settled();
    expect([router.route, datasets.chosen]).toEqual([{ page: "train" }, cifar]);
    tell({ kind: "say", text: "Saved." });
    expect(toasts.list.map(({ text }) => text)).toEqual(["Saved."]);
  });

  test("is told that the page is there with each connection, and the page once of each restart", async () => {
    const { emit, asked, tell, toasts, desktop, end } = opened(listening(0));
    await settled();
    emit(snapshot());
    emit({ kind: "queue", queue: { held: null, jobs: [], waiting: 0, experimentIds: [] } });
    expect(asked).toEqual(["engine", "page-connected"]);
    tell({ kind: "engine", link: { state: "restarting", reason: "it was killed" } });
    expect(desktop.link?.state).toBe("restarting");
    for (const link of [listening(1), listening(1)]) tell({ kind: "engine", link });
    expect(toasts.list.map(({ text }) => text)).toEqual([desktopTexts.restarted]);
    end();
    emit(snapshot());
    expect(asked).toHaveLength(2);
  });
});
