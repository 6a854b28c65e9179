/** A person begins from weights: a file that was exported, with rows that are not trained, and then a recorded run's own. */
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { trainingLimitMillis } from "../support/patience.ts";
import { test } from "./support/strata.ts";

async function setUp(page: Page): Promise<void> {
  await page.getByRole("radio", { name: /^AlexNet/ }).check();
  await page.getByRole("radio", { name: /^Compact/ }).check();
  await page.getByRole("radio", { name: "One run" }).check();
  await page.getByLabel("Epochs").fill("1");
}

const configurationOf = (row: Record<string, unknown>) => JSON.parse(String(row.configuration));

test("training begins from a file and from a run, with a report before it starts", async ({ page, strata }) => {
  const words = ["--data", "drawn:pictures=200,pixels=32", "--epochs", "1", "--json"];
  const trained = (await strata.command("train", "--model", "alexnet", ...words)) as { runs: { id: number }[] };
  const folder = join(strata.home, "out");
  await strata.command("export", String(trained.runs[0]!.id), "--to", folder, "--json");

  await page.goto(strata.address);
  await expect(page.getByText("Engine ready")).toBeVisible();
  await setUp(page);
  await page.getByLabel("Initial weights", { exact: true }).selectOption({ label: "A weights file" });
  const dialog = page.getByRole("dialog", { name: "Which weights?" });
  await dialog.getByLabel("A .safetensors file").fill(folder);
  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await dialog.getByRole("button", { name: /weights\.safetensors/ }).click();
  await expect(page.getByText(/All 16 weights match/)).toBeVisible();

  await page.getByLabel("Not trained").selectOption({ label: "Up to pool5" });
  await page.getByRole("button", { name: /^Train 1\srun$/ }).click();
  await expect(page.getByRole("button", { name: "New experiment" })).toBeVisible({ timeout: trainingLimitMillis });
  const fromFile = strata.row("SELECT configuration, initial_weights_match AS met FROM runs ORDER BY id DESC LIMIT 1");
  expect(configurationOf(fromFile).initialWeights).toMatchObject({
    path: join(folder, "weights.safetensors"),
    frozenThrough: "pool5",
  });
  expect(JSON.parse(String(fromFile.met))).toEqual({ matched: 16, fresh: [] });

  await page.getByRole("button", { name: "New experiment" }).click();
  await setUp(page);
  await page.getByLabel("Initial weights", { exact: true }).selectOption({ label: "A run’s weights" });
  await expect(page.getByText(/All 16 weights match/)).toBeVisible();
  await page.getByLabel("Run", { exact: true }).selectOption(String(trained.runs[0]!.id));
  // At another width no more than the last layer's bias fits: it is said at once.
  await page.getByRole("radio", { name: "Own size" }).check();
  await page.getByRole("textbox", { name: "Width" }).fill("0.5");
  await expect(page.getByText(/^1 of 16 weights match\. Random instead: .* and 5.more rows/)).toBeVisible();
  // So little is of another network, and has to be allowed.
  await expect(page.getByRole("button", { name: /^Train 1\srun$/ })).toBeDisabled();
  await page.getByLabel("Begin all the same").check();
  await expect(page.getByRole("button", { name: /^Train 1\srun$/ })).toBeEnabled();
  await page.getByRole("radio", { name: /^Compact/ }).check();
  await page.getByLabel("Epochs").fill("1");
  await expect(page.getByText(/All 16 weights match/)).toBeVisible();
  await page.getByRole("button", { name: /^Train 1\srun$/ }).click();
  await expect(page.getByRole("button", { name: "New experiment" })).toBeVisible({ timeout: trainingLimitMillis });
  const fromRun = strata.row("SELECT configuration FROM runs ORDER BY id DESC LIMIT 1");
  const kept = strata.row("SELECT weights_file AS file FROM runs WHERE id = ?", trained.runs[0]!.id);
  expect(configurationOf(fromRun).initialWeights.path).toBe(join(strata.home, "weights", String(kept.file)));
});
