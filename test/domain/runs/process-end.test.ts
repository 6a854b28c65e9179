import { expect, test } from "vitest";
import { endInWords, isCrash, isForWantOfMemory } from "../../../src-main/domain/runs/process-end.ts";

const silent = { code: null, signal: null, lastLines: [] };

test("a kill from outside is told on every system: by its signal, or by a silent 1 on Windows", () => {
  expect(endInWords({ ...silent, signal: "SIGKILL" }, "linux")).toBe("killed from outside");
  expect(endInWords({ ...silent, code: 1 }, "win32")).toBe("killed from outside");
  // What ended over an error of its own said so, and of what nobody listened to nothing is known.
  expect(endInWords({ ...silent, code: 1, lastLines: ["Error: no"] }, "win32")).toBe("exit code 1");
  expect(endInWords({ ...silent, code: 1, lastLines: null }, "win32")).toBe("exit code 1");
  expect(endInWords({ ...silent, code: 1 }, "linux")).toBe("exit code 1");
});

test("a status of Windows' is said in words, any other end by its number or signal", () => {
  expect(endInWords({ ...silent, code: 0xc0000005 }, "win32")).toBe("it touched memory that is not its own");
  expect(endInWords({ ...silent, code: 0xc0000135 }, "win32")).toBe("a library that it needs was not found");
  expect(endInWords({ ...silent, code: 0xc0000409 }, "win32")).toBe("it gave up after a fault of its own");
  expect(endInWords({ ...silent, code: 0xc0001234 }, "win32")).toBe("exit code 3221230132");
  expect(endInWords({ ...silent, code: 134 }, "linux")).toBe("exit code 134");
  expect(endInWords({ ...silent, signal: "SIGSEGV" }, "linux")).toBe("signal SIGSEGV");
  expect(endInWords(silent, "linux")).toBe("exit code unknown");
});

test("Windows' two words for no memory are known as that", () => {
  expect([0xc0000017, 0xc000012d, 0xc0000005, 1, null].map((code) => isForWantOfMemory({ code }))).toEqual([
    ...[true, true, false, false, false],
  ]);
});

test("a crash is known by its signal and, on Windows, by its number", () => {
  expect(isCrash({ code: null, signal: "SIGABRT" }, "linux")).toBe(true);
  expect(isCrash({ code: null, signal: "SIGKILL" }, "win32")).toBe(false);
  const numbers = [3, 134, 0xc0000005, 0xc0000374, 0, 1, 0xc000013a];
  expect(numbers.map((code) => isCrash({ code, signal: null }, "win32"))).toEqual([
    ...[true, true, true, true, false, false, false],
  ]);
  // Elsewhere a program's own choice.
  expect(isCrash({ code: 3, signal: null }, "linux")).toBe(false);
});
