/** Whatever can be pressed is large enough to be pressed, and whatever has the focus is seen whole. The engine is a fixture. */
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import type { FakeScene } from "../support/fake-engine.ts";
import { type FakeServer, serveFake } from "../support/serve-fake.ts";
import { openState, pageStates } from "./support/page-states.ts";

const inPage = fileURLToPath(new URL("support/reach-in-page.js", import.meta.url));
const served = new Map<FakeScene, FakeServer>();
test.beforeAll(async () => {
  for (const { scene } of pageStates) if (!served.has(scene)) served.set(scene, await serveFake(scene));
});
test.afterAll(async () => {
  for (const server of served.values()) await server.close();
});

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const)
  test(`at ${width} px targets are large enough and the focus is seen, on every page`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const state of pageStates)
      await test.step(state.name, async () => {
        await openState(page, served.get(state.scene)?.address ?? "", state);
        await page.addScriptTag({ path: inPage });
        await page.keyboard.press("Tab");
        expect.soft(await page.evaluate("reach.smallTargets()"), state.name).toEqual([]);
        expect.soft(await page.evaluate("[...new Set(reach.hiddenFocuses())]"), state.name).toEqual([]);
      });
  });
