/** A tab that stays open while its engine ends and is started again. */
import { expect, type Page } from "@playwright/test";
import { test } from "./support/strata.ts";
import { choosePictures, setUpShortPair } from "./support/train-page.ts";

const header = (page: Page) => page.getByRole("banner");
const note = (page: Page) => page.getByRole("status").filter({ hasText: /engine|address/ });

test("an open tab goes on when its engine is started again; meanwhile it promises nothing and takes no command", async ({
  page,
  strata,
}) => {
  await page.goto(strata.address);
  await choosePictures(page, 400);
  // Far more than there is time for.
  await setUpShortPair(page, 500);
  await page.getByRole("button", { name: /^Train 2\sruns$/ }).click();
  await expect(page.getByText(/ left$/)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("button", { name: "Pause" })).toBeEnabled();

  await strata.kill();
  await expect(page.getByRole("button", { name: "Pause" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Stop and keep" })).toBeDisabled();
  await expect(page.getByText("time left not known")).toBeVisible();
  await expect(page.getByText(/ left$/)).toHaveCount(0);
  await expect(note(page)).toHaveText(/does not answer.*keeps trying/);

  await strata.start();
  await expect(header(page)).toContainText("Engine ready", { timeout: 60_000 });
  await expect(note(page)).toHaveCount(0);
  // The new engine asks about what was interrupted, and hears the answer.
  await page.getByRole("button", { name: "Resume", exact: true }).first().click();
  await expect(page.getByRole("button", { name: "Stop and keep" })).toBeEnabled({ timeout: 120_000 });
});

test("a tab that is shut out by a new token says so, stops asking, and goes on once it is let in", async ({
  page,
  strata,
}) => {
  await page.goto(strata.address);
  await expect(header(page)).toContainText("Engine ready", { timeout: 60_000 });
  await strata.kill();
  await strata.start({}, "--new-token");
  await expect(note(page)).toHaveText(/no longer valid.*Open the address that it printed/, { timeout: 30_000 });
  await expect(header(page)).toContainText("Address no longer valid");
  await expect(page.getByText("keeps trying")).toHaveCount(0);

  // Longer than the longest wait between two tries.
  let requests = 0;
  page.on("request", () => requests++);
  page.on("websocket", () => requests++);
  await page.waitForTimeout(6_000);
  expect(requests).toBe(0);

  const other = await page.context().newPage();
  await other.goto(strata.address);
  // It keeps what lets it in once the engine did: a tab that is closed before that lets no other in.
  await expect(header(other)).toContainText("Engine ready", { timeout: 60_000 });
  await other.close();
  // Looked at as often as it takes, as by a person.
  await expect(async () => {
    await page.evaluate('window.dispatchEvent(new Event("focus"))');
    await expect(header(page)).toContainText("Engine ready", { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await expect(note(page)).toHaveCount(0);
});
