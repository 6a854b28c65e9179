/** Whatever can be pressed is large enough to be pressed, and whatever has the focus is seen whole. */
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { openState, pageStates } from "./support/page-states.ts";
import { test } from "./support/scene.ts";

const inPage = fileURLToPath(new URL("support/reach-in-page.js", import.meta.url));
// In two halves, which go side by side. What is opened at one width stays as it is at the other.
for (const half of [0, 1])
  test(`targets are large enough and the focus is seen, on every page at 1280 and 390 px (half ${half + 1})`, async ({
    page,
    scenes,
  }) => {
    await page.addInitScript({ path: inPage });
    for (const state of pageStates.filter((_, place) => place % 2 === half))
      await test.step(state.name, async () => {
        await page.setViewportSize({ width: 1280, height: 800 });
        await openState(page, await scenes.shared(state.scene), state);
        for (const [width, height] of [
          [1280, 800],
          [390, 844],
        ] as const) {
          const where = `${state.name}, ${width} px`;
          await page.setViewportSize({ width, height });
          // What depends on the width is told of it with the next frame, and laid out anew in the one behind it.
          await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
          await page.keyboard.press("Tab");
          expect.soft(await page.evaluate("reach.smallTargets()"), where).toEqual([]);
          expect.soft(await page.evaluate("[...new Set(reach.hiddenFocuses())]"), where).toEqual([]);
        }
      });
  });
