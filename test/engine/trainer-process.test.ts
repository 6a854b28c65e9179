import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startTrainer } from "../../src-main/engine/trainer/trainer-process.ts";

/** @returns what becomes of a process that runs these lines when it is asked for a report */
function endOfOneThat(lines: string) {
  const folder = mkdtempSync(join(tmpdir(), "strata-trainer-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entry = join(folder, "trainer.mjs");
  writeFileSync(entry, `process.on("message", () => { ${lines} });`);
  const heard: unknown[] = [];
  const trainer = startTrainer(entry, (message) => heard.push(message), {}, 100);
  trainer.send({ kind: "report" });
  return trainer.exited.then(({ code, signal }) => ({ heard, code, signal }));
}

test("a process that said all and stands still in its exit has ended well", async () => {
  const end = endOfOneThat(`process.send("all"); process.disconnect(); setInterval(() => {}, 1000);`);
  expect(await end).toEqual({ heard: ["all"], code: 0, signal: null });
});

test("one that ends by itself is told by its code, and one that is killed by its signal", async () => {
  expect(await endOfOneThat("process.exit(3);")).toEqual({ heard: [], code: 3, signal: null });
  // Windows has no signals: whoever ends another gives it a code.
  const killed = process.platform === "win32" ? { code: 1, signal: null } : { code: null, signal: "SIGKILL" };
  expect(await endOfOneThat(`process.kill(process.pid, "SIGKILL");`)).toMatchObject(killed);
});
