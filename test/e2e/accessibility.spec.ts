/**
 * Every page and dialog in every state, light and dark, wide and narrow, without a violation of any rule of axe-core, and without a figure that does not say
 * its split, unit and number of pictures: one long table.
 */
import { expect, type Page } from "@playwright/test";
import type { Scene, ServedScene } from "../support/scenes/serve-scene.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { axeViolations } from "./support/axe.ts";
import { unnamedFigures } from "./support/figures.ts";
import { showPicture } from "./support/page-states.ts";
import { goOnTo, openScene, test } from "./support/scene.ts";

interface State {
  readonly name: string;
  readonly scene: Scene;
  readonly hash: string;
  /** Set where what a person does changes the record. */
  readonly changes?: true;
  /** What a person does to come to the state; then what shows that it is there. */
  readonly reach?: (page: Page, scene: ServedScene) => Promise<void>;
  readonly shown: (page: Page) => ReturnType<Page["locator"]>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();
const dialog = (page: Page) => page.getByRole("dialog");
const heading = (name: string | RegExp) => (page: Page) => page.getByRole("heading", { name }).first();
const choosePictures = async (page: Page) => {
  await button(page, "Other pictures…").click();
  await dialog(page)
    .getByRole("button", { name: /cifar10-mini/ })
    .click();
};
const selectTwo = async (page: Page) => {
  for (const place of [0, 2])
    await page
      .getByRole("checkbox", { name: /to compare$/ })
      .nth(place)
      .check();
};

const states: readonly State[] = [
  {
    name: "Live, with two runs of an experiment side by side",
    scene: "side-by-side",
    hash: "#/live",
    shown: (page) => page.getByRole("list", { name: "Training side by side" }),
  },
  {
    name: "Train, at the first start",
    scene: "nothing",
    hash: "#/train",
    shown: (page) => button(page, "Draw pictures"),
  },
  { name: "Train, with pictures", scene: "idle", hash: "#/train", reach: choosePictures, shown: heading("Network") },
  {
    name: "Train, with drawn pictures",
    changes: true,
    scene: "nothing",
    hash: "#/train",
    reach: (page) => button(page, "Draw pictures").click(),
    shown: (page) => page.getByText(/[\d,]+ train/),
  },
  {
    name: "Train, with more settings open and one of them wrong",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await choosePictures(page);
      await page.getByText("More settings").click();
      await page.getByLabel("Epochs").fill("0");
    },
    shown: (page) => page.locator("[aria-invalid=true]").first(),
  },
  {
    name: "Train, with settings varied",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await choosePictures(page);
      await page.getByRole("radio", { name: "Sweep" }).check();
      await button(page, "Vary a setting").click();
    },
    shown: (page) => page.getByLabel("Setting 1"),
  },
  {
    name: "Train, comparing arms with names, one of them wrong",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await page.getByRole("radio", { name: "Named arms" }).check();
      await button(page, "Add an arm").click();
      for (const arm of ["B", "C"]) await button(page, `Arm ${arm}: change a setting`).click();
      await page.getByLabel("Arm C: label smoothing").fill("2");
      await button(page, /^Train 3/).click({ force: true });
    },
    shown: (page) => page.getByText("Less than 1."),
  },
  {
    name: "Train, a random search that is halved, with ranges that are wrong",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await page.getByRole("radio", { name: "Sweep" }).check();
      await page.getByRole("radio", { name: "Drawn at random" }).check();
      await button(page, "Vary a setting").click();
      await page.getByLabel("Label smoothing: from").fill("0.2");
      await page.getByLabel("Label smoothing: to").fill("0.1");
      await page.getByLabel("Stop the weak early").check();
      await page.getByLabel("Goes on, one in").fill("1");
    },
    shown: (page) => page.getByText("More than the range begins with."),
  },
  { name: "Train, while the engine cannot train", scene: "failed", hash: "#/train", shown: heading("Network") },
  {
    name: "Train, mending pictures",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await button(page, "Mend pictures…").click();
      await page.getByRole("listbox", { name: "Pictures to mend" }).getByRole("option").nth(1).click();
      await page.getByLabel("New class").fill("dog");
      await button(page, "Relabel").click();
    },
    shown: (page) => page.getByText("1 picture relabelled as dog"),
  },
  {
    name: "Train, writing a version out",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await button(page, "Mend pictures…").click();
      await button(page, "Write out as a folder…").click();
    },
    shown: (page) => page.getByRole("list", { name: /^Folders in/ }),
  },
  {
    name: "Train, taking pictures without a camera",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await page.evaluate(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError'); }",
      );
      await button(page, "Take or paste pictures…").click();
      await button(page, /^(Choose a|Another) folder/).click();
      await button(page, "Start the camera").click();
    },
    shown: (page) => page.getByText("No camera was found."),
  },
  {
    name: "Train, choosing among recent pictures",
    scene: "idle",
    hash: "#/train",
    reach: (page) => button(page, "Other pictures…").click(),
    shown: dialog,
  },
  {
    name: "Train, choosing a folder",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await button(page, "Other pictures…").click();
      await dialog(page).getByText("A folder", { exact: false }).first().click();
    },
    shown: dialog,
  },
  {
    name: "Train, drawing pictures",
    scene: "nothing",
    hash: "#/train",
    reach: (page) => button(page, "Choose how many…").click(),
    shown: dialog,
  },
  {
    name: "Train, the problems of pictures",
    scene: "idle",
    hash: "#/train",
    reach: async (page) => {
      await choosePictures(page);
      await button(page, "Look at what was found wrong").click();
    },
    shown: dialog,
  },
  {
    name: "Train, the network's core",
    scene: "idle",
    hash: "#/train",
    reach: (page) => button(page, /^See the layers of/).click(),
    shown: dialog,
  },
  { name: "Live, with nothing going", scene: "idle", hash: "#/live", shown: heading("Nothing is training") },
  { name: "Live, at the first start", scene: "nothing", hash: "#/live", shown: heading("Nothing is training") },
  {
    name: "Live, while a pair trains and a run waits",
    scene: "busy",
    hash: "#/live",
    shown: (page) => button(page, "Pause"),
  },
  {
    name: "Live, asked whether to stop",
    scene: "busy",
    hash: "#/live",
    reach: (page) => button(page, "Stop and keep").click(),
    shown: dialog,
  },
  {
    name: "Live, paused",
    changes: true,
    scene: "busy",
    hash: "#/live",
    reach: async (page) => {
      await button(page, "Hold the queue").click();
      await button(page, "Pause").click();
    },
    shown: (page) => button(page, "Resume"),
  },
  {
    name: "Live, finished",
    changes: true,
    scene: "idle",
    hash: "#/live",
    reach: async (_, scene) => void (await scene.trainPair(scripts.trainsToTheEnd)),
    shown: (page) => button(page, "Compare the arms"),
  },
  {
    name: "Live, asked about an interrupted run",
    scene: "interrupted",
    hash: "#/live",
    shown: (page) => button(page, "Leave it"),
  },
  { name: "Runs, at the first start", scene: "nothing", hash: "#/runs", shown: heading("No runs yet") },
  { name: "Runs, sixty of them", scene: "many", hash: "#/runs", shown: (page) => page.getByRole("table").first() },
  {
    name: "Runs, with an experiment of many blocks",
    scene: "swept",
    hash: "#/runs",
    shown: (page) => page.getByText("Experiment 3").first(),
  },
  {
    name: "an experiment",
    scene: "swept",
    hash: "#/experiments/3",
    shown: (page) => page.getByRole("region", { name: "Settings and what they came to" }),
  },
  {
    name: "an experiment over three settings",
    scene: "searched",
    hash: "#/experiments/3",
    shown: (page) => page.getByRole("img", { name: /rows by their settings/ }),
  },
  {
    name: "an experiment, repeated with more seeds",
    scene: "swept",
    hash: "#/experiments/3",
    reach: async (page) => {
      await button(page, "Repeat with more seeds…").click();
      await dialog(page).getByLabel("New seeds").fill("1");
    },
    shown: dialog,
  },
  {
    name: "an experiment that is not there",
    scene: "swept",
    hash: "#/experiments/99",
    shown: (page) => page.getByText("There is no experiment 99."),
  },
  {
    name: "Runs, two selected",
    scene: "many",
    hash: "#/runs",
    reach: selectTwo,
    shown: (page) => page.getByRole("region", { name: "Selected runs" }),
  },
  {
    name: "Runs, none found",
    scene: "many",
    hash: "#/runs",
    reach: (page) => page.getByRole("searchbox").fill("smothing>0"),
    shown: (page) => page.getByRole("status").filter({ hasText: "smothing" }),
  },
  {
    name: "Runs, after one was deleted",
    changes: true,
    scene: "many",
    hash: "#/runs",
    reach: (page) => button(page, /^Delete /).click(),
    shown: (page) => button(page, "Undo"),
  },
  {
    name: "Runs, choosing columns",
    scene: "many",
    hash: "#/runs",
    reach: (page) => button(page, "Columns").click(),
    shown: dialog,
  },
  {
    name: "Runs, tagging two",
    scene: "many",
    hash: "#/runs",
    reach: async (page) => {
      await selectTwo(page);
      await page.getByRole("region", { name: "Selected runs" }).getByRole("button", { name: "Tags" }).click();
    },
    shown: dialog,
  },
  {
    name: "Runs, freeing space",
    scene: "many",
    hash: "#/runs",
    reach: async (page) => {
      await selectTwo(page);
      await button(page, "Free up space").click();
    },
    shown: dialog,
  },
  {
    name: "the calibration of a run, its bins as a table",
    scene: "idle",
    hash: "#/calibration?runs=1",
    reach: (page) => page.getByText("The bins as a table").click(),
    shown: heading("Temperature scaling"),
  },
  {
    name: "the calibration of two arms",
    scene: "idle",
    hash: "#/calibration?runs=1,2",
    shown: heading("Temperature scaling"),
  },
  {
    name: "the classes of a run, a cell opened",
    scene: "idle",
    hash: "#/classes?runs=1",
    reach: (page) =>
      page
        .getByRole("button", { name: /^\w+ as \w+: \d+$/ })
        .first()
        .click(),
    shown: (page) => button(page, "Close"),
  },
  {
    name: "the classes of two arms, one less the other",
    scene: "idle",
    hash: "#/classes?runs=1,2",
    reach: async (page) => void (await page.getByLabel("Run", { exact: true }).selectOption("difference")),
    shown: (page) => page.getByText(/^Cells in the colour of/),
  },
  { name: "a run", scene: "many", hash: "#/runs/2", shown: heading("Settings") },
  {
    name: "a run, its label suspects",
    scene: "idle",
    hash: "#/runs/1",
    reach: async (page) => {
      await button(page, "Label suspects…").click();
      await button(page, /^It is/).click();
    },
    shown: (page) => page.getByText("1 relabelled, 0 excluded, 0 kept."),
  },
  {
    name: "a run, its label suspects saved",
    changes: true,
    scene: "idle",
    hash: "#/runs/1",
    reach: async (page) => {
      await button(page, "Label suspects…").click();
      await button(page, /^It is/).click();
      await button(page, "Save as a new version").click();
    },
    shown: (page) => button(page, "Retrain with the mended labels"),
  },
  { name: "a run that failed", scene: "idle", hash: "#/runs/4", shown: heading("Settings") },
  {
    name: "a run that is not there",
    scene: "many",
    hash: "#/runs/999",
    shown: (page) => page.getByText("There is no run 999."),
  },
  { name: "Compare of two", scene: "idle", hash: "#/compare?runs=1,2", shown: heading("What was set differently") },
  {
    name: "Compare of three",
    scene: "many",
    hash: "#/compare?runs=1,2,31",
    shown: heading("What was set differently"),
  },
  {
    name: "Compare of twelve",
    scene: "swept",
    hash: "#/compare?runs=9,10,11,12,13,14,15,16,17,18,19,20",
    shown: (page) => page.getByRole("region", { name: "Settings, a run a row" }),
  },
  {
    name: "Compare, choosing the second",
    scene: "many",
    hash: "#/compare?runs=31",
    shown: (page) => button(page, /^Choose /),
  },
  {
    name: "Compare, with nothing to compare",
    scene: "nothing",
    hash: "#/compare",
    shown: heading("Nothing to compare yet"),
  },
  { name: "Networks, the shelf", scene: "idle", hash: "#/networks", shown: (page) => page.getByRole("table") },
  {
    name: "Networks, a network's map with a module open",
    scene: "idle",
    hash: "#/networks/inception-v3",
    reach: async (page) => {
      await page.getByRole("treeitem", { name: /^Mixed_5b, module/ }).click();
      await page.keyboard.press("Enter");
    },
    shown: (page) => page.getByRole("treeitem", { name: /^Branch 4/ }),
  },
  {
    name: "Networks, with the rows timed",
    scene: "idle",
    hash: "#/networks/alexnet?input=32&width=0.25&classes=10",
    reach: (page) => button(page, "Time the rows").click(),
    shown: (page) => button(page, "Time them again"),
  },
  {
    name: "Networks, at the first start",
    scene: "nothing",
    hash: "#/networks/alexnet",
    shown: (page) => page.getByText("A drawing stands in"),
  },
  {
    name: "Networks, one that is not there",
    scene: "idle",
    hash: "#/networks/alexnot",
    shown: (page) => page.getByText(/Did you mean alexnet/),
  },
  {
    name: "Networks, two side by side with everything open",
    scene: "idle",
    hash: "#/networks/googlenet/against/bn-inception",
    reach: (page) => button(page, "Open all").click(),
    shown: (page) => page.getByRole("row", { name: /^Branch 3/ }).first(),
  },
  { name: "Lessons, all", scene: "idle", hash: "#/lessons", shown: (page) => page.getByRole("listitem").last() },
  {
    name: "Lessons, depth and error, with runs of one's own",
    scene: "networks",
    hash: "#/lessons/depth",
    shown: (page) => page.getByRole("table", { name: "Your figures" }),
  },
  {
    name: "Lessons, feature reuse with the table open",
    scene: "idle",
    hash: "#/lessons/reuse",
    reach: (page) => page.getByText("Inception-v3, row by row").click(),
    shown: (page) => page.getByRole("table"),
  },
  {
    name: "Lessons, factorised convolutions",
    scene: "idle",
    hash: "#/lessons/factorisation",
    reach: (page) =>
      page
        .getByRole("combobox", { name: "What is replaced" })
        .selectOption("reduction")
        .then(() => {}),
    shown: (page) => page.getByRole("rowheader", { name: "Side by side" }),
  },
  {
    name: "Lessons, kernels drawn by hand",
    scene: "idle",
    hash: "#/lessons/kernels",
    reach: (page) =>
      page
        .getByRole("combobox", { name: "Kernel" })
        .selectOption("hand")
        .then(() => {}),
    shown: (page) => page.getByRole("img", { name: "All filters, in colour" }),
  },
  {
    name: "Lessons, label smoothing",
    scene: "idle",
    hash: "#/lessons/smoothing",
    shown: heading("The target"),
  },
  {
    name: "Glossary, all words",
    scene: "idle",
    hash: "#/glossary",
    shown: (page) => page.getByRole("link", { name: "Near-duplicate" }),
  },
  ...["ece", "label-smoothing", "receptive-field", "inception-module"].map(
    (term): State => ({
      name: `Glossary, ${term}`,
      scene: "idle",
      hash: `#/glossary/${term}`,
      shown: (page) => page.getByRole("figure"),
    }),
  ),
  {
    name: "Lessons, presented: the claim",
    scene: "idle",
    hash: "#/present",
    shown: (page) => page.getByText(/^1 of \d+$/),
  },
  {
    name: "Lessons, presented: a figure with the pen and notes",
    scene: "idle",
    hash: "#/present/smoothing?screen=2",
    reach: async (page) => {
      await page.keyboard.press("p");
      await page.keyboard.press("n");
      await page.mouse.click(400, 300);
    },
    shown: (page) => page.getByRole("complementary", { name: "Notes for the teacher" }),
  },
  {
    name: "Lessons, presented: what to try",
    scene: "idle",
    hash: "#/present/factorisation?screen=6",
    shown: heading("To try"),
  },
  {
    name: "Lessons, the ladder with runs of one's own",
    scene: "ladder",
    hash: "#/lessons/ladder",
    shown: (page) => page.getByRole("img", { name: /yours of cifar10-mini/ }),
  },
  {
    name: "Lessons, the ladder about to be started",
    scene: "idle",
    hash: "#/lessons/ladder",
    reach: (page) => button(page, "Run Table 3 on my pictures").click(),
    shown: (page) =>
      dialog(page)
        .getByText(/15\sruns/)
        .first(),
  },
  {
    name: "Lessons, no own lesson yet",
    scene: "idle",
    hash: "#/lessons/own",
    shown: heading("No lesson of your own yet"),
  },
  {
    name: "Lessons, an own lesson with a file that was refused",
    scene: "idle",
    hash: "#/lessons/own",
    reach: async (page) => {
      await button(page, "Make a lesson").click();
      await button(page, "Take its settings over").click();
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    },
    shown: (page) => page.getByText("The file is no lesson of Strata."),
  },
  {
    name: "Lessons, an own lesson whose experiment is about to be started",
    scene: "idle",
    hash: "#/lessons/own",
    reach: async (page) => {
      await button(page, "Make a lesson").click();
      await page.getByRole("combobox", { name: "What it shows" }).selectOption("experiment");
      await button(page, "Add a step").click();
      await button(page, "Start it on my pictures…").click();
    },
    shown: (page) => dialog(page).getByText(/epochs of batches of/),
  },
  {
    name: "A picture held to two trained networks",
    scene: "idle",
    hash: "#/predict?runs=1,2",
    reach: showPicture,
    shown: (page) => page.getByRole("region", { name: /^What channel .* answers to strongest/ }),
  },
  {
    name: "Welcome, at the first start",
    scene: "nothing",
    hash: "#/welcome",
    shown: (page) => button(page, "Train it now"),
  },
  {
    name: "Welcome, with the proof trained",
    scene: "nothing",
    hash: "#/welcome",
    changes: true,
    reach: (page) => button(page, "Train it now").click(),
    shown: (page) => page.getByText(/This machine trains/),
  },
  {
    name: "Train, with a record that was brought up",
    scene: "brought-up",
    hash: "#/train",
    shown: (page) => page.getByText(/brought up to this version/),
  },
  { name: "About, with the machine", scene: "rescued", hash: "#/about", shown: heading("This machine") },
];

/** What stands where depends on the width alone, so in the dark only colours are asked about again, at one width and the other in turns. */
const looks = (place: number) =>
  [
    { width: 1280, colorScheme: "light", about: "all" },
    { width: place % 2 === 0 ? 1280 : 390, colorScheme: "dark", about: "colour" },
    { width: 390, colorScheme: "light", about: "all" },
  ] as const;

async function violationsOf(page: Page, place: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { colorScheme, width, about } of looks(place)) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    // As tall as the page: what happens to lie under a bar that stays, where the page stands now, is no target that is too small.
    const height = Math.max(800, Number(await page.evaluate("document.documentElement.scrollHeight")));
    await page.setViewportSize({ width, height });
    for (const violation of await axeViolations(page, about)) found.push(`${colorScheme}, ${width} px: ${violation}`);
  }
  return found;
}

/** States that are there as soon as their address is: those of one scene are gone through in one tab, as a person goes through them. */
const byAddress = Map.groupBy(
  states.filter(({ changes, reach }) => !changes && !reach),
  ({ scene }) => scene,
);
for (const [scene, sameScene] of byAddress)
  test(`pages of the scene “${scene}”: no violation of axe-core's rules`, async ({ page, scenes }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const served = await scenes.shared(scene);
    await openScene(page, served, sameScene[0]!.hash);
    for (const state of sameScene)
      await test.step(state.name, async () => {
        await page.setViewportSize({ width: 1280, height: 800 });
        if (state !== sameScene[0]) await goOnTo(page, state.hash);
        await expect(state.shown(page)).toBeVisible();
        expect.soft(await unnamedFigures(page), state.name).toEqual([]);
        const found = await violationsOf(page, states.indexOf(state));
        expect.soft(found, state.name).toEqual([]);
      });
  });

for (const [place, { name, scene, hash, changes, reach, shown }] of states.entries())
  if (changes || reach)
    test(`${name}: no violation of axe-core's rules`, async ({ page, scenes }) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      const served = await (changes ? scenes.own(scene) : scenes.shared(scene));
      await openScene(page, served, hash);
      await reach?.(page, served);
      await expect(shown(page)).toBeVisible();
      expect(await unnamedFigures(page)).toEqual([]);
      expect(await violationsOf(page, place)).toEqual([]);
    });

test("a figure that does not say its split, unit and number of pictures is found, and one that does is none", async ({
  page,
}) => {
  const shown = async (sentence: string) => {
    await page.setContent(`<main><section class="sheet"><h2>Figures</h2><p>${sentence}</p></section></main>`);
    return unnamedFigures(page);
  };
  expect(await shown("Top-1 is 54.2 % on 61 test pictures.")).toEqual([]);
  expect(await shown("Hard loss is 1.234 nats on 61 test pictures.")).toEqual([]);
  expect(await shown("Top-1 is 54.2 % on 61 pictures.")).toEqual([expect.stringContaining("its split")]);
  expect(await shown("Top-1 is 54.2 %, validation.")).toEqual([expect.stringContaining("its number of pictures")]);
  expect(await shown("ECE (0 to 1) is 0.123 on 61 test pictures.")).toEqual([]);
  for (const metric of ["Hard loss", "ECE", "Brier score of the answer"])
    expect(await shown(`${metric} is 1.234 on 61 test pictures.`)).toEqual([expect.stringContaining("its unit")]);
});

test("reports say of every figure its split, unit and number of pictures", async ({ page, scenes }) => {
  const { engine } = await scenes.shared("swept");
  for (const question of [
    { kind: "run", runId: 1 },
    { kind: "experiment", experimentId: 3 },
  ] as const) {
    const { html } = await engine.reports.html(question);
    await page.setContent(html);
    expect.soft(await unnamedFigures(page), question.kind).toEqual([]);
    await page.setContent(html.replaceAll(/\d+ (?:validation |test )?pictures?/g, "pictures"));
    expect
      .soft(await unnamedFigures(page), question.kind)
      .toContainEqual(expect.stringContaining("its number of pictures"));
  }
});

test("a chart is a picture in words that names its pictures; the arrow keys read it aloud, and it is no slider", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/compare?runs=1,2");
  const chart = page.getByRole("img", { name: /^Hard loss, validation\. One-hot falls from / });
  await expect(chart).toBeVisible();
  await expect(page.getByRole("img", { name: /^Objective, training\. / })).toBeVisible();
  await expect(page.getByRole("slider")).toHaveCount(0);
  const plot = page.getByRole("button", { name: /^Read the values of hard loss, validation\./ });
  await plot.focus();
  await page.keyboard.press("ArrowRight");
  const aloud = page.getByRole("status").filter({ hasText: /^Epoch 1: One-hot [\d.]+, Smoothed/ });
  await expect(aloud).toHaveCount(1);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("status").filter({ hasText: /^Epoch 2: / })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("status").filter({ hasText: /^Epoch/ })).toHaveCount(0);
});

test("under a picture two runs are told apart by the dash of their lines, not by colour alone", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/compare?runs=1,2");
  const picture = page.getByRole("listitem").filter({ has: page.getByRole("img", { name: /^A picture of class/ }) });
  const lines = picture.first().locator("path");
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).not.toHaveAttribute("stroke-dasharray");
  await expect(lines.last()).toHaveAttribute("stroke-dasharray", "6 4");
  await expect(picture.first()).toContainText("One-hot");
  await expect(picture.first()).toContainText("Smoothed");
});

test("what starts a training stands behind the settings that it starts, for the eye and for the keyboard", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/train");
  await choosePictures(page);
  const start = page.getByRole("button", { name: /^Train 2\sruns$/ });
  await expect(start).toBeEnabled();
  const fields = await page.locator("main").locator("input, select, summary").all();
  expect(fields.length).toBeGreaterThan(15);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const after =
      await page.evaluate(`[...document.querySelectorAll("main :is(input, select, summary)")].every((field) =>
      field.compareDocumentPosition(document.querySelector(".start-bar button:last-of-type")) & Node.DOCUMENT_POSITION_FOLLOWING)`);
    expect(after).toBe(true);
    // In sight wherever the page stands, below what it follows.
    await expect(start).toBeInViewport();
    const box = await start.boundingBox();
    expect(box!.y).toBeGreaterThan(650);
  }
});
