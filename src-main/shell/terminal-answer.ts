/** What the window's program is asked in a terminal, and answers there without a window. */
import { terminalWords } from "./words.ts";

/**
 * @param words of the command line after the program
 * @param commandLine path of the program that does the rest in a terminal
 * @returns the answer; null where the window is wanted
 */
export function terminalAnswer(words: readonly string[], version: string, commandLine: string): string | null {
  if (words.includes("--version")) return `${version}\n`;
  return words.includes("--help") ? terminalWords.help(commandLine) : null;
}
