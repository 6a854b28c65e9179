/**
 * Do the times that the lessons and the Networks page measure repeat? `node test/bench/repeated-times.ts [repetitions] [case]`: each is measured anew in a process of its own,
 * and its medians are looked up in the spread that the measurement before stated. One figure a way and pass, or a row. Nothing else may run.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WayTiming } from "../../src-main/contract/machine.ts";
import { spreadOf } from "../../src-main/domain/lessons/way-times.ts";
import { createEngine } from "../../src-main/engine/create-engine.ts";
import { createCaller } from "../../src-main/engine/router.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";

const [repetitions = "10", only = ""] = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), "strata-times-"));
const engine = await createEngine({ paths: pathsOf(home), version: "0.0.0" });
const api = createCaller({ engine });

/** By what was timed: one time a round. */
type Times = ReadonlyMap<string, readonly number[]>;

async function timeWays(timing: WayTiming): Promise<Times> {
  const { ways } = await api.models.timeWays(timing);
  return new Map(
    ways.flatMap(({ title, forwardMillis, trainingMillis }) => [
      [`${title}, forward`, forwardMillis],
      [`${title}, with gradients`, trainingMillis],
    ]),
  );
}

async function timeRows(): Promise<Times> {
  const model = { id: "alexnet", inputPixels: 64, width: 0.25 };
  const { rows } = await api.models.timeRows({ model, classes: 10, batchSize: 32 });
  return new Map(rows.map(({ path, millis }) => [path, millis]));
}

const place = { grid: 17, channels: 64 };
const cases: Readonly<Record<string, () => Promise<Times>>> = {
  "5×5 → two 3×3": () => timeWays({ factorisation: "cascade-5", kernel: 5, ...place }),
  "7×7 → 1×7 + 7×1": () => timeWays({ factorisation: "flattened", kernel: 7, ...place }),
  "halving the grid": () => timeWays({ factorisation: "reduction", kernel: 3, grid: 34, channels: 64 }),
  "rows of AlexNet": timeRows,
};

try {
  for (const [title, time] of Object.entries(cases).filter(([name]) => name.includes(only))) {
    let before = await time();
    let within = 0;
    let all = 0;
    for (let repetition = 1; repetition <= Number(repetitions); repetition++) {
      const now = await time();
      for (const [what, times] of now) {
        const { low, high } = spreadOf(before.get(what)!);
        const { median } = spreadOf(times);
        if (median >= low && median <= high) within += 1;
        all += 1;
      }
      before = now;
    }
    console.log(
      `${title.padEnd(24)} ${within} of ${all} medians within the spread stated before (${Math.round((100 * within) / all)} %)`,
    );
  }
} finally {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
}
