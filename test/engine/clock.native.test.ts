/** The time of day is set ahead and back while runs train: what they took is measured by another clock. */
import { expect, it } from "vitest";
import type { Clock } from "../../src-main/platform/clock.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

const hour = 3_600_000;

/** Stands still until it is moved. */
function scriptedClock() {
  let now = Date.parse("2026-01-01T12:00:00.000Z");
  let monotonic = 0;
  return {
    clock: { now: () => new Date(now), monotonicMillis: () => monotonic } satisfies Clock,
    pass(millis: number): void {
      now += millis;
      monotonic += millis;
    },
    set(byMillis: number): void {
      now += byMillis;
    },
  };
}

it.each([-10 * 365 * 24 * hour, 10 * 365 * 24 * hour])(
  "a run took what its attempts took together, with the time of day set by %d milliseconds in each",
  async (step) => {
    const { clock, pass, set } = scriptedClock();
    const { engine, close } = await startEngine({ clock });
    const [runId] = (await engine.scheduling.start(requestFor(scripts.waitsAtStepThree))).runIds as [number];
    await whenAtStep(engine, runId, 3);
    pass(10_000);
    set(step);
    engine.scheduling.pause(runId);
    expect((await whenOver(engine, runId)).seconds).toBe(10);

    // Waiting is no training.
    pass(hour / 120);
    await engine.scheduling.resume(runId);
    await whenAtStep(engine, runId, 3);
    set(-2 * step);
    pass(5_000);
    engine.scheduling.stop(runId);
    expect(await whenOver(engine, runId)).toMatchObject({ state: "stopped", seconds: 15 });
    await close();
  },
);
