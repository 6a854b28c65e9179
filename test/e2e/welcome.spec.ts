/** The first start of an installed app: what was found, a training as proof, and where things are kept; the trainer is scripted. */
import { expect, type Page } from "@playwright/test";
import { serveScene } from "../support/scenes/serve-scene.ts";
import { test } from "./support/scene.ts";

const title = (page: Page) => page.getByRole("heading", { level: 1, name: "Welcome to Strata" });

test("the first start begins with it; by keyboard the proof is trained and told, and the page does not come again", async ({
  page,
}) => {
  const served = await serveScene("nothing", { offersFirstStart: true });
  try {
    await page.goto(served.address);
    await expect(title(page)).toBeVisible();
    await expect(page).toHaveURL(/#\/welcome$/);
    const kept = page.getByRole("region", { name: "Where things are kept" });
    await expect(kept.getByText(/strata\.sqlite$/)).toBeVisible();
    await expect(page.getByRole("region", { name: "What was found" }).getByText(/core/)).toBeVisible();

    const train = page.getByRole("button", { name: "Train it now" });
    // It cannot be pressed before the engine listens.
    await expect(train).toBeEnabled();
    await train.focus();
    await page.keyboard.press("Enter");
    const proof = page.getByRole("region", { name: "A first training" });
    await expect(proof.getByRole("status").filter({ hasText: /This machine trains\./ })).toBeVisible();
    await expect(proof.getByRole("img", { name: /^Top-1 accuracy/ })).toBeVisible();
    expect(served.engine.runs.list()).toMatchObject([{ tags: ["proof"], state: "finished" }]);

    await proof.getByRole("button", { name: "Open the run" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^Proof: AlexNet/ })).toBeVisible();
    await page.goto(served.address);
    await expect(page.getByText("Engine ready")).toBeVisible();
    await expect(title(page)).toBeHidden();
  } finally {
    await served.close();
  }
});

test("whoever leaves it without a training is not led there again, and finds it under About", async ({ page }) => {
  const served = await serveScene("nothing", { offersFirstStart: true });
  try {
    await page.goto(served.address);
    await expect(title(page)).toBeVisible();
    await page.getByRole("button", { name: "Choose pictures" }).click();
    await expect(page.getByRole("button", { name: "Draw pictures" })).toBeVisible();
    await page.goto("about:blank");
    await page.goto(served.address);
    await expect(page.getByRole("button", { name: "Draw pictures" })).toBeVisible();
    await expect(page.getByText("Engine ready")).toBeVisible();
    await page.getByRole("link", { name: "Nothing leaves this machine" }).click();
    await page.getByRole("link", { name: /a first training/ }).click();
    await expect(title(page)).toBeVisible();
  } finally {
    await served.close();
  }
});
