/**
 * JSON in a column of the record, which is read here and nowhere else. A row whose JSON is damaged is set aside: lists leave it out, its own address answers
 * with a coded error, and it is named to the person. It stays in the record as it is.
 */
import type { z } from "zod";
import { StrataError } from "../contract/errors.ts";
import type { StoredPlace } from "../contract/stored-place.ts";

class UnreadableRow extends StrataError<"store.unreadable"> {
  readonly place: StoredPlace;

  constructor(place: StoredPlace, cause: unknown) {
    super("store.unreadable", { rows: [place] }, { cause });
    this.place = place;
  }
}

export type StoredReader<T> = (text: string, place: StoredPlace) => T;

/** @returns what reads such a column; it throws `store.unreadable` */
export function storedJson<T>(schema: z.ZodType<T>): StoredReader<T> {
  return (text, place) => {
    try {
      return schema.parse(JSON.parse(text));
    } catch (thrown) {
      throw new UnreadableRow(place, thrown);
    }
  };
}

/** More than any list that is looked at often. */
const mostRemembered = 50_000;

export interface RememberingReader<T> extends StoredReader<T> {
  /** For a text that this program wrote just now: what is read of it needs no check. */
  remember(text: string): void;
}

/** The same object for the same text, for what a long list repeats. Forgets all when it holds too many. */
export function rememberedJson<T>(schema: z.ZodType<T>): RememberingReader<T> {
  const read = storedJson(schema);
  const known = new Map<string, T>();
  const keep = (text: string, value: T): T => {
    if (known.size >= mostRemembered) known.clear();
    known.set(text, value);
    return value;
  };
  const reader: StoredReader<T> = (text, place) => known.get(text) ?? keep(text, read(text, place));
  // What it was made of was checked by the same schema.
  return Object.assign(reader, { remember: (text: string) => void keep(text, JSON.parse(text) as T) });
}

/** The rows of one record that were found unreadable. */
export type SetAside = ReturnType<typeof createSetAside>;

export function createSetAside() {
  const met = new Map<string, StoredPlace>();
  let told = 0;
  const add = (place: StoredPlace): void => {
    const { table, id, column } = place;
    met.set(`${table} ${id} ${column}`, { table, id, column });
  };

  return {
    add,
    /** What `read` gives; null for a row that cannot be read. */
    orNull<T>(read: () => T): T | null {
      try {
        return read();
      } catch (thrown) {
        if (!(thrown instanceof UnreadableRow)) throw thrown;
        add(thrown.place);
        return null;
      }
    },
    /** Of these rows those that can be read. */
    readable<Row, T extends object>(rows: readonly Row[], read: (row: Row) => T): readonly T[] {
      return rows.flatMap((row) => this.orNull(() => read(row)) ?? []);
    },
    /** The places that were met since this was last asked, each once. */
    news(): readonly StoredPlace[] {
      const places = [...met.values()].slice(told);
      told = met.size;
      return places;
    },
  };
}
