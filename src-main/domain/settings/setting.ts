/**
 * What one row of the table of settings tells. The schema in `contract/configuration.ts` says which values there are; everything else that is
 * told of a setting, its flag, its field, its column, its words, is told by its row.
 */

/** What a setting's value is, and how it is typed and shown. */
export type SettingValue =
  | {
      readonly kind: "number";
      readonly isWhole?: true;
      /** How it is typed: `percent` in hundredths; `log` where its size matters more than its difference. */
      readonly scale: "linear" | "log" | "percent";
      readonly unit?: string;
      /** Its symbol, before the field. */
      readonly sign?: string;
      /** What null means, which an empty field and the word `none` ask for; missing where there must be a number. */
      readonly empty?: string;
    }
  | { readonly kind: "yes-or-no" }
  | {
      readonly kind: "option";
      /** Each value with its title. */
      readonly options: Readonly<Record<string, string>>;
      /** The values are numbers. */
      readonly isNumeric?: true;
    }
  /** Words of a syntax of its own; `empty` as of a number. */
  | { readonly kind: "text"; readonly empty?: string }
  /** Typed neither as a number nor from a list: the command line and the page have controls of their own for it. */
  | { readonly kind: "own" };

export interface Setting {
  /** In an experiment's factors, in the page's draft, and here. */
  readonly id: string;
  /** In the configuration: of its value, or of what it is made of. */
  readonly path: string;
  /** Where the path leads to several values: the one that tells what the whole is, such as an optimiser's `kind`. */
  readonly valueKey?: string;
  /** On the page: at its field, over its column, and where runs differ. */
  readonly title: string;
  /** Inside the words of what it belongs to: `SGD, momentum 0.9`. */
  readonly short?: string;
  /** What it is, in one sentence. */
  readonly about: string;
  readonly value: SettingValue;
  /** The setting without which it means nothing: where that is one of these kinds, or else where it is not left empty. */
  readonly of?: { readonly id: string; readonly kinds?: readonly string[] };
  /** Of `strata train`, without its dashes. */
  readonly flag?: string;
  /** What stands behind the flag. */
  readonly placeholder?: string;
  /** Other words that people have for it. */
  readonly also?: readonly string[];
  /** Where its field stands on the Train page; missing where it has none. */
  readonly place?: "size" | "main" | "more" | "seeds";
  /** The field's sentence is shown below it, and not only in the help. */
  readonly isExplained?: true;
  /** What its field begins with where the configuration has no value. */
  readonly initial?: number | boolean | string;
  /** A factor of an experiment can be over it. */
  readonly canVary?: true;
  /** It makes the batches, their number, the initial weights or the training process: runs that differ in it cannot advance in step. */
  readonly isSharedInBlock?: true;
  /** A pair can differ in it: the values that arm A and arm B begin with; null where it has several parts. */
  readonly pair?: readonly [number, number] | null;
}

/** The path of its value alone, e.g. `training.optimizer.kind`. */
export function valuePath({ path, valueKey }: Setting): string {
  return valueKey === undefined ? path : `${path}.${valueKey}`;
}

/** What stands at a path; undefined where there is no such place. */
export function valueAt(whole: unknown, path: string): unknown {
  let inner = whole;
  for (const key of path.split("."))
    inner = typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined;
  return inner;
}

/** The whole with this value at the path, of no particular type until it is parsed. */
export function withValueAt(whole: unknown, path: string, value: unknown): unknown {
  const [key = "", ...rest] = path.split(".");
  const outer = typeof whole === "object" && whole !== null ? whole : {};
  const inner = rest.length === 0 ? value : withValueAt(Reflect.get(outer, key), rest.join("."), value);
  return { ...outer, [key]: inner };
}

/** Its value in a configuration; null where it is switched off, undefined where the configuration has no such setting. */
export function settingValue(configuration: unknown, setting: Setting): unknown {
  return valueAt(configuration, setting.path) === null ? null : valueAt(configuration, valuePath(setting));
}

/** The configuration with this value of the setting; null switches off the whole that it stands for. */
export function withSetting(configuration: unknown, setting: Setting, value: unknown): unknown {
  return withValueAt(configuration, value === null ? setting.path : valuePath(setting), value);
}

/** `Learning rate` → `learning rate`, inside a sentence. */
export function lowerFirst(title: string): string {
  // A word in capitals stays one: RMSProp, L2.
  return /^[A-Z][^a-z ]/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** What stands behind a typed number. */
export function unitOf(value: SettingValue): string | undefined {
  if (value.kind !== "number") return undefined;
  return value.scale === "percent" ? "%" : value.unit;
}
