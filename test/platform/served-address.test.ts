import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newToken, readServedAddress, writeServedAddress } from "../../src-main/platform/served-address.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-served-"));
  file = join(folder, "serve.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const knowsModes = process.platform !== "win32";
const kept = { token: newToken(), port: 40_123 };

describe("the address that serve keeps", () => {
  it("comes back as it was, in a file that nobody else can read, and nothing is left beside it", () => {
    writeServedAddress(file, { ...kept, port: 1 });
    writeServedAddress(file, kept);
    expect(readServedAddress(file)).toEqual(kept);
    if (knowsModes) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["serve.json"]);
  });

  it.runIf(knowsModes)("is not believed where others may read it", () => {
    writeServedAddress(file, kept);
    for (const mode of [0o640, 0o604, 0o660, 0o644]) {
      chmodSync(file, mode);
      expect([mode, readServedAddress(file)]).toEqual([mode, null]);
    }
  });

  it("is not believed behind a link", () => {
    writeServedAddress(file, kept);
    symlinkSync(file, join(folder, "link.json"));
    expect(readServedAddress(join(folder, "link.json"))).toBeNull();
  });

  it("is nothing where there is no file, or what stands in it is no token and port", () => {
    expect(readServedAddress(file)).toBeNull();
    for (const text of [
      "",
      "{",
      "null",
      JSON.stringify({ ...kept, token: "short" }),
      JSON.stringify({ token: kept.token }),
    ]) {
      writeFileSync(file, text, { mode: 0o600 });
      expect([text, readServedAddress(file)]).toEqual([text, null]);
    }
  });

  it("has a token that cannot be guessed", () => {
    expect(newToken()).not.toBe(newToken());
    expect(Buffer.from(newToken(), "base64url")).toHaveLength(32);
  });
});
