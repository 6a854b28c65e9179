/** Random search with successive halving: put together on the page, judged where it stands, and started. */
import { expect } from "@playwright/test";
import { axeViolations } from "./support/axe.ts";
import { openScene, test } from "./support/scene.ts";

test("a random search with halving is set up, says what will happen, and is one experiment on record", async ({
  page,
  scenes,
}) => {
  const scene = await scenes.own("idle");
  await openScene(page, scene, "#/train");
  await page.getByRole("radio", { name: "Sweep" }).check();
  await page.getByRole("radio", { name: "Drawn at random" }).check();
  await page.getByRole("button", { name: "Vary a setting" }).click();
  await page.getByLabel("Setting 1").selectOption("Learning rate");
  await expect(page.getByLabel("Learning rate: drawn from")).toHaveValue("log");
  const start = page.getByRole("button", { name: /^Train 6\sruns$/ });
  await page.getByLabel("Points drawn").fill("6");
  await start.press("Enter");
  const from = page.getByLabel("Learning rate: from");
  await expect(from).toBeFocused();
  await expect(from).toHaveAccessibleDescription("Give both ends of the range.");
  await from.fill("0");
  await page.getByLabel("Learning rate: to").fill("0.1");
  await expect(from).toHaveAccessibleDescription("More than 0.");
  await from.fill("0.0001");
  await page.getByRole("button", { name: "Vary a setting" }).click();
  await page.getByLabel("Setting 2").selectOption("Optimiser");
  await page.getByLabel("Values of optimiser").fill("sgd, adam");

  await page.getByLabel("Stop the weak early").check();
  await page.getByLabel("First compared after").fill("8");
  await expect(page.getByLabel("First compared after")).toHaveAccessibleDescription(
    "Fewer than the 8 epochs that are trained.",
  );
  await expect(start).toBeDisabled();
  await page.getByLabel("First compared after").fill("1");
  await page.getByLabel("Compared by").selectOption("Top-1");
  await expect(
    page.getByText(/^After 1 and 3 epochs runs are compared by top-1 on the validation pictures/),
  ).toBeVisible();
  await expect(page.getByText(/^6\sruns, about\s/)).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 2_000 });
  expect(await axeViolations(page, "all")).toEqual([]);

  await start.press("Enter");
  await expect(page.getByRole("button", { name: "Pause experiment 3" })).toBeVisible();
  const { request, runIds } = scene.engine.experiments.view(3);
  expect(runIds).toHaveLength(6);
  expect(request.halving).toEqual({ leastEpochs: 1, factor: 3, metric: "top1" });
  expect(request.factors).toEqual([
    {
      draws: 6,
      seed: 1,
      ranges: [
        { kind: "log", setting: "learningRate", from: 0.0001, to: 0.1 },
        { kind: "choice", setting: "optimizer", values: [{ kind: "sgd" }, { kind: "adam" }] },
      ],
      isBlocked: false,
    },
  ]);
});
