/** One condition on one field of a run: its value read as the field's kind asks, or the reason why it cannot be one. */
import { StrataError } from "../../contract/errors.ts";
import type { RunView } from "../../contract/run.ts";
import { nearestOf } from "../nearest.ts";
import type { FieldKind, RunField } from "./run-field.ts";

export type Sign = "=" | "!=" | "<" | ">" | "<=" | ">=" | ":";
export type RunTest = (run: RunView) => boolean;

/** Whether an order, negative for less, is what the sign asks for. */
const holds: Readonly<Record<Exclude<Sign, ":">, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  ">": (order) => order > 0,
  "<=": (order) => order <= 0,
  ">=": (order) => order >= 0,
};

const scales = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
/** What a number may be followed by, in small letters, and what it is then multiplied with. */
const units: Readonly<Record<Extract<FieldKind, { kind: "number" }>["unit"], Readonly<Record<string, number>>>> = {
  share: { "%": 0.01 },
  nats: { nats: 1 },
  none: { "%": 0.01, ...scales, px: 1, "images/s": 1, epochs: 1, steps: 1 },
  seconds: { s: 1, sec: 1, seconds: 1, min: 60, minutes: 60, h: 3_600, hours: 3_600, days: 86_400 },
  bytes: {
    ...{ b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
    ...scales,
  },
};

/** Whether a word can follow a number. */
export function isUnit(word: string): boolean {
  return Object.values(units).some((known) => word.toLowerCase() in known);
}

/**
 * `none` asks for runs without a value; `:` whether words occur, and else what `=` does.
 * @param term the condition as it was typed
 * @throws StrataError `find.not-understood`
 */
export function conditionTest(field: RunField, sign: Sign, typed: string, term: string): RunTest {
  const refuse = (problem: string, remedy: string): StrataError =>
    new StrataError("find.not-understood", { condition: term, problem, remedy });
  const { type, read } = field;
  const equality = sign === ":" ? "=" : sign;
  const isOrder = equality !== "=" && equality !== "!=";
  if (typed.toLowerCase() === "none") {
    if (isOrder) throw refuse("none is neither more nor less than anything", "Ask with = or !=.");
    return (run) => (read(run) === null) === (equality === "=");
  }
  if (isOrder && (type.kind === "option" || type.kind === "yes-or-no"))
    throw refuse(`${field.title} is neither more nor less than anything`, "Ask with = or !=.");
  switch (type.kind) {
    case "number": {
      const wanted = numberFrom(typed, type.unit);
      if (typeof wanted === "string") throw refuse(wanted, numberRemedies[type.unit]);
      return compared(read, equality, (value) => Number(value) - wanted);
    }
    case "option":
      return compared(read, equality, equalTo(optionFrom(typed, sign, type.options, refuse)));
    case "yes-or-no": {
      const wanted = { yes: true, true: true, no: false, false: false }[typed.toLowerCase()];
      if (wanted === undefined) throw refuse(`${typed} is neither yes nor no`, "Ask with yes or no.");
      return compared(read, equality, (value) => (value === wanted ? 0 : 1));
    }
    case "date": {
      if (!/^\d{4}(-\d\d(-\d\d(T.+)?)?)?$/.test(typed)) throw refuse(`${typed} is no date`, "Write it as 2026-01-31.");
      // Of as much as is named: a day holds all its hours.
      return compared(read, equality, (value) => inOrder(String(value).slice(0, typed.length), typed));
    }
    case "words": {
      const parts = (run: RunView) => field.parts?.(run) ?? [String(read(run) ?? "")];
      const wanted = typed.toLowerCase();
      if (sign === ":") return (run) => parts(run).some((part) => part.toLowerCase().includes(wanted));
      if (isOrder) return compared(read, equality, (value) => inOrder(String(value).toLowerCase(), wanted));
      return (run) => parts(run).some((part) => part.toLowerCase() === wanted) === (equality === "=");
    }
  }
}

/** A run without a value fits no comparison but `!=`. */
function compared(read: RunField["read"], sign: Exclude<Sign, ":">, order: (value: unknown) => number): RunTest {
  return (run) => {
    const value = read(run);
    return value === null ? sign === "!=" : holds[sign](order(value));
  };
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const numberRemedies: Readonly<Record<keyof typeof units, string>> = {
  share: "Write 80% or 0.8; a number over 1 is read as percent.",
  seconds: "Write a number of seconds, or 5min, 2h.",
  bytes: "Write a number of bytes, or 20MB, 1.5GB.",
  nats: "Write a number, such as 0.5.",
  none: "Write a number, such as 0.01, 1e-3 or 2M.",
};

/** The number, or what is wrong with it. Of a share a bare number over 1 is percent. */
function numberFrom(typed: string, unit: keyof typeof units): number | string {
  const plain = typed.replace(/^−/, "-").replace(/e−/i, "e-");
  const [, digits = "", suffix = ""] = /^([+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?)(.*)$/i.exec(plain) ?? [];
  // Commas only between thousands.
  if (digits === "" || (digits.includes(",") && !/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(digits)))
    return `${typed} is no number`;
  const number = Number(digits.replaceAll(",", ""));
  const factor = suffix === "" ? (unit === "share" && number > 1 ? 0.01 : 1) : units[unit][suffix.toLowerCase()];
  if (factor === undefined) return `${suffix} is no unit of it`;
  // By its decimal point: 55.3 times 0.01 is not 0.553.
  const value = factor === 0.01 ? Number(`${number}e-2`) : number * factor;
  return unit === "share" && value > 1 ? `${typed} is more than 100 %` : value;
}

/** The values that are meant: with `:` all those that the word occurs in. */
function optionFrom(
  typed: string,
  sign: Sign,
  options: ReadonlyMap<string, string>,
  refuse: (problem: string, remedy: string) => StrataError,
): readonly string[] {
  const wanted = typed.toLowerCase();
  const meant = [...options].filter(([word]) => (sign === ":" ? word.includes(wanted) : word === wanted));
  if (meant.length > 0) return meant.map(([, value]) => value);
  const near = nearestOf(typed, options.keys());
  const all = [...options.keys()].join(", ");
  throw refuse(`${typed} is none of ${all}`, near === null ? "Name one of them." : `Did you mean ${near}?`);
}

function equalTo(wanted: readonly string[]): (value: unknown) => number {
  return (value) => (wanted.includes(String(value)) ? 0 : 1);
}
