/**
 * Runs found by what is known of them. One language for the window's box and the command line: words that all have to occur, and conditions such as
 * `smoothing>0`, `top1 >= 80%`, `state=failed`, `tag:night`, on any field of `run-fields.ts`. What is not understood is said, and never answered with no run.
 */
import { StrataError } from "../../contract/errors.ts";
import { type RunView, runStates, runStateTitles } from "../../contract/run.ts";
import { nearestOf } from "../nearest.ts";
import { conditionTest, isUnit, type RunTest, type Sign } from "./run-condition.ts";
import type { RunField } from "./run-field.ts";
import { findRunField, unknownFieldError } from "./run-fields.ts";

export interface RunQuery {
  /** Whether a run fits all that was understood. */
  readonly matches: RunTest;
  /** The first thing that was not understood. */
  readonly problem: StrataError | null;
}

interface Token {
  readonly kind: "word" | "quoted" | "sign";
  readonly text: string;
  /** Where it begins and ends in what was typed. */
  readonly start: number;
  readonly end: number;
}

const tokenPattern = /["“”]([^"“”]*)["“”]|(<=|>=|!=|==|[=<>:≤≥≠])|((?:[^\s"“”<>=:≤≥≠!]|!(?!=))+)/g;
const signs: Readonly<Record<string, Sign>> = { "==": "=", "≤": "<=", "≥": ">=", "≠": "!=" };
/** `learning rate`, `best hard loss`: a name on the page may be several words. */
const mostWordsOfName = 5;

/** A run fits when every word occurs in it and every condition holds. Without words, every run fits. */
export function parseRunQuery(text: string, runs: readonly RunView[]): RunQuery {
  const tests: RunTest[] = [];
  const problems: StrataError[] = [];
  const attempt = (test: () => RunTest): void => {
    try {
      tests.push(test());
    } catch (thrown) {
      if (!(thrown instanceof StrataError)) throw thrown;
      problems.push(thrown);
    }
  };
  const tokens = tokensOf(text);
  let words: Token[] = [];
  const takeWords = (taken: readonly Token[]): void => {
    for (const { kind, text: word } of taken) attempt(() => (kind === "quoted" ? occurs(word) : wordTest(word, runs)));
    words = [];
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind !== "sign") {
      words.push(token);
      continue;
    }
    const { name, before } = nameBefore(words);
    const { value, next } = valueFrom(tokens, at + 1);
    takeWords(before);
    attempt(() => condition(name, token.text, value));
    at = next - 1;
  }
  takeWords(words);
  return { matches: (run) => tests.every((test) => test(run)), problem: problems[0] ?? null };
}

/** A time of day or the like, `10:30`, is a word: no name begins with a digit. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(tokenPattern)) {
    const [whole, quoted, sign] = match;
    const [start, end] = [match.index, match.index + whole.length];
    const kind = quoted !== undefined ? "quoted" : sign !== undefined ? "sign" : "word";
    const last = tokens.at(-1);
    const isJoined = last?.kind === "word" && last.end === start && /^\d/.test(last.text);
    if (isJoined && (whole === ":" || (kind === "word" && last.text.endsWith(":"))))
      tokens[tokens.length - 1] = { ...last, text: last.text + whole, end };
    else tokens.push({ kind, text: quoted ?? whole, start, end });
  }
  return tokens;
}

/** The longest name that the words before a sign end in; where they end in none, the last of them. */
function nameBefore(words: readonly Token[]): { readonly name: string; readonly before: readonly Token[] } {
  const plain = words.slice(words.findLastIndex(({ kind }) => kind === "quoted") + 1);
  const most = Math.min(mostWordsOfName, plain.length);
  const nameOf = (length: number): string =>
    length === 0
      ? ""
      : plain
          .slice(-length)
          .map(({ text }) => text)
          .join(" ");
  let length = most;
  while (length > 1 && findRunField(nameOf(length)) === null) length--;
  return { name: nameOf(length), before: words.slice(0, words.length - length) };
}

/** The value behind a sign, with a unit that stands apart: `80 %`. */
function valueFrom(tokens: readonly Token[], at: number): { readonly value: string | null; readonly next: number } {
  const [first, unit, behind] = tokens.slice(at, at + 3);
  if (first === undefined || first.kind === "sign") return { value: null, next: at };
  const isNumber = first.kind === "word" && /\d$/.test(first.text);
  // `epochs>3 steps<9`: a word before a sign is a name.
  const hasUnit = isNumber && unit?.kind === "word" && isUnit(unit.text) && behind?.kind !== "sign";
  return hasUnit ? { value: first.text + unit.text, next: at + 2 } : { value: first.text, next: at + 1 };
}

function condition(name: string, typedSign: string, value: string | null): RunTest {
  const term = `${name}${typedSign}${value ?? ""}`;
  if (name === "") {
    const remedy = "Begin with a setting or a figure, as in top1>=80%; put words to look for in quotes.";
    throw new StrataError("find.not-understood", {
      condition: term,
      problem: "there is no name before the sign",
      remedy,
    });
  }
  const field = findRunField(name);
  if (field === null) throw unknownFieldError(name);
  if (value === null || value === "") {
    const remedy = `Add one, as in ${exampleOf(field, name)}.`;
    throw new StrataError("find.not-understood", {
      condition: term,
      problem: "there is no value behind the sign",
      remedy,
    });
  }
  // Every sign of the pattern is one of these, or stands for one.
  return conditionTest(field, signs[typedSign] ?? (typedSign as Sign), value, term);
}

function exampleOf({ type }: RunField, name: string): string {
  const spelled = name.includes(" ") ? name.replaceAll(" ", "-") : name;
  if (type.kind === "number") return type.unit === "share" ? `${spelled}>=80%` : `${spelled}>0`;
  if (type.kind === "option") return `${spelled}=${type.options.keys().next().value}`;
  return { "yes-or-no": `${spelled}=yes`, date: `${spelled}>=2026-01-31`, words: `${spelled}:word` }[type.kind];
}

const stateOfWord: ReadonlyMap<string, string> = new Map(
  runStates.flatMap((state) => [
    [state, state],
    [runStateTitles[state].toLowerCase(), state],
  ]),
);

/** A word by itself: a state's name finds the runs in that state too. */
function wordTest(word: string, runs: readonly RunView[]): RunTest {
  const isInText = occurs(word);
  const state = stateOfWord.get(word.toLowerCase());
  if (state !== undefined) return (run) => run.state === state || isInText(run);
  if (runs.length === 0 || runs.some(isInText)) return isInText;
  const field = findRunField(word);
  if (field !== null) {
    const remedy = `Add what it should be, as in ${exampleOf(field, word)}; put words to look for in quotes.`;
    throw new StrataError("find.not-understood", { condition: word, problem: "a name alone says nothing", remedy });
  }
  const begun =
    word.length < 3 ? undefined : [...stateOfWord.keys()].find((name) => name.startsWith(word.toLowerCase()));
  const near = begun ?? nearestOf(word, stateOfWord.keys());
  if (near === null) return isInText;
  const remedy = `Did you mean ${near}? Put words to look for in quotes.`;
  throw new StrataError("find.not-understood", { condition: word, problem: "no run has this word", remedy });
}

/** Title, note, tags, network, data set and number. */
function occurs(word: string): RunTest {
  const wanted = word.toLowerCase();
  return ({ id, title, note, tags, model, dataset }) =>
    `${id} ${title} ${note} ${tags.join(" ")} ${model.id} ${model.title} ${dataset.name}`
      .toLowerCase()
      .includes(wanted);
}
