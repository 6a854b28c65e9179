/** Asks a piece of the program in a process of its own, which may stand still or grow: the test goes on all the same, and says so. */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";

const patienceMillis = 60_000;
const mostBytes = 1.5e9;

/**
 * @param module its path from the root of the sources
 * @param call an expression of `module` and `value`
 * @returns for each value the code of the error that the call ended with, or what it gave as JSON; what became of the process stands last where it did not end before it had answered
 */
export function askInChild(module: string, call: string, values: readonly string[]): readonly string[] {
  const code = `
    setInterval(() => process.memoryUsage.rss() > ${mostBytes} && (console.log("it grew"), process.exit()), 10);
    const module = await import(${JSON.stringify(pathToFileURL(module).href)});
    for (const value of ${JSON.stringify(values)})
      try { console.log(JSON.stringify(await (${call}))); }
      catch (thrown) { console.log(thrown.code ?? thrown.stack); }
    process.exit();`;
  const { signal, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    ...{ timeout: patienceMillis, killSignal: "SIGKILL", encoding: "utf8" },
  });
  const answers = stdout.split("\n").filter((line) => line !== "");
  // Node can stand still in its own exit (nodejs/node#54918), with every answer given: what was asked had ended.
  if (signal !== null && answers.length < values.length) return [...answers, "it did not end"];
  return answers.length > 0 ? answers : [stderr];
}
