import { expect, test } from "vitest";
import { accessFromHash, accessHash, protocolsWith, tokenInProtocols } from "../../src-main/contract/access.ts";

const access = { token: "t".repeat(43), filesKey: `-_${"f".repeat(41)}` };

test("what a page is let in by is read back from the fragment, and no other fragment is taken for it", () => {
  expect(accessFromHash(accessHash(access))).toEqual(access);
  const whole = accessHash(access);
  for (const hash of ["", "#", "#/train", "#/runs/1", whole.slice(1), `${whole}x`, `${whole}.x`, whole.slice(0, -1)])
    expect([hash, accessFromHash(hash)]).toEqual([hash, null]);
});

test("a token is read back from the subprotocols that carry it, wherever it stands among them", () => {
  const offered = protocolsWith(access.token);
  expect(tokenInProtocols(offered.join(", "))).toBe(access.token);
  expect(tokenInProtocols(offered.toReversed().join(","))).toBe(access.token);
  expect([tokenInProtocols(undefined), tokenInProtocols("strata"), tokenInProtocols("strata, other")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
