/** Whatever can be pressed is large enough to be pressed, and whatever has the focus is seen whole. */
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { openState, pageStates } from "./support/page-states.ts";
import { test } from "./support/scene.ts";

const inPage = fileURLToPath(new URL("support/reach-in-page.js", import.meta.url));
for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const)
  test(`at ${width} px targets are large enough and the focus is seen, on every page`, async ({ page, scenes }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript({ path: inPage });
    for (const state of pageStates)
      await test.step(state.name, async () => {
        await openState(page, await scenes.shared(state.scene), state);
        await page.keyboard.press("Tab");
        expect.soft(await page.evaluate("reach.smallTargets()"), state.name).toEqual([]);
        expect.soft(await page.evaluate("[...new Set(reach.hiddenFocuses())]"), state.name).toEqual([]);
      });
  });
