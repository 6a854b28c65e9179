/** The command line in this process, on a home of its own, training by the script. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliIo, ExitCode } from "../../src-main/cli/io.ts";
import { runCli } from "../../src-main/cli/run-cli.ts";
import type { Engine } from "../../src-main/engine/create-engine.ts";
import { createCaller, type EngineCaller } from "../../src-main/engine/router.ts";
import { createServer } from "../../src-main/server/create-server.ts";
import { scriptedTrainer } from "./with-engine.ts";

export interface CliAnswer {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface TestCli {
  readonly home: string;
  /** Words as a shell would split them; as a list where one has a space or is empty. `onOut` is told of everything printed on standard output as it comes. */
  run(
    words: string | readonly string[],
    options?: { isWatched?: boolean; onOut?: (text: string, interrupt: () => void) => void; api?: EngineCaller },
  ): Promise<CliAnswer>;
  remove(): void;
}

/**
 * @param home one of its own unless named
 * @param engine answers every command, where what a test is about is the commands' words and not how each opens and leaves the record
 */
export function createTestCli(home = mkdtempSync(join(tmpdir(), "strata-cli-")), engine?: Engine): TestCli {
  const ofEngine = engine && createCaller({ engine });
  return {
    home,
    async run(words, { isWatched = false, onOut = () => {}, api = ofEngine } = {}) {
      let out = "";
      let err = "";
      let interrupt = () => {};
      const io: CliIo = {
        environment: { STRATA_HOME: home },
        out: (text) => {
          out += text;
          onOut(text, () => interrupt());
        },
        err: (text) => {
          err += text;
        },
        isWatched,
        api,
        onInterrupt: (handler) => {
          interrupt = handler;
        },
        listen: createServer,
        trainerEntry: scriptedTrainer,
      };
      const exitCode = await runCli(typeof words === "string" ? words.split(" ") : words, io);
      return { exitCode, out, err };
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
