import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openSafetensors, writeSafetensors } from "../../src-main/platform/safetensors.ts";

const folder = mkdtempSync(join(tmpdir(), "strata-safetensors-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with this header, as text or as an object, and these bytes behind it. */
function written(header: string | object, data: Uint8Array = new Uint8Array(), length?: bigint): string {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(json.length));
  const path = join(folder, "file.safetensors");
  writeFileSync(path, Buffer.concat([size, json, data]));
  return path;
}

function read(path: string, name: string): number[] {
  const file = openSafetensors(path);
  try {
    return [...file.read(name)];
  } finally {
    file.close();
  }
}

function problemOf(path: string): string {
  try {
    openSafetensors(path).close();
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return "none";
}

const float = (begin: number, shape = [1]) => ({ dtype: "F32", shape, data_offsets: [begin, begin + 4] });

describe("a safetensors file", () => {
  it("gives back what was written, with its metadata, and leaves nothing beside it", () => {
    const path = join(folder, "new", "weights.safetensors");
    const values = Float32Array.of(1, -2.5, Number.NaN, 1e-40, 5, 6);
    const tensors = [
      { name: "a/kernel", shape: [2, 3], values: () => values },
      { name: "__proto__", shape: [], values: () => Float32Array.of(7) },
      { name: "none", shape: [0, 4], values: () => new Float32Array() },
    ];
    writeSafetensors(path, tensors, { key: "Wörter" });
    const file = openSafetensors(path);
    expect(file.metadata).toEqual({ key: "Wörter" });
    expect([...file.tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ["a/kernel", [2, 3]],
      ["__proto__", []],
      ["none", [0, 4]],
    ]);
    expect(file.read("a/kernel")).toEqual(values);
    expect([...file.read("__proto__")]).toEqual([7]);
    expect(file.read("none").length).toBe(0);
    file.close();
    expect(readdirSync(join(folder, "new"))).toEqual(["weights.safetensors"]);
    expect((8 + Number(readFileSync(path).readBigUInt64LE())) % 8).toBe(0);
  });

  it("leaves what stood there where writing fails half-way, and nothing beside it", () => {
    const path = join(folder, "kept", "weights.safetensors");
    const one = { name: "a", shape: [1], values: () => Float32Array.of(1) };
    writeSafetensors(path, [one], {});
    const fails = {
      name: "b",
      shape: [1],
      values: () => {
        throw new Error("no values");
      },
    };
    expect(() => writeSafetensors(path, [one, fails], {})).toThrow("no values");
    expect(readdirSync(join(folder, "kept"))).toEqual(["weights.safetensors"]);
    expect(read(path, "a")).toEqual([1]);
  });

  it("is read from any of the types that weights come in", () => {
    const of = (dtype: string, bytes: number) => ({ a: { dtype, shape: [3], data_offsets: [0, bytes] } });
    const bytes = (array: Float64Array | Uint16Array) => new Uint8Array(array.buffer);
    expect(read(written(of("F64", 24), bytes(Float64Array.of(1, -0.5, 1e300))), "a")).toEqual([1, -0.5, Infinity]);
    // 1, −65504 (the largest) and 2⁻²⁴ (the smallest).
    const halves = Uint16Array.of(0x3c00, 0xfbff, 0x0001);
    expect(read(written(of("F16", 6), bytes(halves)), "a")).toEqual([1, -65504, 2 ** -24]);
    expect(read(written(of("F16", 6), bytes(Uint16Array.of(0x7c00, 0xfc00, 0x7e00))), "a")).toEqual([
      Infinity,
      -Infinity,
      NaN,
    ]);
    expect(read(written(of("BF16", 6), bytes(Uint16Array.of(0x3f80, 0xc020, 0x7f80))), "a")).toEqual([
      1,
      -2.5,
      Infinity,
    ]);
  });

  it("may hold types that are no weights, which are not read", () => {
    const path = written({ n: { dtype: "I64", shape: [], data_offsets: [0, 8] } }, new Uint8Array(8));
    expect(problemOf(path)).toBe("none");
    expect(() => read(path, "n")).toThrow(/n is of type I64/);
  });
});

describe("a file that does not add up is refused with its reason", () => {
  const data = new Uint8Array(8);
  it.each([
    ["empty", () => written("", data, 0n), /header is not JSON/],
    ["a header longer than the file", () => written("{}", data, 2n ** 40n), /was cut short/],
    ["a header's length beyond 63 bits", () => written("{}", data, 2n ** 64n - 1n), /was cut short/],
    ["a huge header", () => written("{}".padEnd(5 * 2 ** 20)), /4194304 bytes are read, and it has more/],
    ["no JSON", () => written("{nonsense}"), /header is not JSON/],
    ["not UTF-8", () => written("", Uint8Array.of(0x22, 0xff, 0x22), 3n), /header is not JSON/],
    ["a list", () => written("[]"), /header is not an object/],
    ["JSON a million lists deep", () => written("[".repeat(1_000_000)), /header is nested more than 100 deep/],
    [
      "JSON a hundred thousand lists deep, all closed",
      () => written(`{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`),
      /header is nested more than 100 deep/,
    ],
    ["a text of four megabytes", () => written({ a: "x".repeat(4e6) }), /what it says of a is/],
    ["a name of four megabytes", () => written({ ["x".repeat(4e6)]: 1 }), /^.{20,500}$/],
    ["a text of nothing but escapes", () => written(`{"a":"${'\\"'.repeat(1e6)}"}`), /what it says of a is/],
    ["half a million values", () => written(`{"a":[${"1,".repeat(5e5)}1]}`), /more than 250000 values/],
    ["metadata that is not text", () => written({ __metadata__: { a: 1 } }), /metadata is not text/],
    ["an unknown type", () => written({ a: { ...float(0), dtype: "F33" } }, data), /a is of the unknown type F33/],
    ["a type from the prototype", () => written({ a: { ...float(0), dtype: "toString" } }, data), /unknown type toStr/],
    ["a negative side", () => written({ a: float(0, [-1]) }, data), /what it says of a/],
    ["a fractional side", () => written({ a: float(0, [0.5]) }, data), /what it says of a/],
    ["a side beyond whole numbers", () => written({ a: float(0, [2 ** 60]) }, data), /what it says of a/],
    ["offsets the wrong way round", () => written({ a: { ...float(0), data_offsets: [4, 0] } }, data), /in -4 bytes/],
    ["a shape for other bytes", () => written({ a: float(0, [2]) }, data), /2 values of type F32 in 4 bytes/],
    ["values behind the end", () => written({ a: float(0), b: float(4), c: float(8) }, data), /c would end at byte 12/],
    ["overlapping values", () => written({ a: float(0), b: float(2) }, data), /b lies over another/],
    ["the same values twice", () => written({ a: float(0), b: float(0), c: float(4) }, data), /b lies over another/],
    ["a gap", () => written({ a: float(4) }, data), /a gap before a/],
    ["bytes that nobody names", () => written({ a: float(0) }, data), /4 bytes at its end/],
    [
      "one name twice",
      () => written(`{"a":${JSON.stringify(float(0))},"\\u0061":${JSON.stringify(float(4))}}`, data),
      /names "a" twice/,
    ],
    [
      "one field twice",
      () => written('{"a":{"dtype":"F64","dtype":"F32","shape":[2],"data_offsets":[0,8]}}', data),
      /names "dtype" twice/,
    ],
  ])("%s", (_, make, problem) => {
    expect(problemOf(make())).toMatch(/^weights\.damaged/);
    expect(problemOf(make())).toMatch(problem);
  });

  it("nothing is said of what is in a file that is none of weights, nor of its size", () => {
    const path = join(folder, "secret");
    const contents = [
      "",
      "hunter2",
      "password: hunter2\n",
      "\u0010\0\0\0\0\0\0\0 and a secret of the person",
      " ".repeat(5e6),
    ];
    const said = contents.map((content) => {
      writeFileSync(path, content);
      return problemOf(path);
    });
    // As for the length that the fourth states, it might be a file of weights.
    const isNone = /does not begin as a safetensors file does, or was cut short/;
    expect(
      said.map((words) => (isNone.test(words) ? "none" : words.match(/of no format that is read: ([^.]*)/)?.[1])),
    ).toEqual(["none", "none", "none", "its header is not JSON", "none"]);
    const [first] = said;
    for (const index of [1, 2, 4]) expect(said[index]).toBe(first);
  });

  it("a weight that takes no room on the disk and all of the memory is not read", () => {
    const values = 2 ** 31;
    const path = written({ a: { dtype: "F32", shape: [values], data_offsets: [0, 4 * values] } });
    truncateSync(path, readFileSync(path).length + 4 * values);
    const file = openSafetensors(path);
    expect(() => file.read("a")).toThrow(expect.objectContaining({ code: "weights.damaged" }));
    file.close();
    rmSync(path);
  });

  it("cut at any of its bytes", () => {
    const path = join(folder, "cut.safetensors");
    writeSafetensors(path, [{ name: "a", shape: [2], values: () => Float32Array.of(1, 2) }], {});
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      expect(problemOf(path)).toMatch(/^weights\.damaged/);
    }
  });

  it("cut after it was opened", () => {
    const path = written({ a: float(0), b: float(4) }, data);
    const file = openSafetensors(path);
    truncateSync(path, 80);
    expect(() => file.read("b")).toThrow(expect.objectContaining({ code: "weights.damaged" }));
    file.close();
  });

  it("is missing, or a folder", () => {
    expect(problemOf(join(folder, "nowhere"))).toMatch(/^weights\.not-found/);
    expect(problemOf(folder)).toMatch(/^file\.not-regular/);
  });

  it("is not taken for a pickle for the length of its header", () => {
    // 0x10280: as a pickle of protocol 2 begins.
    expect(problemOf(written("{}".padEnd(0x10280)))).toBe("none");
  });

  it("and a pickle is not read at all: it could run a program", () => {
    const path = join(folder, "model.pth");
    for (const start of ["PK\u0003\u0004 and the rest of an archive", "\u0080\u0002}q\u0000(X\u0001"]) {
      writeFileSync(path, start, "latin1");
      expect(problemOf(path)).toMatch(/^weights\.pickle: .*save_file/);
    }
  });
});
