/** `--read-as`, over folders as they are read. */

import { Command } from "commander";
import { expect, test } from "vitest";
import { inspectAs, type ReadAsFlags, readAsOption } from "../../src-main/cli/read-as.ts";
import type { DatasetSource } from "../../src-main/contract/dataset.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import type { EngineCaller } from "../../src-main/engine/router.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

/** @param typed behind `--read-as` */
async function inspect(source: DatasetSource, typed?: string, gifFirstFrame?: true) {
  const command = new Command().addOption(readAsOption());
  const { readAs } = command
    .parse(typed === undefined ? [] : ["--read-as", typed], { from: "user" })
    .opts<ReadAsFlags>();

  const said: string[] = [];
  const answer = async ({ source: asked }: { source: DatasetSource }) => {
    const dataset = await openDataset(asked, { threads: 1 }).catch((cause) => {
      throw new Error("As it is thrown by the endpoint", { cause });
    });
    return { id: 1, lookedAt: "2026-01-14T09:15:00.000Z", ...dataset };
  };
  // Of all endpoints, the one that is called.
  const api = { data: { inspect: answer } } as unknown as Pick<EngineCaller, "data">;
  const io = { err: (text: string) => said.push(text) } as unknown as Parameters<typeof inspectAs>[0];
  const view = await inspectAs(io, api, source, {
    ...(readAs === undefined ? {} : { readAs }),
    ...(gifFirstFrame ? { gifFirstFrame } : {}),
  });
  return { view, said: said.join("") };
}

async function grouped(): Promise<DatasetSource> {
  const groups = ["animals/cat", "animals/dog", "vehicles/car", "vehicles/bus"];
  const files = await Promise.all(groups.map((name, place) => pictures(name, 4, 20 * place)));
  return { kind: "folder", path: writeFiles(temporaryFolder(), Object.assign({}, ...files)) };
}

test("where another reading is as likely, it is said how to choose it", async () => {
  const { view, said } = await inspect(await grouped());
  expect(view.classes).toHaveLength(2);
  expect(said).toContain("It is read as one folder per class; choose with --read-as:\n  inner-folders: one class per");
  expect(said).toContain("4 classes, 16 pictures");
});

test("the chosen one stands in the source, so that runs keep it", async () => {
  const { view, said } = await inspect(await grouped(), "inner-folders");
  expect(view.source).toMatchObject({ reading: { layout: "inner-folders", root: "" } });
  expect([view.classes.length, said]).toEqual([4, ""]);
});

test("one that the folder does not have, or of pictures that are drawn, is refused with what there is", async () => {
  await expect(inspect(await grouped(), "label-list")).rejects.toThrow(
    "The folder cannot be read as label-list; it can be as class-folders, inner-folders.",
  );
  const drawn = { kind: "drawn", pictures: 100, pixels: 16, difficulty: 0.3, seed: 1 } as const;
  await expect(inspect(drawn, "class-folders")).rejects.toThrow("--read-as is of folders.");
});

test("the first frame of moving pictures is asked for in the source, beside the reading, and of folders alone", async () => {
  const { view } = await inspect(await grouped(), "inner-folders", true);
  expect(view.source).toMatchObject({ reading: { layout: "inner-folders" }, ofMoving: "first-frame" });
  const drawn = { kind: "drawn", pictures: 100, pixels: 16, difficulty: 0.3, seed: 1 } as const;
  await expect(inspect(drawn, undefined, true)).rejects.toThrow("--gif-first-frame is of folders.");
});

test("of a list the column of the class is chosen, and offered as it is typed", async () => {
  const labels = Array.from(
    { length: 12 },
    (_, n) => `${String(n).padStart(2, "0")},${n % 2},${["a", "b", "c"][n % 3]}`,
  );
  const files = { ...(await pictures("images", 12)), "list.csv": ["image,sort,colour", ...labels].join("\n") };
  const source = { kind: "folder", path: writeFiles(temporaryFolder(), files) } as const;
  const { view, said } = await inspect(source);
  expect([view.classes.length, said]).toEqual([
    2,
    expect.stringContaining("\n  label-list:colour: a list says the class"),
  ]);
  const chosen = await inspect(source, "label-list:colour");
  expect([chosen.view.classes.length, chosen.said]).toEqual([3, ""]);
  expect(chosen.view.source).toMatchObject({ reading: { label: "colour" } });
  await expect(inspect(source, "label-list:shape")).rejects.toThrow(
    "The folder cannot be read as label-list:shape; it can be as label-list:sort, label-list:colour.",
  );
});

test("a column past those that are offered is read where it is named", async () => {
  const attributes = Array.from({ length: 30 }, (_, at) => `attribute ${at}`);
  const attributeOf = (line: number, at: number) => ((line * 37 + at * 11) % 13) % (2 + (at % 3));
  const lines = Array.from({ length: 12 }, (_, line) =>
    [`${String(line).padStart(2, "0")}.png`, ...attributes.map((_, at) => attributeOf(line, at))].join(","),
  );
  const path = writeFiles(temporaryFolder(), {
    ...(await pictures("all", 12)),
    "l.csv": [["file", ...attributes].join(","), ...lines].join("\n"),
  });
  const source: DatasetSource = { kind: "folder", path };
  const offered = (await inspect(source)).view.understanding!.offered.flatMap(({ reading }) => reading.label ?? []);
  expect(offered).toHaveLength(20);
  const label = attributes.findLast((name) => !offered.includes(name))!;
  const { view } = await inspect(source, `label-list:${label}`);
  expect(view.source).toMatchObject({ reading: { layout: "label-list", list: "l.csv", label } });
  await expect(inspect(source, "label-list:nose")).rejects.toThrow("The folder cannot be read as label-list:nose");
});
