import { expect, test } from "vitest";
import { nameOfBytes } from "../../src-main/datasets/containers/archive-names.ts";

// Bytes by Python: "犬/ポチ1.png".encode("shift_jis").hex(), "Hündchen".encode("cp437").hex() and so on.
test.each([
  ["8ca22f837c8360312e706e67", "犬/ポチ1.png"],
  ["82cb82b131", "ねこ1"],
  ["48816e646368656e", "Hündchen"],
  ["4b8473652f736368946e2e706e67", "Käse/schön.png"],
  ["6e82652f64827a2e706e67", "née/déz.png"],
  ["46846872655f489468652e6a7067", "Fähre_Höhe.jpg"],
  ["e78aac2f31", "犬/1"],
])("%s reads as %s", (hex, name) => {
  expect(nameOfBytes(Buffer.from(hex, "hex"))).toBe(name);
});
