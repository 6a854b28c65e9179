/**
 * Lists out of what anybody may have written, which give up at the first item that is wrong: zod goes on, and keeps what is wrong with each of ten million
 * items before it counts them.
 */
import { z } from "zod";

/** As `z.array(item).min(least).max(most)`, counted before an item is looked at. */
export function listOf<Item extends z.ZodType>(item: Item, { least = 0, most }: { least?: number; most: number }) {
  return z
    .array(z.unknown())
    .min(least)
    .max(most)
    .transform((values, context): z.output<Item>[] => {
      const items: z.output<Item>[] = [];
      for (const [at, value] of values.entries()) {
        const { success, data, error } = item.safeParse(value);
        if (!success) {
          for (const issue of error.issues) context.addIssue({ ...issue, path: [at, ...issue.path] });
          return z.NEVER;
        }
        items.push(data);
      }
      return items;
    });
}

/** A column of numbers, of which none is copied. */
export function numbersOf(isOne: (value: number) => boolean) {
  return z.custom<number[]>(
    (value) => Array.isArray(value) && value.every((one) => typeof one === "number" && isOne(one)),
    "holds what cannot be there",
  );
}
