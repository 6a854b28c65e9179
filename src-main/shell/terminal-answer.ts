/** What the window's program is asked in a terminal, and answers there without a window. */
import { resolve } from "node:path";
import { existingFolder } from "./open-request.ts";
import { terminalWords } from "./words.ts";

export interface TerminalAnswer {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

/**
 * @param words of the command line after the program
 * @param commandLine path of the program that does the rest in a terminal
 * @returns the answer; null where the window is wanted
 */
export function terminalAnswer(words: readonly string[], version: string, commandLine: string): TerminalAnswer | null {
  if (words.includes("--version")) return { text: `${version}\n`, exitCode: 0 };
  if (words.includes("--help")) return { text: terminalWords.help(commandLine), exitCode: 0 };
  const first = words.find((word) => !word.startsWith("-"));
  if (first === undefined || !isCommand(first)) return null;
  return { text: `${terminalWords.noCommands(first)}\n${terminalWords.help(commandLine)}`, exitCode: 2 };
}

/** No command has a slash or a dot in its name; a folder that is called so is meant, and `app` is the window. */
function isCommand(word: string): boolean {
  return /^[a-z][a-z-]*$/.test(word) && word !== "app" && existingFolder(resolve(word)) === null;
}
