/** `--limit` and `--page` of commands that list what may be long, and what they say of the rest. */
import { type Command, InvalidArgumentError } from "commander";
import { mostOnPage } from "../contract/page.ts";
import { wholeFlag } from "./flags.ts";
import { whole } from "./format.ts";

export interface PageFlags {
  readonly limit: number;
  readonly page: number;
}

/** @param usual how many without `--limit` */
export function addPageFlags(command: Command, usual: number): Command {
  return command
    .option("--limit <count>", "on a page", countFlag, usual)
    .option("--page <number>", "1 is the newest, or the first by --sort", countFlag, 1);
}

function countFlag(text: string): number {
  const count = wholeFlag(text);
  if (count < 1 || count > mostOnPage) throw new InvalidArgumentError(`It is 1 to ${whole(mostOnPage)}.`);
  return count;
}

/** As the engine is asked. */
export function askedPage({ limit, page }: PageFlags): { readonly skip: number; readonly most: number } {
  return { skip: (page - 1) * limit, most: limit };
}

/** Of a list of which so many are shown. */
export interface PagedDocument {
  /** On all pages. */
  readonly found: number;
  /** Behind those that are shown. */
  readonly more: number;
}

export function pagedDocument({ limit, page }: PageFlags, shown: number, found: number): PagedDocument {
  return { found, more: Math.max(0, found - (page - 1) * limit - shown) };
}

/** Empty where all is shown. @param what `runs` */
export function pageInWords(flags: PageFlags, shown: number, found: number, what: string): string {
  const { limit, page } = flags;
  if (shown === found) return "";
  const pages = Math.ceil(found / limit);
  if (shown === 0) return `There are ${whole(found)} ${what}, on ${whole(pages)} pages.\n`;
  const first = (page - 1) * limit + 1;
  const range = `${whole(first)} to ${whole(first + shown - 1)} of ${whole(found)} ${what}`;
  return pagedDocument(flags, shown, found).more > 0 ? `${range}; --page ${page + 1} has the next.\n` : `${range}.\n`;
}
