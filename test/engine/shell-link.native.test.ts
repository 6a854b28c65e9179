/** What the engine's process tells the window's frame, on a real engine with the scripted trainer. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { EngineToShell } from "../../src-main/contract/engine-process.ts";
import { obeyShell, tellShell } from "../../src-main/engine/desktop/shell-link.ts";
import { eventLimitMillis } from "../support/patience.ts";
import { temporaryFolder } from "../support/picture-folder.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

async function told(
  work: (
    engine: Awaited<ReturnType<typeof startEngine>>["engine"],
    messages: readonly EngineToShell[],
  ) => Promise<void>,
  trainerEnvironment: NodeJS.ProcessEnv = {},
) {
  const started = await startEngine({ trainerEnvironment });
  const messages: EngineToShell[] = [];
  const telling = tellShell(started.engine, (message) => messages.push(message));
  await work(started.engine, messages);
  // A job is gone a moment after its last run has ended.
  await vi.waitFor(
    () => expect(messages.findLast(({ kind }) => kind === "training")).toMatchObject({ training: null }),
    { timeout: eventLimitMillis },
  );
  await started.close();
  await telling;
  return messages;
}

/** A training stands at its third step until this file is there. */
const seenFile = () => join(temporaryFolder(), "seen");
const waitingFor = (seen: string): NodeJS.ProcessEnv => ({ STRATA_SCRIPT_WAITS_FOR_FILE: seen });
const whenTrainingIsTold = (messages: readonly EngineToShell[]) =>
  vi.waitFor(
    () => expect(messages.some((one) => one.kind === "training" && one.training !== null)).toBe(true),
    eventLimitMillis,
  );

it("a pair that trains is told with its share and once with its end", async () => {
  const seen = seenFile();
  const messages = await told(async (engine, before) => {
    const { runIds } = await engine.scheduling.start(
      requestFor(scripts.trainsToTheEnd, { pair: { setting: "smoothing", values: [0, 0.1] } }),
    );
    await whenTrainingIsTold(before);
    writeFileSync(seen, "");
    for (const runId of runIds) await whenOver(engine, runId);
  }, waitingFor(seen));
  const glances = messages.flatMap((message) => (message.kind === "training" ? [message.training] : []));
  expect(glances[0]).toBeNull();
  expect(glances.at(-1)).toBeNull();
  expect(glances.find((glance) => glance !== null)).toMatchObject({
    title: expect.stringContaining("Inception-v3 on "),
    waiting: 0,
  });
  const ends = messages.filter(({ kind }) => kind === "ended");
  expect(ends).toHaveLength(1);
  expect(ends[0]).toMatchObject({
    job: { state: "finished", error: null, top1: [expect.anything(), expect.anything()] },
  });
});

it("of arms that train side by side the share only grows, also when one ends before the other", async () => {
  const pair = { setting: "smoothing" as const, values: [0, 0.1] as [number, number] };
  const messages = await told(
    async (engine, before) => {
      const { runIds } = await engine.scheduling.start(requestFor(11, { pair }));
      const [a, b] = runIds as [number, number];
      await whenOver(engine, a);
      await whenAtStep(engine, b, 3);
      // News is delivered a few times a second.
      const isTold = () => before.some((one) => one.kind === "training" && (one.training?.fraction ?? 0) > 0.5);
      await vi.waitFor(() => expect(isTold()).toBe(true), { timeout: eventLimitMillis });
      engine.scheduling.stop(b);
      await whenOver(engine, b);
    },
    { STRATA_RUNS_AT_ONCE: "2", STRATA_THREADS: "2", STRATA_SCRIPT_WAITS: "2" },
  );
  const shares = messages.flatMap((message) => (message.kind === "training" ? (message.training?.fraction ?? []) : []));
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  // One arm is done, and the other at its third step.
  expect(shares.at(-1)).toBeGreaterThan(0.5);
  expect(shares.at(-1)).toBeLessThan(1);
});

it("what was over before is no news, and a queue is counted by experiments", async () => {
  const messages = await told(async (engine) => {
    const first = await engine.scheduling.start(requestFor(scripts.waitsAtStepThree));
    await engine.scheduling.start(
      requestFor(scripts.trainsToTheEnd, { pair: { setting: "smoothing", values: [0, 0.1] } }),
    );
    await whenAtStep(engine, first.runIds[0]!, 3);
    await obeyShell(engine, { kind: "stop-training" }, () => {});
    await whenOver(engine, first.runIds[0]!);
    expect(engine.runs.list().map(({ endReason }) => endReason)).toEqual(Array(3).fill("stopped-by-person"));
  });
  const waiting = messages.flatMap((message) =>
    message.kind === "training" && message.training ? [message.training.waiting] : [],
  );
  expect(Math.max(...waiting)).toBe(1);
  expect(messages.filter(({ kind }) => kind === "ended")).toHaveLength(2);
});

it("between two jobs of a queue training is never told to be over, so that a program without a window stays for both", async () => {
  const seen = seenFile();
  const messages = await told(async (engine, before) => {
    const request = requestFor(scripts.trainsToTheEnd);
    const started = [await engine.scheduling.start(request), await engine.scheduling.start(request)];
    await whenTrainingIsTold(before);
    writeFileSync(seen, "");
    for (const { runIds } of started) await whenOver(engine, runIds[0]!);
  }, waitingFor(seen));
  const isTraining = messages.flatMap((message) => (message.kind === "training" ? [message.training !== null] : []));
  // Nothing, training, nothing.
  expect(isTraining.filter((each, index) => each !== isTraining[index - 1])).toEqual([false, true, false]);
  expect(messages.filter(({ kind }) => kind === "ended")).toHaveLength(2);
});
