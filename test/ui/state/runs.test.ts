// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import type { RunView } from "../../../src-main/contract/run.ts";
import { RunArchitectures } from "../../../src-renderer/entities/run/run-architectures.ts";
import { RunsState } from "../../../src-renderer/entities/run/runs.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { samplePair, sampleRun } from "../../support/sample-views.ts";
import { type Answers, refusal, scriptedEngine, settled, snapshot } from "./scripted-engine.ts";

function opened(answers: Answers = {}) {
  const engine = scriptedEngine(answers);
  const toasts = new ToastsState();
  return { ...engine, toasts, runs: new RunsState(engine.api, engine.connection, toasts) };
}
function withRuns(answers: Answers, ...known: RunView[]) {
  const all = opened(answers);
  all.emit(snapshot({ runs: known }));
  return all;
}
const idsOf = (runs: RunsState) => runs.list.map(({ id }) => id);

describe("the record of runs, as a window knows it", () => {
  test("is loading until the first snapshot, whatever else comes before", () => {
    const { runs, emit } = opened();
    emit({ kind: "run", run: sampleRun({ id: 1 }) });
    expect([runs.isLoading, idsOf(runs)]).toEqual([true, []]);
    emit(snapshot());
    expect([runs.isLoading, idsOf(runs)]).toEqual([false, []]);
  });

  test("holds what a page was answered before the first snapshot, unless that has newer word of it", () => {
    const { runs, emit } = opened();
    runs.hold([sampleRun({ id: 1 }), sampleRun({ id: 2 })]);
    expect(runs.isLoading).toBe(true);
    emit(snapshot({ runs: [sampleRun({ id: 2, title: "Newer" })] }));
    expect(runs.list.map(({ id, title }) => [id, title])).toEqual([
      [2, "Newer"],
      [1, sampleRun({ id: 1 }).title],
    ]);
  });

  test("follows what the engine tells of what it holds and of what trains, the latest run first", () => {
    const { runs, emit, calls } = withRuns({}, sampleRun({ id: 1 }), sampleRun({ id: 3 }));
    emit({ kind: "run", run: sampleRun({ id: 4, state: "queued" }) });
    emit({ kind: "run", run: sampleRun({ id: 2, title: "New", state: "running" }) });
    emit({ kind: "run", run: sampleRun({ id: 3, title: "Changed" }) });
    expect(runs.list.map(({ id, title }) => [id, title])).toEqual([
      [3, "Changed"],
      [2, "New"],
      [1, sampleRun({ id: 1 }).title],
    ]);
    emit({ kind: "runs-removed", runIds: [3, 1] });
    expect(idsOf(runs)).toEqual([2]);
    expect(calls).toEqual([]);
  });

  test("asks once for what a page needs, and knows what is not there", async () => {
    const { runs, calls } = withRuns(
      {
        "runs.some": ({ runIds }: { runIds: number[] }) => runIds.filter((id) => id < 9).map((id) => sampleRun({ id })),
      },
      sampleRun({ id: 1 }),
    );
    void runs.need([1, 2, 9]);
    await runs.need([2]);
    await settled();
    expect(calls).toEqual([["runs.some", { runIds: [2, 9] }]]);
    expect([idsOf(runs), runs.isMissing(2), runs.isMissing(9)]).toEqual([[2, 1], false, true]);
    await runs.need([2, 9]);
    expect(calls).toHaveLength(1);
  });

  test("asks for the rest of an experiment of which one run has begun to train", async () => {
    const pair = samplePair(7, 5);
    const { runs, emit } = withRuns({ "runs.some": () => pair });
    emit({ kind: "run", run: { ...pair[0]!, state: "running" } });
    await settled();
    expect(idsOf(runs)).toEqual([6, 5]);
  });

  test("after a lost connection is what the new snapshot and the answers after it say, and shown meanwhile as it was", async () => {
    const { runs, emit } = withRuns(
      { "runs.some": () => [sampleRun({ id: 1, title: "Changed" })] },
      ...[1, 2].map((id) => sampleRun({ id })),
    );
    emit(snapshot({ runs: [sampleRun({ id: 5 })] }));
    expect(idsOf(runs)).toEqual([5, 2, 1]);
    await settled();
    expect([idsOf(runs), runs.get(1)?.title]).toEqual([[5, 1], "Changed"]);
  });
});

describe("what a person does to runs", () => {
  test("a title is trimmed, and asked for only where it is another", async () => {
    const answer = (input: { runId: number; title: string }) => sampleRun({ id: input.runId, title: input.title });
    const { runs, calls } = withRuns({ "runs.rename": answer }, sampleRun({ id: 1, title: "Old" }));
    await runs.rename(1, " Old ");
    await runs.rename(1, "   ");
    expect(calls).toEqual([]);
    await runs.rename(1, " New ");
    expect(calls).toEqual([["runs.rename", { runId: 1, title: "New" }]]);
    expect(runs.get(1)?.title).toBe("New");
  });

  test("removing takes runs out at once and offers them back", async () => {
    const { runs, toasts } = withRuns(
      { "runs.remove": () => null, "runs.restore": () => [sampleRun({ id: 2 })] },
      ...[1, 2].map((id) => sampleRun({ id })),
    );
    await runs.remove([2]);
    expect(idsOf(runs)).toEqual([1]);
    toasts.list[0]?.action?.run();
    await settled();
    expect(idsOf(runs)).toEqual([2, 1]);
  });

  test("what could not be done changes nothing and is said", async () => {
    const refuse = () => {
      throw refusal("The disk is full.");
    };
    const { runs, toasts } = withRuns(
      { "runs.remove": refuse, "runs.annotate": refuse, "runs.mark": refuse },
      sampleRun({ id: 1, note: "before" }),
    );
    await runs.remove([1]);
    await runs.annotate(1, "after");
    await runs.mark([1], { isPinned: true });
    expect(runs.get(1)).toEqual(sampleRun({ id: 1, note: "before" }));
    expect(toasts.list.map(({ text }) => text)).toEqual(Array(3).fill("The disk is full. Try again."));
  });

  test("archiving offers the way back", async () => {
    const answer = (input: { runIds: number[]; isArchived: boolean }) =>
      input.runIds.map((id) => sampleRun({ id, isArchived: input.isArchived }));
    const { runs, toasts } = withRuns({ "runs.mark": answer }, sampleRun({ id: 1 }));
    await runs.archive([1], true);
    expect(runs.get(1)?.isArchived).toBe(true);
    toasts.list[0]?.action?.run();
    await settled();
    expect(runs.get(1)?.isArchived).toBe(false);
  });

  test("pausing, stopping and resuming say whether it was done", async () => {
    const { runs, calls, toasts } = withRuns({
      "training.pause": () => null,
      "training.resume": () => null,
      "training.stop": () => {
        throw refusal("Run 1 has ended.");
      },
    });
    expect([await runs.pause(1), await runs.resume(1), await runs.stop(1)]).toEqual([true, true, false]);
    expect(calls).toEqual([
      ["training.pause", { runId: 1 }],
      ["training.resume", { runId: 1 }],
      ["training.stop", { runId: 1 }],
    ]);
    expect(toasts.list.map(({ text }) => text)).toEqual(["Run 1 has ended. Try again."]);
  });
});

describe("a file that another Strata exported", () => {
  const bytes = Uint8Array.from({ length: 700_000 }, (_, at) => at % 251);

  test("goes to the engine part by part; its runs are in the list, and what is missing of it is said", async () => {
    const parts: { part: string; isLast: boolean }[] = [];
    const { runs, toasts } = withRuns({
      "bundles.receive": (part: (typeof parts)[number]) => {
        parts.push(part);
        return part.isLast
          ? { runIds: [5], numbersThere: [2], withWeights: 1, withCheckpoints: 0, missingDatasets: ["cats"] }
          : null;
      },
      "runs.some": () => [sampleRun({ id: 5 })],
    });
    expect(await runs.importBundle(new Blob([bytes]))).toBe(true);
    expect(parts.map(({ isLast }) => isLast)).toEqual([false, true]);
    expect(Buffer.concat(parts.map(({ part }) => Buffer.from(part, "base64"))).equals(Buffer.from(bytes))).toBe(true);
    expect([idsOf(runs), runs.changes]).toEqual([[5], 1]);
    expect(toasts.list[0]?.text).toMatch(/^1\srun imported\. The pictures of .*cats.* are not known here/);
  });

  test("that is refused changes nothing and says why", async () => {
    const { runs, toasts } = withRuns({
      "bundles.receive": () => {
        throw refusal("The run bundle cannot be trusted: it was cut.", "Nothing was imported.");
      },
    });
    expect(await runs.importBundle(new Blob(["x"]))).toBe(false);
    expect([idsOf(runs), runs.changes]).toEqual([[], 0]);
    expect(toasts.list[0]?.text).toContain("Nothing was imported.");
  });
});

test("the network of a run is asked for once, and again after a question that failed", async () => {
  let isFailing = true;
  const { api, calls } = scriptedEngine({
    "models.show": () => {
      if (isFailing) throw refusal("No such network.");
      return { id: "inception-v3" };
    },
  });
  const architectures = new RunArchitectures(api);
  await expect(architectures.of(sampleRun({ id: 1 }))).rejects.toThrow("No such network.");
  await settled();
  isFailing = false;
  const [one, other] = await Promise.all([
    architectures.of(sampleRun({ id: 1 })),
    architectures.of(sampleRun({ id: 2 })),
  ]);
  expect(one).toBe(other);
  expect(calls).toHaveLength(2);
});
