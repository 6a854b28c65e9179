/** A disk that fails as the record is written: what a limit on the size of files makes of every disk. Commands say so in the one sentence and end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/unusable-places.ts";

const entry = fileURLToPath(new URL("../../src-main/entrypoints/cli.ts", import.meta.url));
const sentence = /^The disk reported an error, or a file there may not become larger\. Look at the disk [^\n]*: \S+\n/;
const training = "--data drawn:pictures=100,pixels=16 --model lenet5 --input 32 --epochs 300";

/** @param kilobytes no file becomes larger */
async function outcomeOf(words: string, kilobytes: number, home: string, endAfterMillis?: number) {
  const limited = `ulimit -f ${kilobytes}; exec "$0" "$@"`;
  const child = spawn("bash", ["-c", limited, process.execPath, entry, ...words.split(" ")], {
    ...{ env: { ...process.env, STRATA_HOME: home }, stdio: ["ignore", "pipe", "pipe"] },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text) => {
      said += text;
    });
  const timer = endAfterMillis === undefined ? undefined : setTimeout(() => child.kill(), endAfterMillis);
  const patience = setTimeout(() => child.kill("SIGKILL"), 90_000);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  clearTimeout(patience);
  return { code, said };
}

describe.runIf(process.platform === "linux")("where the record cannot grow", () => {
  it("every command says so", async () => {
    for (const words of ["runs", "data inspect drawn:pictures=100,pixels=16", "queue"]) {
      const { code, said } = await outcomeOf(words, 1, temporaryFolder());
      expect([words, code, said]).toEqual([words, 1, expect.stringMatching(sentence)]);
      expect(said.split("\n")).toHaveLength(2);
    }
  });

  it("a training ends with it, instead of waiting for the disk", async () => {
    const { code, said } = await outcomeOf(`train ${training}`, 330, temporaryFolder());
    expect(code).toBe(1);
    expect(said).toMatch(/^The disk reported an error/m);
    expect(said).not.toMatch(/^ +at /m);
  });
});
