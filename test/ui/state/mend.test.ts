// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import { picturesAtOnce } from "../../../src-main/contract/dataset.ts";
import { namesBetween, placeAfterKey } from "../../../src-renderer/features/train/pictures/mend/grid-keys.ts";
import { MendState } from "../../../src-renderer/features/train/pictures/mend/mend.svelte.ts";
import { WriteOutState } from "../../../src-renderer/features/train/pictures/mend/write-out.svelte.ts";
import { cifar } from "../../support/sample-views.ts";
import { later, refusal, scriptedEngine, settled } from "./scripted-engine.ts";

const listed = [
  { name: "cat/1.png", className: "cat", split: "train" },
  { name: "cat/2.png", className: "cat", split: "test" },
  { name: "dog/1.png", className: "dog", split: "train" },
] as const;
const view = { ...cifar, counts: { train: 2, validation: 0, test: 1 } };
const from = { kind: "folder", path: "/cats" } as const;

async function opened() {
  const engine = scriptedEngine({ "data.pictures": () => listed });
  const mend = new MendState(engine.api);
  await mend.open(view);
  return {
    ...engine,
    mend,
    shown: () => mend.shown.map(({ name, className, split }) => [name, className, split].join(" ")),
  };
}

describe("mending pictures", () => {
  test("shows what the pictures would be after the changes, and undoes them one by one", async () => {
    const { mend, shown } = await opened();
    mend.select(["cat/1.png", "cat/2.png"]);
    mend.relabel(" owl ");
    mend.select(["dog/1.png"]);
    mend.exclude();
    mend.select(["cat/1.png"]);
    mend.move("validation");
    expect(shown()).toEqual(["cat/1.png owl validation", "cat/2.png owl test"]);
    expect(mend.classes).toEqual(["owl"]);
    mend.undo();
    mend.undo();
    expect(shown()).toEqual(["cat/1.png owl train", "cat/2.png owl test", "dog/1.png dog train"]);
    mend.undo();
    expect([mend.edits, shown()[0]]).toEqual([[], "cat/1.png cat train"]);
  });

  test("holds the grid to the pictures of a finding, also once they are changed, until all are asked for", async () => {
    const { mend, shown } = await opened();
    const focus = { title: "2 pictures blurred", names: ["cat/2.png", "dog/1.png"], classes: [], split: null };
    await mend.open(view, focus);
    expect([shown(), mend.only?.title]).toEqual([["cat/2.png cat test", "dog/1.png dog train"], focus.title]);
    await mend.open(view, { ...focus, names: [], classes: ["cat"] });
    mend.select(["cat/1.png"]);
    mend.relabel("dog");
    expect(shown()).toEqual(["cat/1.png dog train", "cat/2.png cat test"]);
    mend.only = null;
    expect(shown()).toHaveLength(3);
    await mend.open(view, { ...focus, names: [], split: "test" });
    expect(shown()).toEqual(["cat/2.png cat test"]);
    // Of a class that is left out nothing could be shown.
    await mend.open(view, { ...focus, names: [], classes: ["owl"] });
    expect(shown()).toHaveLength(3);
  });

  test("changes only selected pictures that are shown, and nothing where there are none", async () => {
    const { mend } = await opened();
    mend.select(["cat/1.png", "dog/1.png"]);
    mend.className = "cat";
    mend.exclude();
    expect(mend.edits).toEqual([{ kind: "exclude", pictures: ["cat/1.png"] }]);
    mend.relabel("owl");
    expect(mend.edits).toHaveLength(1);
  });

  test("renames a class, and merges it where the name is there; a filter goes along, and back with an undo", async () => {
    const { mend } = await opened();
    mend.className = "cat";
    mend.changeClass("cat", "owl");
    expect([mend.edits, mend.className]).toEqual([[{ kind: "rename-class", from: "cat", to: "owl" }], "owl"]);
    mend.undo();
    expect(mend.className).toBeNull();
    mend.changeClass("cat", "owl");
    mend.changeClass("owl", "dog");
    expect(mend.edits[1]).toEqual({ kind: "merge-classes", from: ["owl"], into: "dog" });
    mend.changeClass("dog", "dog");
    expect(mend.edits).toHaveLength(2);
  });

  test("saves what was changed and where from, and says why it could not, with the changes kept", async () => {
    const { mend, answers, calls } = await opened();
    answers["data.saveVersion"] = () => {
      throw refusal("The changes change nothing.");
    };
    mend.select(["cat/1.png"]);
    mend.move("train");
    mend.note = "mended";
    expect(await mend.save(from)).toBeNull();
    expect([mend.error?.problem, mend.edits.length, mend.isSaving]).toEqual(["The changes change nothing.", 1, false]);
    const edits = [{ kind: "move", pictures: { datasetId: view.id, numbers: "0" }, split: "train" }];
    expect(calls.at(-1)).toEqual(["data.saveVersion", { from, edits, author: null, note: "mended" }]);
  });

  test("lists more pictures than fit one answer, and drops what comes for a set that was left", async () => {
    const many = Array.from({ length: picturesAtOnce + 1 }, (_, index) => ({ ...listed[0], name: `${index}` }));
    const engine = scriptedEngine({
      "data.pictures": (asked) => many.slice((asked as { from: number }).from).slice(0, picturesAtOnce),
    });
    const mend = new MendState(engine.api);
    await mend.open({ ...view, counts: { train: many.length, validation: 0, test: 0 } });
    expect([mend.shown.length, mend.numberOf(String(picturesAtOnce))]).toEqual([many.length, picturesAtOnce]);
    const slow = later<typeof listed>();
    engine.answers["data.pictures"] = () => slow.promise;
    void mend.open(view);
    engine.answers["data.pictures"] = () => [listed[2]];
    await mend.open({ ...view, counts: { train: 1, validation: 0, test: 0 } });
    slow.resolve(listed);
    await settled();
    expect(mend.shown.map(({ name }) => name)).toEqual(["dog/1.png"]);
  });
});

test("keys lead through the grid row by row, and stop at its edges", () => {
  const at = (key: string, place: number) => placeAfterKey(key, place, { columns: 4, rowsShown: 2, count: 10 });
  expect(
    ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "x"].map((key) =>
      at(key, 5),
    ),
  ).toEqual([6, 4, 9, 1, 9, 0, 0, 9, null]);
  expect([at("ArrowLeft", 0), at("ArrowDown", 7), at("ArrowRight", 9)]).toEqual([0, 7, 9]);
  expect(placeAfterKey("ArrowRight", 0, { columns: 4, rowsShown: 2, count: 0 })).toBeNull();
  expect(namesBetween(["a", "b", "c"], 2, 1)).toEqual(["b", "c"]);
});

describe("writing out", () => {
  const source = { kind: "folder", path: "/cats" } as const;
  const written = { folder: "/out", pictures: 3, classes: 2, renamed: [], bytes: 900 };
  const going = (path: string, done: number) => ({ kind: "writing-out", path, done, total: 3 }) as const;

  test("shows how far it is, and what was written", async () => {
    const answer = later<typeof written>();
    const engine = scriptedEngine({ "data.writeOut": () => answer.promise });
    const writing = new WriteOutState(engine.api, engine.connection);
    const done = writing.start(source, "/out");
    engine.emit(going("/cats", 2));
    engine.emit(going("/dogs", 1));
    expect(writing.going).toEqual({ path: "/cats", done: 2, total: 3 });
    answer.resolve(written);
    await done;
    expect([writing.going, writing.written, engine.listeners.size]).toEqual([null, written, 0]);
    engine.answers["data.writeOut"] = () => {
      throw refusal("There is something at the place to write to already.");
    };
    await writing.start(source, "/out");
    expect([writing.written, writing.error?.problem]).toEqual([
      null,
      "There is something at the place to write to already.",
    ]);
  });

  test("that is stopped shows nothing when it is answered all the same", async () => {
    const answer = later<typeof written>();
    const engine = scriptedEngine({ "data.writeOut": () => answer.promise, "data.stopWritingOut": () => null });
    const writing = new WriteOutState(engine.api, engine.connection);
    const done = writing.start(source, "/out");
    writing.stop();
    answer.resolve(written);
    await done;
    expect([writing.going, writing.written, engine.calls.map(([path]) => path)]).toEqual([
      null,
      null,
      ["data.writeOut", "data.stopWritingOut"],
    ]);
  });
});
