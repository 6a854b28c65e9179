import { expect, test } from "vitest";
import { terminalAnswer } from "../../src-main/shell/terminal-answer.ts";

const answer = (...words: readonly string[]) => terminalAnswer(words, "1.2.3", "/opt/bin/strata");

test("its version and how it is called are told in a terminal; anything else wants the window", () => {
  expect(answer("--version")).toBe("1.2.3\n");
  expect(answer("--help")).toMatch(/^Usage: strata .*\n(.*\n)*.*: \/opt\/bin\/strata\n$/);
  expect([answer(), answer("flowers.zip"), answer("--self-test")]).toEqual([null, null, null]);
});
