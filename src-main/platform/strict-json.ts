/**
 * JSON out of a file that anybody may have written, read strictly and within bounds: before anything is made of the text it is gone through once, with no
 * memory but for the keys of the objects around. `JSON.parse` takes the last of two equal keys and says nothing, so that two readers of one file could see
 * two things in it; and what is read becomes ten times as large as its text, and may be nested deeper than a program that looks through it can follow.
 */

export interface JsonBounds {
  /** Of any kind. */
  readonly mostValues: number;
  /** Lists, objects and the keys of these, which take up the most memory for the fewest bytes. */
  readonly mostListsAndKeys: number;
}

/** What describes the largest network here has a tenth of them. */
const usualBounds: JsonBounds = { mostValues: 250_000, mostListsAndKeys: 250_000 };
/** Deeper lists and objects are those of no model. */
const mostDepth = 100;
const mostNameLength = 100;

/** @param what as the errors name it, "its header" @throws Error saying what is wrong */
export function parseStrictJson(json: string, what: string, bounds = usualBounds): unknown {
  const trouble = troubleIn(json, bounds);
  if (trouble !== null) throw new Error(`${what} ${trouble}`);
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(`${what} is not JSON`);
  }
}

/** What reading it strictly would say, in words behind its name; null for nothing, though it may still not be JSON. */
export function troubleIn(json: string, { mostValues, mostListsAndKeys }: JsonBounds): string | null {
  /** Keys of the objects around, the innermost last; null for a list. */
  const around: (Set<string> | null)[] = [];
  let values = 0;
  let listsAndKeys = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case "{":
      case "[":
        if (around.push(json[at] === "{" ? new Set() : null) > mostDepth)
          return `is nested more than ${mostDepth} deep`;
        values++;
        listsAndKeys++;
        break;
      case ",":
        values++;
        break;
      case "}":
      case "]":
        around.pop();
        break;
      case '"': {
        const end = endOfText(json, at);
        const keys = isKey(json, end) ? around.at(-1) : null;
        if (keys) {
          const key = textOf(json.slice(at, end + 1));
          if (key === null) return "is not JSON";
          if (keys.has(key)) return `names ${JSON.stringify(key.slice(0, mostNameLength))} twice`;
          keys.add(key);
          listsAndKeys++;
        }
        at = end;
      }
    }
    if (values > mostValues) return `has more than ${mostValues} values`;
    if (listsAndKeys > mostListsAndKeys) return `has more than ${mostListsAndKeys} lists, objects and keys`;
  }
  return null;
}

/** Where the quotation mark is that ends the text which begins at `begin`. */
function endOfText(json: string, begin: number): number {
  let end = begin + 1;
  while (end < json.length && json[end] !== '"') end += json[end] === "\\" ? 2 : 1;
  return end;
}

function isKey(json: string, end: number): boolean {
  let next = end + 1;
  while (next < json.length && " \t\n\r".includes(json[next]!)) next++;
  return json[next] === ":";
}

function textOf(json: string): string | null {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
