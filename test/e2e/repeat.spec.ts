/** A person repeats what is on record: the page is filled as it was set up, says from what, and starts nothing by itself. */
import { copyFile, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import sharp from "sharp";
import { trainingLimitMillis } from "../support/patience.ts";
import { openAt, test } from "./support/strata.ts";

test("a recorded pair is repeated from one arm's page by keyboard, and what is recorded anew is the same", async ({
  page,
  strata,
}) => {
  const set = [
    ...["--data", "drawn:pictures=200,pixels=32,seed=5", "--model", "alexnet", "--epochs", "1", "--batch", "48"],
    ...[
      "--pair",
      "optimizer",
      "--against",
      "rmsprop:epsilon=0.01,initial-mean-square=1",
      "--optimizer",
      "sgd",
      "--momentum",
      "0.7",
    ],
    ...["--learning-rate", "0.0007", "--schedule", "plateau:2,0.3", "--smoothing", "0.15", "--label-noise", "0.07"],
    ...["--early-stopping", "3", "--average-decay", "0.95", "--clip-norm", "1.5", "--seed", "23"],
  ];
  await strata.command("train", ...set, "--json");
  const recorded = (id: number) =>
    strata.row("SELECT configuration, dataset_id, initial_weights_hash FROM runs WHERE id = ?", id);

  await openAt(page, strata.address, "#/runs/2");
  await page.getByRole("button", { name: "Repeat the pair" }).focus();
  await page.keyboard.press("Enter");
  const note = page.getByRole("status").filter({ hasText: "As runs 1 and 2, AlexNet on" });
  await expect(note).toBeFocused();
  await expect(page.getByText("160 train")).toBeVisible();
  await expect(page.getByRole("radio", { name: /^AlexNet/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: "Optimiser" })).toBeChecked();
  await expect(page.getByLabel("Arm A: optimiser", { exact: true })).toHaveValue("rmsprop");
  await expect(page.getByLabel("Arm B: optimiser", { exact: true })).toHaveValue("sgd");
  await page.getByText("More settings").click();
  for (const [label, value] of [
    ["Epochs", "1"],
    ["Batch size", "48"],
    ["Learning rate", "0.0007"],
    ["Label noise", "7"],
    ["Arm A: Decay of squares", "0.9"],
    ["Arm A: Optimiser’s ε", "0.01"],
    ["Arm B: Momentum", "0.7"],
    ["Plateau patience", "2"],
    ["Early stopping", "3"],
    ["Weight average decay", "0.95"],
    ["Gradient clipping", "1.5"],
    ["Seeds", "23"],
  ] as const)
    await expect(page.getByRole("textbox", { name: label, exact: true })).toHaveValue(value);
  await expect(page.getByLabel("Arm A: Initial mean square")).toHaveValue("1");
  expect(strata.row("SELECT count(*) AS n FROM runs").n).toBe(2);

  await page.getByLabel("Epochs").fill("2");
  await expect(page.getByText(/^Begun as runs 1 and 2, .*; settings changed since\.$/)).toBeVisible();
  await page.getByLabel("Epochs").fill("1");
  await expect(note).toBeVisible();
  await page.getByRole("button", { name: /^Train 2\sruns$/ }).click();
  await expect(page.getByRole("button", { name: "New experiment" })).toBeVisible({ timeout: trainingLimitMillis });
  expect(recorded(3)).toEqual(recorded(1));
  expect(recorded(4)).toEqual(recorded(2));
});

test("a run that began from a file of weights is repeated from that file as it was, and not from one that changed", async ({
  page,
  strata,
}) => {
  const set = ["--data", "drawn:pictures=200,pixels=32,seed=5", "--model", "lenet5", "--epochs", "1", "--json"];
  const file = join(strata.home, "out", "weights.safetensors");
  await strata.command("train", ...set);
  await strata.command("export", "1", "--to", join(strata.home, "out"), "--json");
  await strata.command("train", ...set, "--initial-weights", file, "--frozen-through", "S2");
  const recorded = (id: number) =>
    strata.row(
      "SELECT configuration, dataset_id, initial_weights_hash, initial_weights_match FROM runs WHERE id = ?",
      id,
    );

  await openAt(page, strata.address, "#/runs/2");
  await page.getByRole("button", { name: "Repeat", exact: true }).click();
  await expect(page.getByText(/^All \d+ weights match/)).toBeVisible();
  await expect(page.getByLabel("Not trained")).toHaveValue("S2");
  await page.getByRole("button", { name: /^Train 1\srun$/ }).click();
  await expect(page.getByRole("button", { name: "New experiment" })).toBeVisible({ timeout: trainingLimitMillis });
  expect(recorded(3)).toEqual(recorded(2));

  await strata.command("export", "3", "--to", join(strata.home, "other"), "--json");
  await copyFile(join(strata.home, "other", "weights.safetensors"), file);
  await page.goto(new URL("#/runs/3", page.url()).href);
  await page.getByRole("button", { name: "Repeat", exact: true }).click();
  await expect(page.getByText("As run 3, LeNet-5 on")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "weights.safetensors" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Train 1\srun$/ })).toBeDisabled();
});

test("pictures that changed or went are said plainly with every setting filled in, and a preset takes the place of it all", async ({
  page,
  strata,
}) => {
  const folder = join(strata.home, "flowers");
  const picture = (red: number) =>
    sharp({ create: { width: 8, height: 8, channels: 3, background: { r: red, g: 90, b: 50 } } })
      .png()
      .toBuffer();
  for (const [index, name] of ["daisy", "rose"].entries()) {
    await mkdir(join(folder, name), { recursive: true });
    for (let number = 0; number < 20; number++)
      await writeFile(join(folder, name, `${number}.png`), await picture(index * 100 + number));
  }
  await strata.command(
    "train",
    "--data",
    folder,
    "--model",
    "lenet5",
    "--epochs",
    "1",
    "--learning-rate",
    "0.0031",
    "--json",
  );

  // Before the page is opened: it begins to look at the newest pictures at once, and whoever asks meanwhile shares that look.
  await writeFile(join(folder, "rose", "new.png"), await picture(250));
  await openAt(page, strata.address, "#/runs");
  const repeat = page.getByRole("button", { name: /^Repeat LeNet-5/ });
  const train = page.getByRole("button", { name: /^Train 1\srun$/ });
  await repeat.click();
  await expect(page.getByText("As run 1, LeNet-5 on flowers.")).toBeVisible();
  await expect(page.getByText("Its pictures are not the same any more")).toBeVisible();
  await expect(train).toBeEnabled();

  await rename(folder, `${folder}-elsewhere`);
  await page.goBack();
  await repeat.click();
  await expect(page.getByText("There is no such folder.")).toBeVisible();
  await expect(page.getByText("Its pictures could not be opened")).toBeVisible();
  await expect(page.getByLabel("Learning rate")).toHaveValue("0.0031");
  await expect(train).toBeDisabled();
  // Neither does a page that is opened again take others in their stead.
  await page.goBack();
  await page.goForward();
  await expect(train).toBeDisabled();

  await rename(`${folder}-elsewhere`, folder);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(train).toBeEnabled();

  await page.getByRole("radio", { name: /^AlexNet/ }).check();
  await expect(page.getByText("As run 1,")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("As run 1,")).toBeVisible();
  await expect(page.getByLabel("Learning rate")).toHaveValue("0.0031");
});
