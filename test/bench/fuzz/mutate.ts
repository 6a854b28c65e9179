/** Changes to what was valid: values of JSON by their types, and bytes. Everything is drawn, so that a number names one case for good. */
import type { Random } from "../../../src-main/platform/random.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const oneOf = <T>(random: Random, values: readonly T[]): T => values[random.integer(values.length)]!;

const numbers = [0, -1, -0.5, 0.1, 1, 2, 7, 1e9, 2 ** 31, 2 ** 53, 9.1e18, 1e308, -1e308, 5e-324];

const texts: readonly ((random: Random) => string)[] = [
  () => "",
  () => " ",
  () => "\0",
  () => "a\0b",
  () => "\ud800",
  () => "\udfff\ud800",
  () => "\u202e\u001b[2J",
  () => "𝒳é".repeat(50),
  () => "__proto__",
  () => "constructor",
  () => "%s%n{{7*7}}",
  () => "'; DROP TABLE runs; --",
  (random) => "x".repeat(10 ** (1 + random.integer(5))),
  (random) => oneOf(random, oddPaths),
];

/** None leads to a large folder, which would be looked at for minutes as it should; the engine begins in an empty one. */
export const oddPaths = [
  ...[
    "",
    ".",
    "..",
    "~",
    "~root",
    "//nowhere",
    "/nowhere",
    "relative/folder",
    "C:\\Windows",
    "\\\\server\\share",
    "\\\\?\\C:\\",
  ],
  ...["/dev/null", "/dev/zero", "/dev/tty", "/proc/self/mem", "/proc/self/fd/0", "/etc/hostname", "/proc/version"],
  ...[
    "file:///etc/passwd",
    "http://127.0.0.1/",
    "/\0",
    "/a\0b",
    `/${"x".repeat(300)}`,
    `/${"x/".repeat(2_400)}`,
    "/\ud800",
  ],
];

/** One place in it is another than it was; now and then two or three. */
export function mutated(value: Json, random: Random): Json {
  let changed = value;
  for (let times = 1 + Math.floor(3 * random.uniform() ** 4); times > 0; times--)
    changed = changedSomewhere(changed, random);
  return changed;
}

function changedSomewhere(value: Json, random: Random): Json {
  const isParent = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  if (!isParent || random.integer(5) === 0) return other(value, random);
  if (isList(value)) {
    const at = random.integer(value.length);
    return value.map((part, index) => (index === at ? changedSomewhere(part, random) : part));
  }
  const keys = Object.keys(value);
  const key = oneOf(random, keys);
  if (random.integer(12) === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: changedSomewhere(value[key]!, random) };
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Of the same type mostly, but of another kind of value. */
function other(value: Json, random: Random): Json {
  if (random.integer(3) === 0) return anything(random);
  if (typeof value === "number") return oneOf(random, [...numbers, value + 1, -value, value * 1e6]);
  if (typeof value === "string")
    return oneOf(random, [oneOf(random, texts)(random), `${value}x`, value.slice(0, 100).repeat(1_000)]);
  if (typeof value === "boolean") return oneOf<Json>(random, [!value, "true", 1, null]);
  if (value === null) return anything(random);
  if (isList(value)) return otherList(value, random);
  return { ...value, [oneOf(random, ["__proto__", "toString", "extra", ""])]: anything(random) };
}

function otherList(value: readonly Json[], random: Random): Json {
  const part = value.length > 0 ? oneOf(random, value) : anything(random);
  const length = Math.min(
    oneOf(random, [2, 100, 9_000, 11_000, 60_000]),
    Math.ceil(mostCharacters / charactersOf(part)),
  );
  return oneOf<() => Json>(random, [
    () => [],
    () => [...value, ...value],
    () => Array.from({ length }, () => part),
    () => Array.from({ length }, (_, index) => index + 1),
    () => Array.from({ length: Math.min(length, 20_000) }, (_, index) => `wrong ${index}`),
  ])();
}

/** Of a list that is made long: a little more than the server takes. */
const mostCharacters = 1_200_000;

function charactersOf(value: Json): number {
  let characters = 0;
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    characters += 8 + (typeof next === "string" ? next.length : 0);
    if (typeof next === "object" && next !== null) for (const part of Object.values(next)) waiting.push(part);
  }
  return characters;
}

function anything(random: Random): Json {
  return oneOf<() => Json>(random, [
    () => null,
    () => true,
    () => oneOf(random, numbers),
    () => oneOf(random, texts)(random),
    () => [],
    () => ({}),
    () => deep(oneOf(random, [5, 200, 1_000])),
    () => wide(oneOf(random, [50, 12_000])),
  ])();
}

function deep(levels: number): Json {
  let value: Json = "deep";
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const wide = (keys: number): Json =>
  Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, index]));

/** A few bytes are others, or a piece is gone, doubled, cut off or overwritten; often near the start, where formats say what follows. */
export function mutatedBytes(bytes: Uint8Array, random: Random): Buffer {
  let changed: Buffer = Buffer.from(bytes);
  for (let times = 1 + Math.floor(12 * random.uniform() ** 3); times > 0; times--)
    changed = changedBytes(changed, random);
  return changed;
}

function changedBytes(bytes: Buffer, random: Random): Buffer {
  if (bytes.length === 0) return Buffer.from([random.integer(256)]);
  const at = Math.floor(bytes.length * random.uniform() ** oneOf(random, [1, 3, 6]));
  const length = Math.min(bytes.length - at, 1 + Math.floor(oneOf(random, [4, 64, 4_096]) * random.uniform()));
  switch (random.integer(8)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 3:
      bytes.fill(oneOf(random, [0, 0x7f, 0xff]), at, at + length);
      return bytes;
    case 4: {
      // A number of four bytes, of either order.
      const number = oneOf(random, [0, 1, 0x7fff_ffff, 0xffff_ffff, 0xffff, 0x0100_0000, bytes.length]);
      if (at + 4 <= bytes.length) bytes[random.integer(2) === 0 ? "writeUInt32LE" : "writeUInt32BE"](number, at);
      return bytes;
    }
    default:
      bytes[at] = random.integer(2) === 0 ? bytes[at]! ^ (1 << random.integer(8)) : random.integer(256);
      return bytes;
  }
}
