import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { varyFlag } from "../../src-main/cli/experiment-flags.ts";
import { helpOf, withFlags } from "../../src-main/cli/setting-flags.ts";
import { addTrainFlags } from "../../src-main/cli/train-flags.ts";
import { runConfiguration, trainingSettings } from "../../src-main/contract/configuration.ts";
import { configurationWith, plannedBlocks } from "../../src-main/domain/experiments/experiment-plan.ts";
import { settingFields } from "../../src-main/domain/runs/run-fields.ts";
import { type Setting, valueAt, valuePath, withValueAt } from "../../src-main/domain/settings/setting.ts";
import { pairedSettings, settings } from "../../src-main/domain/settings/settings.ts";
import { factorSettingTitle } from "../../src-renderer/entities/experiment/experiment-texts.ts";
import { settingKindsOf, settingRowOf, settingRows } from "../../src-renderer/entities/setting/setting-rows.ts";
import { settingColumns } from "../../src-renderer/features/runs/run-columns.ts";
import { draftFromConfiguration, typedFrom } from "../../src-renderer/features/train/experiment/draft-from.ts";
import { withTyped } from "../../src-renderer/features/train/experiment/draft-outcome.ts";
import { fieldRows } from "../../src-renderer/features/train/experiment/field-rows.ts";
import { offeredSettings } from "../../src-renderer/features/train/experiment/typed-value.ts";
import { emptySweep, newLine } from "../../src-renderer/features/train/sweep/sweep-draft.ts";
import { sweepParts } from "../../src-renderer/features/train/sweep/sweep-parts.ts";
import { gridOf } from "../support/experiment-of.ts";
import { compactInception, sampleRun } from "../support/sample-views.ts";

describe("a setting that is added to the table", () => {
  const cutout: Setting = {
    id: "cutoutShare",
    path: "training.cutoutShare",
    title: "Cutout",
    about: "Share of each picture that is blanked out",
    value: { kind: "number", scale: "percent", empty: "no cutout" },
    flag: "cutout",
    placeholder: "<share>",
    place: "main",
    canVary: true,
  };
  const all = [...settings, cutout];
  const path = "training.cutoutShare";
  // What the schema would let through if it had the setting.
  const configuration = withValueAt(compactInception, path, 0.2) as typeof compactInception;

  it("is a flag of train with its sentence as help, read into its place", () => {
    const command = addTrainFlags(new Command("train"), all).exitOverride();
    expect(command.helpInformation().replace(/\s+/g, " ")).toContain(
      "--cutout <share> share of each picture that is blanked out; none: no cutout",
    );
    command.parse(["--data", "drawn", "--model", "alexnet", "--cutout", "0.3"], { from: "user" });
    expect(valueAt(withFlags(compactInception, command.opts(), all), path)).toBe(0.3);
    expect(valueAt(withFlags(configuration, { cutout: "none" }, all), path)).toBeNull();
    expect(() => command.parse(["--cutout", "much"], { from: "user" })).toThrow("much is not a number.");
  });

  it("is a field of the page, filled from a configuration and read back", () => {
    const draft = draftFromConfiguration(compactInception, null);
    expect(fieldRows("main", draft, all)).toContain(cutout);
    const typed = typedFrom(configuration, null, all);
    expect(typed).toEqual({ ...typedFrom(configuration, null), cutoutShare: "20" });
    const read = withTyped({ dataset: compactInception.dataset, model: compactInception.model }, typed, all);
    // Means nothing beside the kind of noise that is typed, and is left to the schema.
    expect(withValueAt(read, "training.noiseMatrix", null)).toEqual(configuration);
    expect(valueAt(withTyped({}, { ...typed, cutoutShare: "" }, all), path)).toBeNull();
  });

  it("is a column, a row of a run’s settings and one of a list of differences", () => {
    const kinds = settingKindsOf(all);
    const run = sampleRun({ id: 1, configuration });
    const column = settingColumns(kinds).find(({ title }) => title === "Cutout");
    expect(column).toMatchObject({ id: path, about: cutout.about });
    expect([column?.value(run), column?.words(run)]).toEqual([0.2, "20 %"]);
    expect(settingRows(configuration, kinds)).toContainEqual({ path, label: "Cutout", value: "20 %" });
    expect(settingRowOf(path, kinds)).toBe(path);
  });

  it("is what runs can be found by, in percent", () => {
    const field = settingFields(all).find(({ names }) => names.includes("cutout"));
    expect(field).toMatchObject({ id: path, title: "Cutout", type: { kind: "number", unit: "share" } });
    expect(field?.read(sampleRun({ id: 1, configuration }))).toBe(0.2);
  });

  it("can be varied by the command line, on the page and in the engine", () => {
    expect(varyFlag("cutout=0.1,none", [], all)).toEqual([
      { setting: "cutoutShare", values: [0.1, null], isBlocked: false },
    ]);
    expect(offeredSettings(all)).toContain(cutout);
    // What a person is likely to vary comes first.
    expect(offeredSettings(all)[0]?.id).toBe("smoothing");
    expect(factorSettingTitle("cutoutShare", all)).toBe("Cutout, %");
    const { factors, problems } = sweepParts(
      { ...emptySweep, lines: [{ ...newLine("cutoutShare"), text: "10, none" }] },
      { configuration, armSettings: [], seeds: 1, preset: "compact" },
      all,
    );
    expect(factors).toEqual([{ setting: "cutoutShare", values: [0.1, null], isBlocked: false }]);
    expect(problems).toEqual([]);
    const varied = configurationWith(compactInception, [{ setting: "cutoutShare", value: 0.1 }], all);
    expect(valueAt(varied, path)).toBe(0.1);
  });

  it("is none where its row is missing", () => {
    expect(() => varyFlag("cutout=0.1", [])).toThrow("cutout is none of model, input");
    const vary = [{ setting: "smothing", values: [0, 0.1] }];
    expect(() => plannedBlocks(gridOf(compactInception, vary))).toThrow(
      "smothing: no setting that can be varied has this name; smoothing is near it.",
    );
  });
});

interface Place {
  readonly schema: z.core.$ZodType;
  readonly isNullable: boolean;
  /** Of the union that it lies in. */
  readonly kind: string | null;
}

/** Every schema at a path, one for each kind of a union that has it. */
function placesOf(
  schema: z.core.$ZodType,
  keys: readonly string[],
  isNullable = false,
  kind: string | null = null,
): Place[] {
  if (schema instanceof z.ZodNullable) return placesOf(schema.unwrap(), keys, true, kind);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return placesOf(schema.unwrap(), keys, isNullable, kind);
  const [key, ...rest] = keys;
  if (key === undefined) return [{ schema, isNullable, kind }];
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schema.options.flatMap((option) => {
      const of = option instanceof z.ZodObject ? option.shape.kind : null;
      return placesOf(option, keys, isNullable, of instanceof z.ZodLiteral ? String(of.value) : null);
    });
  if (!(schema instanceof z.ZodObject) || !(key in schema.shape)) return [];
  return placesOf(schema.shape[key], rest, isNullable, kind);
}

describe("the table of settings", () => {
  const rows: readonly Setting[] = settings;
  const typed = rows.filter(({ value }) => value.kind !== "own");
  const places = (setting: Setting) => placesOf(runConfiguration, valuePath(setting).split("."));

  it("says of every setting what the schema says of it", () => {
    for (const setting of typed) {
      const { id, value, of } = setting;
      const found = places(setting);
      expect(found, id).not.toHaveLength(0);
      const kinds = found.flatMap(({ kind }) => kind ?? []);
      if (setting.valueKey !== "kind" && kinds.length > 0)
        expect([id, [...(of?.kinds ?? [])].sort()]).toEqual([id, [...new Set(kinds)].sort()]);
      // What lies in a setting that is switched off is not there; it has no empty value of its own.
      const isNullable =
        of === undefined && placesOf(runConfiguration, setting.path.split(".")).some((place) => place.isNullable);
      expect([id, value.kind === "number" && value.empty !== undefined]).toEqual([id, isNullable]);
      for (const { schema } of found) {
        if (value.kind === "number")
          expect([id, schema instanceof z.ZodNumber, (schema as z.ZodNumber).isInt]).toEqual([
            id,
            true,
            value.isWhole === true,
          ]);
        if (value.kind === "yes-or-no") expect([id, schema instanceof z.ZodBoolean]).toEqual([id, true]);
      }
      if (value.kind === "option") {
        const options = found.flatMap(({ schema }) =>
          // Of a metric: which there are is no business of the schema.
          schema instanceof z.ZodString
            ? Object.keys(value.options)
            : schema instanceof z.ZodEnum
              ? schema.options
              : schema instanceof z.ZodLiteral
                ? [...schema.values]
                : [],
        );
        // Pictures of a folder and drawn ones have the same.
        expect([id, Object.keys(value.options).sort()]).toEqual([id, [...new Set(options.map(String))].sort()]);
      }
    }
  });

  it("has a row for every setting of training, and for every pair", () => {
    for (const key of Object.keys(trainingSettings.shape))
      expect(
        rows.some(({ path }) => path === `training.${key}`),
        key,
      ).toBe(true);
    // Runs of one block see the same batches.
    expect(pairedSettings().filter(({ isSharedInBlock }) => isSharedInBlock)).toEqual([]);
  });

  it("names nothing twice", () => {
    for (const of of [
      rows.map(({ id }) => id),
      rows.map(({ path }) => path),
      rows.flatMap(({ flag }) => flag ?? []),
      rows.map(({ title }) => title),
    ])
      expect(new Set(of).size).toBe(of.length);
  });

  it("explains every setting in one sentence, which is the help of its flag", () => {
    for (const setting of rows) expect(setting.about, setting.id).toMatch(/^[A-Z]\S*[^.]*[^. ]/);
    expect(helpOf(rows.find(({ id }) => id === "smoothing")!)).toBe(
      "share of each target that is spread evenly over all classes; in a pair over it, arm B's value (0.1)",
    );
  });
});
