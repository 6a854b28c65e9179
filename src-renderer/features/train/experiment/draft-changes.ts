/** What a person set on the page over what it was filled with: it stays when another network is taken, and when the page is loaded again. Pure. */
import { z } from "zod";
import { weightsSource } from "../../../../src-main/contract/weights.ts";
import { pairedSettings, settingOf } from "../../../../src-main/domain/settings/settings.ts";
import { mostArms } from "../../../entities/run/arms-of-run.ts";
import { armDraft } from "../arms/arm-drafts.ts";
import { sweepDraft } from "../sweep/sweep-draft.ts";
import { type Draft, fieldSettings, typedValues } from "./draft.ts";

export interface DraftChanges {
  readonly values: Partial<Draft>;
  /** The network whose input was set: another one may need larger pictures. */
  readonly inputOf: string | null;
  /** The network whose first weights were chosen: they are no other's. */
  readonly beginOf: string | null;
  /** The label noise that a matrix took the place of: it comes back with another kind. Null where none did. */
  readonly noiseBefore: string | null;
}
/** What the experiment asks; the rest is settings that every preset has. */
const asked = ["way", "differs", "arms", "namedArms", "sweep", "seed", "begin"] as const satisfies (keyof Draft)[];
const isAsked = (field: string): boolean => asked.some((one) => one === field);
export const noChanges: DraftChanges = { values: {}, inputOf: null, beginOf: null, noiseBefore: null };

export function withEdit(changes: DraftChanges, edit: Partial<Draft>, draft: Draft): DraftChanges {
  // A number means something only with what it belongs to, which is then a person's choice, too.
  const owners = Object.keys(edit).flatMap((field) => settingOf(field)?.of?.id ?? []);
  const owned = Object.fromEntries(owners.map((owner) => [owner, typedValues(draft)[owner]]));
  return {
    values: { ...changes.values, ...owned, ...edit, ...shareOfKind(edit, draft, changes.noiseBefore) },
    inputOf: "inputPixels" in edit ? draft.modelId : changes.inputOf,
    beginOf: "begin" in edit ? draft.modelId : changes.beginOf,
    noiseBefore: noiseBeforeMatrix(edit, draft, changes.noiseBefore),
  };
}

/** A matrix says itself how many labels are wrong: it is meant whole where no label was wrong before. */
const isMadeWhole = ({ labelNoiseKind }: Partial<Draft>, { labelNoise }: Draft): boolean =>
  labelNoiseKind === "matrix" && Number(labelNoise) === 0;

function shareOfKind(edit: Partial<Draft>, draft: Draft, before: string | null): Partial<Draft> {
  if (isMadeWhole(edit, draft)) return { labelNoise: "100" };
  const isOtherKind = edit.labelNoiseKind !== undefined && edit.labelNoiseKind !== "matrix";
  return isOtherKind && before !== null ? { labelNoise: before } : {};
}

/** A share that a person types is meant for every kind. */
function noiseBeforeMatrix(edit: Partial<Draft>, draft: Draft, before: string | null): string | null {
  if (isMadeWhole(edit, draft)) return draft.labelNoise;
  const isSettled = edit.labelNoise !== undefined || (edit.labelNoiseKind ?? "matrix") !== "matrix";
  return isSettled ? null : before;
}

/** What a run asked is asked on when a preset takes the place of its settings. */
export function withAsked(changes: DraftChanges, draft: Draft): DraftChanges {
  const asks: Partial<Draft> = Object.fromEntries(asked.map((field) => [field, draft[field]]));
  return { ...changes, values: { ...changes.values, ...asks }, beginOf: draft.modelId };
}

/** As it was filled, but for what the experiment asks. */
export function onlyAsked({ values, beginOf }: DraftChanges): DraftChanges {
  const asks = Object.entries(values).filter(([field]) => isAsked(field));
  return { ...noChanges, values: Object.fromEntries(asks), beginOf };
}

/** Without the size, whose place a preset takes that was chosen for its size. */
export function withoutSize({ values, ...changes }: DraftChanges): DraftChanges {
  const { inputPixels: _, width: __, ...rest } = values;
  return { ...changes, values: rest, inputOf: null };
}
export const hasSize = ({ values }: DraftChanges): boolean =>
  values.inputPixels !== undefined || values.width !== undefined;

/**
 * The page as it was filled, with what a person set over it as far as it makes sense for the network; the rest waits for its own.
 * @param smallestInputPixels of the network that the page is filled for
 */
export function withChanges(filled: Draft, changes: DraftChanges, smallestInputPixels: number): Draft {
  const { begin, inputPixels, ...values } = changes.values;
  const isOwnInput = changes.inputOf === filled.modelId || Number(inputPixels) >= smallestInputPixels;
  return {
    ...filled,
    ...values,
    ...(inputPixels !== undefined && isOwnInput && { inputPixels }),
    ...(begin !== undefined && changes.beginOf === filled.modelId && { begin }),
  };
}

/** Settings of the preset, or of the recorded run, that have another value on the page; what the experiment asks is no such setting. */
export function ownSettings(draft: Draft, filled: Draft): readonly (keyof Draft)[] {
  // A draft's fields are its type's keys.
  const fields = Object.keys(filled) as (keyof Draft)[];
  return fields.filter((field) => !isAsked(field) && draft[field] !== filled[field]);
}

/** A draft's fields stand in the order in which they were filled, and an edit keeps it. */
export function isAsFilled(draft: Draft, filled: Draft): boolean {
  return JSON.stringify(draft) === JSON.stringify(filled);
}

/** Words that the page knows, wherever they stand. */
const words: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    fieldSettings().flatMap(({ id, value }) => (value.kind === "option" ? [[id, Object.keys(value.options)]] : [])),
  ),
  way: ["run", "compare", "sweep"],
  differs: [...pairedSettings().map(({ id }) => id), "arms"],
};
const begin = z.object({
  kind: z.enum(["seed", "file", "run"]),
  source: weightsSource.nullable(),
  sha256: z.string().nullable(),
  frozenThrough: z.string().nullable(),
  isMismatchAllowed: z.boolean(),
});

/** Of what an example does not tell the form of. */
const schemas: Readonly<Record<string, z.ZodType>> = {
  begin,
  namedArms: z.array(armDraft).max(mostArms),
  sweep: sweepDraft,
};

/** A schema of whatever has the example's form: the page's fields are told once, by a draft. */
function like(example: unknown, name = ""): z.ZodType {
  if (schemas[name]) return schemas[name];
  const known = words[name];
  if (known && typeof example === "string") return z.enum(known);
  if (typeof example === "boolean") return z.boolean();
  if (Array.isArray(example)) return z.array(like(example[0])).length(example.length);
  if (typeof example === "object" && example !== null) return z.object(formOf(example));
  return z.string();
}
const formOf = (example: object): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(example).map(([name, value]) => [name, like(value, name)]));

/** Values that were kept, as far as they are understood. */
export function parsedValues(kept: unknown, example: Draft): Partial<Draft> {
  const parsed = z.object(formOf(example)).partial().safeParse(kept);
  // The schema was made of a draft.
  return parsed.success ? (parsed.data as Partial<Draft>) : {};
}
