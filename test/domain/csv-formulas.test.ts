import { expect, it } from "vitest";
import { csvOf } from "../../src-main/domain/csv.ts";

it("a name that a spreadsheet would run as a formula is text, and numbers stay numbers", () => {
  const cells = ["=cmd|' /C calc'!A0", "+a", "-b", "@c", "-1.5", "a=b", -2, "=x,y"];
  expect(csvOf([["v", (cell: string | number) => cell]], cells)).toBe(
    "v\n'=cmd|' /C calc'!A0\n'+a\n'-b\n'@c\n-1.5\na=b\n-2\n\"'=x,y\"\n",
  );
});
