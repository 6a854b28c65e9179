/** How pictures are parted into training, validation and test pictures, where a person does not take the parts as they are found. */
import { z } from "zod";

export const mostShare = 0.9;

/** What puts pictures together that must not be parted, such as those of one patient. */
export type SplitGroup =
  /** A column of the label list, by its header, or by its number from 1 on. */
  | { readonly kind: "column"; readonly column: string }
  /** A folder above the picture: 1 is the one that it stands in. */
  | { readonly kind: "folder"; readonly level: number }
  /** A part of the file's name between separators: 1 is the first, -1 the last. */
  | { readonly kind: "name"; readonly part: number }
  /** What stands at the star, between the texts before and after it, in the picture's path. */
  | { readonly kind: "pattern"; readonly before: string; readonly after: string };

export const groupSyntax = "column:<header>, folder:<level>, name:<part> or pattern:<text with one *>";

/** As in `column:patient`, `folder:1`, `name:2` or `pattern:patient*_`; null where the text is none of these. */
export function splitGroupOf(text: string): SplitGroup | null {
  const colon = text.indexOf(":");
  const [kind, rest] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
  const count = /^-?[1-9]\d?$/.test(rest) ? Number(rest) : null;
  switch (kind) {
    case "column":
      return rest.trim() === "" ? null : { kind, column: rest.trim() };
    case "folder":
      return count === null || count < 0 ? null : { kind, level: count };
    case "name":
      return count === null ? null : { kind, part: count };
    case "pattern": {
      const [before = "", after, another] = rest.split("*");
      return after === undefined || another !== undefined || before + after === "" ? null : { kind, before, after };
    }
    default:
      return null;
  }
}

const splitGroup = z
  .string()
  .max(200)
  .refine((text) => splitGroupOf(text) !== null, `is none of ${groupSyntax}`);

export const splitAnew = z
  .object({
    kind: z.literal("anew"),
    validationShare: z.number().min(0.01).max(mostShare).default(0.1),
    /** 0: no test pictures. */
    testShare: z.number().min(0).max(mostShare).default(0.1),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(1),
    /** See `splitGroupOf`; null: only pictures of the same bytes stay together. */
    group: splitGroup.nullable().default(null),
    /** Each class is parted in these shares, and not only the whole. */
    isStratified: z.boolean().default(true),
  })
  .refine(({ validationShare, testShare }) => validationShare + testShare <= 0.95, {
    message: "leaves too few pictures for training",
    path: ["validationShare"],
  });
export type SplitAnew = z.infer<typeof splitAnew>;

export const splitPlan = z.discriminatedUnion("kind", [
  /** As the data bring them; a tenth is held out where they bring none. */
  z.object({ kind: z.literal("as-found") }),
  splitAnew,
]);

/** What a split by groups came to. */
export const grouping = z.object({
  groups: z.int().min(0),
  /** Pictures of which no group can be told: each is one of its own. */
  ungrouped: z.int().min(0),
});
export type Grouping = z.infer<typeof grouping>;

/** A way to group that the pictures' names and columns allow. */
export interface OfferedGroup {
  /** See `splitGroupOf`. */
  readonly group: string;
  readonly groups: number;
  /** Some of their names. */
  readonly first: readonly string[];
}

interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** What a split would come to, before anything is kept. */
export interface SplitPreview {
  readonly classes: readonly ({ readonly name: string } & SplitCounts)[];
  readonly counts: SplitCounts;
  readonly grouping: Grouping | null;
  /** Without training pictures, and so left out. */
  readonly leftOut: readonly string[];
}
