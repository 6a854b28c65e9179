/** Lessons on a projector, by keyboard alone: one thing a screen, a pen, notes, and full screen. */
import { expect, type Page } from "@playwright/test";
import { lessons } from "../../src-renderer/features/lessons/lessons.ts";
import { openScene, test } from "./support/scene.ts";

const figure = (page: Page, name: string | RegExp) =>
  page.getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd[1]");

test("all lessons are presented by keyboard alone, one thing a screen, and nothing of a figure lies below the fold", async ({
  page,
  scenes,
}) => {
  const screens = lessons.reduce((sum, { sheets }) => sum + sheets.length + 3, 0);
  await page.setViewportSize({ width: 1280, height: 720 });
  await openScene(page, await scenes.shared("idle"), "#/lessons");
  await page.getByRole("link", { name: "Present them all" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(`1 of ${screens}`, { exact: true })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Pages" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "What is shown" })).toBeFocused();

  const wanted = lessons.flatMap(({ title, sheets }) => [title, ...sheets, "To think about", `To try, ${sheets[0]}`]);
  for (let place = 1; place <= screens; place += 1) {
    await expect(page.getByText(`${place} of ${screens}`, { exact: true })).toBeVisible();
    const shown = page.getByRole("region", { name: "What is shown" });
    // Below its own a sheet may have others.
    const headings = async () =>
      (await shown.getByRole("heading").allTextContents()).map((text) => text.trim()).join(", ");
    const heading = wanted[place - 1]!;
    await expect.poll(async () => (await headings()).slice(0, heading.length)).toBe(heading);
    // Figures that ask the engine are there, too; none is higher than what is seen of it.
    await expect(page.getByText("Asking for the networks")).toHaveCount(0);
    await expect
      .poll(() =>
        page.evaluate(`[...document.querySelectorAll(".stage, .stage .box")].every((part) =>
        part.scrollHeight <= part.clientHeight && part.scrollWidth <= part.clientWidth + 1)`),
      )
      .toBe(true);
    await page.keyboard.press(place % 2 === 0 ? "ArrowRight" : "PageDown");
  }
  await expect(page.getByText(`${screens} of ${screens}`, { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText(`${screens} of ${screens}`, { exact: true })).toBeVisible();
  await page.keyboard.press("Home");
  await expect(page.getByText(`1 of ${screens}`, { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/#\/lessons$/);
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
});

test("while a lesson is presented a slider keeps its arrows and its value, a remote leads on from it, and notes are shown when asked for", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/present/smoothing?screen=2");
  await page.getByRole("slider", { name: "ε, the share that is spread" }).focus();
  await page.keyboard.press("Home");
  await expect(page.getByText("2 of 5", { exact: true })).toBeVisible();
  await expect(figure(page, "Logit gap at the optimum")).toHaveText("none: it grows for ever");
  await page.keyboard.press("PageDown");
  await expect(page.getByText("3 of 5", { exact: true })).toBeVisible();
  await expect(page.getByText("nothing in the target stops it")).toBeVisible();
  const notes = page.getByRole("complementary", { name: "Notes for the teacher" });
  await expect(notes).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(notes).toContainText("Plan 15 minutes.");
  await page.keyboard.press("End");
  await page.getByRole("button", { name: "Trained here" }).click();
  await expect(page.getByText("nothing in the target stops it")).toBeVisible();
});

test("a pen draws over the screen, keeps what was drawn with its screen, and lets the figure be used again when it is put away", async ({
  page,
  scenes,
}) => {
  await openScene(page, await scenes.shared("idle"), "#/present/reuse?screen=2");
  const drawing = page.getByRole("img", { name: /^A drawing of/ });
  const layers = page.getByRole("slider", { name: "Layers" });
  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: "Pen" })).toHaveAttribute("aria-pressed", "true");
  const box = (await layers.boundingBox())!;
  await page.mouse.move(box.x + box.width - 4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y + 80, { steps: 5 });
  await page.mouse.up();
  await expect(drawing).toHaveAccessibleName("A drawing of one stroke");
  await expect(layers).toHaveValue("4");
  await page.keyboard.press("ArrowRight");
  await expect(drawing).toHaveCount(0);
  await page.keyboard.press("ArrowLeft");
  await expect(drawing).toHaveCount(1);
  await page.keyboard.press("p");
  await page.mouse.click(box.x + box.width - 4, box.y + box.height / 2);
  await expect(layers).toHaveValue("8");
  await page.keyboard.press("c");
  await expect(drawing).toHaveCount(0);
});

test("where full screen is refused the presentation goes on, and says so", async ({ page, scenes }) => {
  await openScene(page, await scenes.shared("idle"), "#/present/reuse");
  await page.evaluate("Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused'))");
  await page.keyboard.press("f");
  await expect(page.getByText("Full screen was refused here. F11 may do it.")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("2 of 5", { exact: true })).toBeVisible();
});
