/** A run on a person's folder, replayed where that lies elsewhere: with the same pictures it is the same run, with others they are named. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { ReplayOutcome } from "../../src-main/contract/replay.ts";
import type { ExportedBundle } from "../../src-main/contract/run-bundle.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { createTestCli } from "../support/run-cli.ts";
import { startEngine } from "../support/with-engine.ts";

async function started() {
  const { engine, close } = await startEngine();
  onTestFinished(close);
  const cli = createTestCli(undefined, engine);
  onTestFinished(() => cli.remove());
  return { engine, cli };
}
const folderOf = async (shade: number): Promise<string> =>
  writeFiles(temporaryFolder(), { ...(await pictures("cat", 12)), ...(await pictures("dog", 12, shade)) });

it("an imported run is replayed on the folder that is named, and other pictures in it are named as the reason", async () => {
  const here = await started();
  const words = "--model lenet5 --input 32 --epochs 2 --batch 4 --seed 1";
  expect(await here.cli.run(`train --data ${await folderOf(60)} ${words}`)).toMatchObject({ exitCode: 0 });
  // The script writes no weights that could be read.
  await here.engine.runs.freeSpace([1]);
  const file = join(temporaryFolder(), "run.zip");
  const exported: ExportedBundle = JSON.parse((await here.cli.run(`bundle export 1 --to ${file} --json`)).out).exported;
  expect([exported.withWeights, existsSync(file)]).toEqual([0, true]);
  expect(await here.cli.run(`bundle export 1 --to ${file}`)).toMatchObject({ exitCode: 1 });

  const there = await started();
  expect((await there.cli.run(`bundle import ${file}`)).out).toContain("name their folder with --data");
  const refused = await there.cli.run("replay 1");
  expect([refused.exitCode, refused.err]).toEqual([2, expect.stringContaining("with --data")]);

  const replayed = async (runId: number, data: string): Promise<ReplayOutcome & { readonly exitCode: number }> => {
    const { out, exitCode } = await there.cli.run(`replay ${runId} --data ${data} --json`);
    return { ...JSON.parse(out).replay, exitCode };
  };
  const fewer = writeFiles(temporaryFolder(), { ...(await pictures("cat", 12)), ...(await pictures("dog", 11, 60)) });
  expect((await there.cli.run(`replay 1 --data ${fewer}`)).err).toMatch(
    /^The pictures are others: \d training pictures of “dog” instead of \d.*\.\n/,
  );
  const others = await replayed(1, await folderOf(90));
  expect(others).toMatchObject({ exitCode: 1, isSame: false, pictures: { areSame: false, counts: [] } });
  const same = await replayed(1, await folderOf(60));
  expect(same).toMatchObject({ exitCode: 0, isSame: true, pictures: { areSame: true }, different: 0 });
  expect(there.engine.runs.get(same.replayId).tags).toEqual(["replay-of-1"]);
  // Now that its pictures are known it needs no folder to be named.
  expect(await there.cli.run("replay 1")).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining("Same figures to the last bit"),
  });
});
