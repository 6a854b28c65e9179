/** Where results stand at a rung: the record answers as successive halving is defined. */
import { expect, it, onTestFinished } from "vitest";
import { isAmongBest, mostThatGoOn } from "../../src-main/domain/experiments/successive-halving.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { fillQueue } from "../support/large-record.ts";
import { bestAmong, standingAmong } from "../support/plain-standing.ts";

it.for(["hardLoss", "top1"])("by %s, with equal values and none at all, whatever has stopped", (metric) => {
  const store = openStore(":memory:");
  onTestFinished(store.close);
  const isBetterHigh = metric === "top1";
  const by = { factor: 3, metric };
  const random = createRandom(3, metric);
  const runIds = fillQueue(store, 60, "engine");
  const values: (number | null)[] = [];
  const stopped = new Set<number>();
  for (const [block, runId] of runIds.entries()) {
    const value = random.integer(6) === 0 ? null : random.integer(9) / 10;
    const asGood = value === null ? null : store.searchDecisions.countAsGood(1, 0, value, isBetterHigh);
    const standing = standingAmong([...values, value], values.length, by);
    expect(asGood === null ? null : asGood + 1).toBe(standing.rank);
    expect(store.searchDecisions.countResults(1, 0)).toBe(values.length);

    const decision = isAmongBest(standing) ? "goes-on" : "stops";
    const decided = { block, rung: 0, epochs: 1, value, decision, ...standing, decidedAt: "2026-01-01" } as const;
    store.searchDecisions.add(1, decided);
    values.push(value);
    // Of some that were told to stop a person ended the run meanwhile.
    if (decision === "stops") {
      const isHalved = random.integer(5) > 0;
      store.runs.end(runId, isHalved ? "halved" : "stopped-by-person", null, "2026-01-01");
      if (isHalved) stopped.add(block);
    }
    const goOn = mostThatGoOn(values.length, by.factor);
    const expected = bestAmong(values, by)
      .filter(({ place }) => stopped.has(place))
      .map(({ place, rank }) => ({ block: place, epochs: 1, value: values[place], rank }))
      .toSorted((a, b) => a.block - b.block);
    const found = store.searchDecisions.stoppedAmongBest(1, 0, goOn, isBetterHigh);
    expect(found).toEqual(expected);
    // It is taken up again, and is asked about no more.
    for (const { block: again, rank, value: its } of found) {
      const standingNow = { value: its, rank, results: values.length, goOn };
      const taken = { block: again, rung: 0, epochs: 1, decision: "promoted", ...standingNow } as const;
      store.searchDecisions.add(1, { ...taken, decidedAt: "2026-01-01" });
      stopped.delete(again);
    }
  }
});
