import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { terminalAnswer } from "../../src-main/shell/terminal-answer.ts";
import { temporaryFolder } from "../support/picture-folder.ts";

afterEach(() => vi.restoreAllMocks());

const answer = (...words: readonly string[]) => terminalAnswer(words, "1.2.3", "/opt/bin/strata");

test("its version and how it is called are told in a terminal; anything else wants the window", () => {
  expect(answer("--version")).toEqual({ text: "1.2.3\n", exitCode: 0 });
  expect(answer("--help")).toEqual({
    text: expect.stringMatching(/^Usage: strata .*\n(.*\n)*.*: \/opt\/bin\/strata\n$/),
    exitCode: 0,
  });
  expect([answer(), answer("flowers.zip"), answer("--self-test"), answer("app"), answer("strata://open")]).toEqual([
    ...[null, null, null, null, null],
  ]);
});

test("a command is no window's: where commands are is said, and it ends as not understood", () => {
  expect(answer("--no-sandbox", "doctor", "--json")).toEqual({
    text: expect.stringMatching(
      /^This program opens the window, and knows no command "doctor"\.\nUsage: .*\n(.*\n)*.*: \/opt\/bin\/strata\n$/,
    ),
    exitCode: 2,
  });
});

test("a folder that is called like a command is opened", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "models"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  expect(answer("models")).toBeNull();
});
