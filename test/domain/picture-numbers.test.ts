import { expect, it } from "vitest";
import { numbersOfText, textOfNumbers } from "../../src-main/domain/versions/picture-numbers.ts";

it("are written as runs, each number once, and read back in order", () => {
  expect(textOfNumbers([7, 3, 1, 2, 0, 3, 9, 10])).toBe("0-3,7,9-10");
  expect(numbersOfText("0-3,7,9-10", 11)).toEqual([0, 1, 2, 3, 7, 9, 10]);
});

it.each(["", "x", "1,", "3-1", "5,4", "2,2", "0-4,4", "1.5", "-1", "0-999999999", "11"])(
  "%s of eleven is refused",
  (text) => {
    expect(numbersOfText(text, 11)).toBeNull();
  },
);

it("every second of 100,000 pictures is far less than a request may hold", () => {
  const odd = Array.from({ length: 50_000 }, (_, index) => 2 * index + 1);
  const text = textOfNumbers(odd);
  expect(text.length).toBeLessThan(300_000);
  expect(numbersOfText(text, 100_000)).toEqual(odd);
});
