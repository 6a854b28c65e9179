/** Inputs that every procedure of the router would take, drawn from its own schemas: a procedure that is added is asked without a line here. */
import { z } from "zod";
import { router } from "../../../src-main/engine/router.ts";
import type { Random } from "../../../src-main/platform/random.ts";
import { type Json, oneOf } from "./mutate.ts";

export interface Procedure {
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  /** JSON schema; null for one that takes nothing. */
  readonly input: JsonSchema | null;
}

/** Of JSON Schema what zod writes for the router. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** The library's table of procedures by their whole names, each with its schemas, which its types show only in part. */
interface Table {
  readonly _def: {
    readonly procedures: Readonly<
      Record<string, { readonly _def: { readonly type: Procedure["type"]; readonly inputs: readonly z.ZodType[] } }>
    >;
  };
}

export function procedures(): readonly Procedure[] {
  const table = router as unknown as Table;
  return Object.entries(table._def.procedures).map(
    ([
      path,
      {
        _def: { type, inputs },
      },
    ]) => {
      const [schema] = inputs;
      // The dialect's type is wider than what is read of it here.
      const input = schema && (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema);
      return { path, type, input: input ?? null };
    },
  );
}

/** Values that mean something where they stand, by the name of what they are for. */
export type Known = Readonly<Record<string, readonly Json[]>>;

export function validInput(schema: JsonSchema, random: Random, known: Known, name = ""): Json {
  const meant = known[name];
  if (meant && random.integer(10) > 0) return oneOf(random, meant);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return oneOf(random, schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return validInput(oneOf(random, choices), random, known, name);
  switch (typeof schema.type === "object" ? oneOf(random, schema.type) : schema.type) {
    case "object":
      return objectOf(schema, random, known);
    case "array": {
      if (schema.prefixItems) return schema.prefixItems.map((item) => validInput(item, random, known, name));
      const least = schema.minItems ?? 0;
      const length = Math.min(schema.maxItems ?? 5, least + random.integer(4));
      return Array.from({ length }, () => validInput(schema.items ?? {}, random, known, name));
    }
    case "integer":
    case "number":
      return numberOf(schema, random);
    case "string":
      return oneOf(random, ["a", "night", "a few words", "é𝒳"]);
    case "boolean":
      return random.integer(2) === 0;
    default:
      return null;
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema, random: Random, known: Known): Json {
  const there = Object.entries(properties).filter(([name]) => required.includes(name) || random.integer(2) === 0);
  return Object.fromEntries(there.map(([name, schema]) => [name, validInput(schema, random, known, name)]));
}

function numberOf(schema: JsonSchema, random: Random): number {
  const isWhole = schema.type === "integer";
  const least = schema.minimum ?? (schema.exclusiveMinimum ?? 0) + (isWhole ? 1 : 1e-6);
  const most = Math.min(schema.maximum ?? schema.exclusiveMaximum ?? least + 20, least + 20);
  const value = least + (most - least) * random.uniform();
  return isWhole ? Math.floor(value) : value;
}
