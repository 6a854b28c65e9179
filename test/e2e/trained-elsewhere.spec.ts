/** A training that was begun from the command line, seen from a page whose own engine trains nothing. */
import { expect } from "@playwright/test";
import { test } from "./support/strata.ts";

test("the Live page says what another engine trains, grows its curves, and can stop it", async ({ page, strata }) => {
  let reads = 0;
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (String(payload).includes('"runs.series"')) reads++;
    }),
  );
  await page.goto(strata.address);
  await page.getByRole("link", { name: "Live" }).click();
  await expect(page.getByText("Nothing is training")).toBeVisible();

  const flags = "--model lenet5 --epochs 10000 --seed 1 --json".split(" ");
  const trained = strata.command("train", "--data", "drawn:pictures=400", ...flags);
  await expect(page.getByText(/Another Strata on this computer is training run 1: epoch \d+ of 10000\./)).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByText("Nothing is training")).toHaveCount(0);
  await expect(page.getByRole("link", { name: /^Live.*training now$/ })).toBeVisible();
  const epoch = async () => {
    const words = (await page.getByText(/^Another Strata/).textContent()) ?? "";
    return Number(/epoch (\d+) of/.exec(words)?.[1]);
  };
  const before = await epoch();
  await expect.poll(epoch, { timeout: 60_000 }).toBeGreaterThan(before);
  // First when it came into view; from then on because it trains elsewhere.
  await expect.poll(() => reads, { timeout: 30_000 }).toBeGreaterThan(2);

  await page.getByRole("button", { name: "Stop and keep" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop and keep" }).click();
  expect(await trained.catch((thrown: { stdout: string }) => JSON.parse(thrown.stdout))).toMatchObject({
    runs: [{ state: "stopped" }],
  });
  await expect(page.getByRole("button", { name: "Open the run" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^Another Strata/)).toHaveCount(0);
});
