/** Words of the field: a sentence where they stand, by pointer and by keyboard, and a page each. */
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("a setting's word says what it is when it is focused, and leads to its page", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/train");
  const help = page.getByRole("link", { name: "What is this? Label noise, in the glossary" });
  await help.focus();
  await expect(help).toHaveAccessibleDescription(/^Labels that are wrong/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Label noise" })).toBeVisible();
  await expect(page.getByText(/^Lukasik/)).toBeVisible();
  await page.goBack();
  await expect(help).toBeVisible();
});

test("a figure's word does so in a table of figures", async ({ page, scenes }) => {
  const scene = await scenes.shared("idle");
  await openScene(page, scene, "#/compare");
  const word = page.getByRole("link", { name: "Hard loss" }).first();
  await word.hover();
  await expect(word).toHaveAccessibleDescription(/the number to compare between arms/);
  await word.click();
  await expect(page.getByRole("figure")).toContainText("0.69 at a half");
  await page.getByRole("link", { name: "Label smoothing ε" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Label smoothing ε" })).toBeVisible();
});

test("words are found by other names, and what is not there is said", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/lessons");
  await page.getByRole("link", { name: "Glossary" }).click();
  await page.getByLabel("Find a word").fill("cross-validation");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Folds" })).toBeVisible();
  await page.getByLabel("Find a word").fill("qqq");
  await expect(page.getByText("No word holds “qqq”.")).toBeVisible();
});
