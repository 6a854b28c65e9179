/** Scenes for pages: one engine serves all tests of a file that only look; a test that changes the record has its own. */
import { test as base, expect, type Page } from "@playwright/test";
import { type Scene, type ServedScene, serveScene } from "../../support/scenes/serve-scene.ts";

interface Scenes {
  /** For a test that changes nothing in the record. */
  shared(scene: Scene): Promise<ServedScene>;
  /** Gone with the test. */
  own(scene: Scene): Promise<ServedScene>;
}

export const test = base.extend<{ scenes: Scenes }, { sharedScenes: Map<Scene, Promise<ServedScene>> }>({
  sharedScenes: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const served = new Map<Scene, Promise<ServedScene>>();
      await use(served);
      for (const scene of served.values()) await (await scene).close();
    },
    { scope: "worker" },
  ],
  scenes: async ({ sharedScenes }, use) => {
    const own: ServedScene[] = [];
    await use({
      shared(scene) {
        const served = sharedScenes.get(scene) ?? serveScene(scene);
        sharedScenes.set(scene, served);
        return served;
      },
      async own(scene) {
        const served = await serveScene(scene);
        own.push(served);
        return served;
      },
    });
    for (const served of own) await served.close();
  },
});

/** The page at its address, let in. */
export async function openScene(page: Page, { address }: Pick<ServedScene, "address">, hash: string): Promise<void> {
  await page.goto(address);
  await page.goto(new URL(hash, page.url()).href);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** From a page of the app to another that is not the same, without loading the app again; what was there is gone. */
export async function goOnTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`new Promise((there) => {
    addEventListener("hashchange", () => requestAnimationFrame(() => requestAnimationFrame(there)), { once: true });
    location.hash = ${JSON.stringify(hash)};
  })`);
}
