/** A teacher's own lesson: made, saved as a file, opened elsewhere, presented. */
import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { openScene, test } from "./support/scene.ts";

test("a teacher makes a lesson and saves it as a file; on another machine it is opened, and its tour follows it with its settings", async ({
  page,
  browser,
  scenes,
}) => {
  const scene = await scenes.shared("idle");
  await openScene(page, scene, "#/lessons/smoothing");
  await page.getByRole("slider", { name: "K, the number of classes" }).focus();
  await page.keyboard.press("End");
  await page.evaluate("location.hash = '#/lessons/own'");
  await page.getByRole("button", { name: "Make a lesson" }).click();
  await page.getByLabel("Title").fill("Week 3");
  // Of the lessons in their order, feature reuse and label smoothing stay.
  for (const step of [1, 2, 2, 3]) await page.getByRole("button", { name: `Remove step ${step}` }).click();
  await page.getByRole("button", { name: "Move step 2 up" }).focus();
  await page.keyboard.press("Enter");
  // At the top it can only come down again.
  await expect(page.getByRole("button", { name: "Move step 1 down" })).toBeFocused();
  const first = page.getByRole("listitem").filter({ hasText: "1. What does label smoothing ask for?" });
  await first.getByRole("button", { name: "Take its settings over" }).click();
  await expect(first).toContainText("ε 0.1, K 100");
  await first.getByLabel("Your text").fill("Labels <b>lie</b>.");
  await first.getByLabel("Your question").fill("How often?");
  await page.getByRole("combobox", { name: "What it shows" }).selectOption("page networks/alexnet");
  await page.getByRole("button", { name: "Add a step" }).click();
  await page.reload();
  await expect(page.getByText("Not in a file yet", { exact: false })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file…" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("week-3.strata-lesson.json");
  await expect(page.getByText("A file has all of this.")).toBeVisible();
  const path = await saved.path();

  const elsewhere = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const other = await elsewhere.newPage();
  await openScene(other, scene, "#/lessons/own");
  await other.locator("input[type=file]").setInputFiles(path);
  await expect(other.getByLabel("Title")).toHaveValue("Week 3");
  await other.getByRole("link", { name: "Present", exact: true }).click();
  await expect(other.getByText("1 of 11", { exact: true })).toBeVisible();
  await expect(other.getByText("Labels <b>lie</b>.")).toBeVisible();
  await other.keyboard.press("PageDown");
  await expect(other.getByRole("slider", { name: "K, the number of classes" })).toHaveValue("100");
  for (const words of ["Trained here", "How often?"]) {
    await other.keyboard.press("PageDown");
    await expect(other.getByText(words).first()).toBeVisible();
  }
  await other.keyboard.press("End");
  await expect(other.getByRole("heading", { name: "AlexNet", level: 1 })).toBeVisible();
  await other.keyboard.press("Escape");
  await expect(other).toHaveURL(/#\/lessons\/own$/);
  await elsewhere.close();
  expect(readFileSync(path, "utf8")).toContain('"version": 1');
});

test("a file that is dropped is opened as a lesson; one that is none says why, and leaves what is there", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/lessons/own");
  const drop = async (text: string) => {
    const files = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([${JSON.stringify(text)}], "a.strata-lesson.json"));
      return transfer;
    })()`);
    await page.dispatchEvent("main", "drop", { dataTransfer: files });
  };
  const step = { shows: { kind: "lesson", lesson: "reuse", settings: null }, text: "", question: "" };
  const lesson = { format: "strata-lesson", version: 1, title: "Dropped", steps: [step] };
  await drop(JSON.stringify(lesson));
  await expect(page.getByLabel("Title")).toHaveValue("Dropped");
  await drop(JSON.stringify({ ...lesson, steps: [{ ...step, shows: { kind: "page", address: "runs/7" } }] }));
  await expect(page.getByRole("alert")).toContainText(
    "Step 1 shows the page runs/7, which is of one machine’s own record.",
  );
  await drop(JSON.stringify({ ...lesson, version: 2 }));
  await expect(page.getByRole("alert")).toContainText("saved by a newer version of Strata");
  await drop("no lesson");
  await expect(page.getByRole("alert")).toContainText("The file is no lesson of Strata.");
  await expect(page.getByLabel("Title")).toHaveValue("Dropped");
  await page.getByRole("button", { name: "Close it" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Dropped");
});

test("an experiment that the Train page holds is handed out with a lesson, and started on pictures of whoever opens it", async ({
  page,
  browser,
  scenes,
}) => {
  const scene = await scenes.own("idle");
  await openScene(page, scene, "#/lessons/own");
  await page.getByRole("button", { name: "Make a lesson" }).click();
  await page.getByRole("combobox", { name: "What it shows" }).selectOption("experiment");
  await page.getByRole("button", { name: "Add a step" }).click();
  await page.getByLabel("Title of the experiment").fill("Is smoothing worth it?");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file…" }).click();
  const path = await (await download).path();
  expect(readFileSync(path, "utf8")).not.toContain('"dataset"');

  const elsewhere = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const other = await elsewhere.newPage();
  await openScene(other, scene, "#/lessons/own");
  await other.locator("input[type=file]").setInputFiles(path);
  await other.getByRole("button", { name: "Start it on my pictures…" }).click();
  const dialog = other.getByRole("dialog", { name: "Is smoothing worth it?" });
  await dialog.getByLabel("Pictures").selectOption({ label: "cifar10-mini" });
  await expect(dialog.getByText(/epochs of batches of/)).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await other.getByRole("link", { name: "Present", exact: true }).click();
  await expect(other.getByText(/^1 of \d+$/)).toBeVisible();
  await other.keyboard.press("End");
  const shown = other.getByRole("region", { name: "Is smoothing worth it?" });
  await shown.getByLabel("Pictures").selectOption({ label: "cifar10-mini" });
  await expect(shown.getByRole("status")).toHaveText(/^2\sruns/);
  await shown.getByRole("button", { name: /^Train 2\sruns$/ }).click();
  await expect(other).toHaveURL(/#\/live$/);
  await elsewhere.close();
});
