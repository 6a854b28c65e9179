/** A run goes to another home in a bundle and is trained again there, by the real trainer: a bundle tells all that its figures hang on. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import type { ReplayOutcome } from "../../src-main/contract/replay.ts";

const cli = fileURLToPath(new URL("../../src-main/entrypoints/cli.ts", import.meta.url));
const homes = [0, 1].map(() => mkdtempSync(join(tmpdir(), "strata-replay-")));
const [here, there] = homes as [string, string];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true });
});

interface Answer {
  readonly code: number;
  readonly out: string;
}

const strata = (home: string, words: string): Promise<Answer> =>
  new Promise((resolve) => {
    const env = { ...process.env, STRATA_HOME: home };
    execFile(process.execPath, [cli, ...words.split(" ")], { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out: error && out === "" ? err : out }),
    );
  });

it("a bundle goes to a second home and replays with equal figures", async () => {
  const file = join(here, "runs.zip");
  const trained = await strata(
    here,
    "train --data drawn:pictures=100,pixels=16 --model lenet5 --input 32 --epochs 2 --batch 16 --threads 1 --pair smoothing --seed 3 --json",
  );
  expect(trained.code, trained.out).toBe(0);
  expect(await strata(here, `bundle export --experiment 1 --to ${file}`)).toMatchObject({ code: 0 });

  const imported = await strata(there, `bundle import ${file} --json`);
  expect(JSON.parse(imported.out).imported).toMatchObject({ runIds: [1, 2], numbersThere: [1, 2], withWeights: 2 });
  const shown = await Promise.all([here, there].map((home) => strata(home, "show 2 --json")));
  const [original, arrived] = shown.map(({ out }) => JSON.parse(out).run);
  expect(arrived).toMatchObject({ test: original.test, validation: original.validation, state: "finished" });

  const replay = await strata(there, "replay 2 --json");
  const outcome: ReplayOutcome = JSON.parse(replay.out).replay;
  expect(outcome).toMatchObject({ runId: 2, replayId: 3, isSame: true, different: 0, pictures: { areSame: true } });
  expect(outcome.values).toBeGreaterThan(100);
  expect(replay.code).toBe(0);
  const other = await strata(there, "replay 1 --threads 1");
  expect(other.out).toContain("Same figures to the last bit");
});
