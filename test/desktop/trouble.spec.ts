/** What goes wrong in the middle of a run: the window stays, says what happened, and recovers. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { openDatabase } from "../../src-main/store/database.ts";
import { trainingLimitMillis } from "../support/patience.ts";
import { canMount, mountSmallDisk } from "../support/small-disk.ts";
import { points, startLongPair, startPair } from "./main-job.ts";
import { test } from "./support/desktop.ts";

test("where the home cannot be written the window opens and says so; once it can, the engine is started from there", async ({
  desktop,
}) => {
  const home = join(desktop.scratch, "file");
  writeFileSync(home, "");
  const page = await desktop.start({ home });
  await expect(
    page.getByText(/The folder cannot be written\..*Set STRATA_HOME to one that can/s).first(),
  ).toBeVisible();
  rmSync(home);
  await page.getByRole("button", { name: "Start the engine again" }).click();
  await expect(page.getByText("Engine ready")).toBeVisible();
  await desktop.close();
});

test("a record that a newer version brought up is refused in the window, with what to do; once it is there no more, Strata starts", async ({
  desktop,
}) => {
  const path = join(desktop.home, "strata.sqlite");
  const later = openDatabase(path);
  later.pragma("user_version = 1000");
  later.close();
  const page = await desktop.start();
  await expect(
    page.getByText(/The record of runs was written by a newer version.*Use that version, or set STRATA_HOME/s).first(),
  ).toBeVisible();
  rmSync(path);
  await page.getByRole("button", { name: "Start the engine again" }).click();
  await expect(page.getByText("Engine ready")).toBeVisible();
  await desktop.close();
});

test("a second start of another version is said in the window that is open", async ({ desktop }) => {
  const page = await desktop.start();
  await expect(page.getByText("Engine ready")).toBeVisible();
  await desktop.app.evaluate(
    ({ app }) => void app.emit("second-instance", {}, [], "", { request: null, version: "99.0.0" }),
  );
  await expect(page.getByText(/Strata 99\.0\.0 was started while this one, .*, is open\./)).toBeVisible();
  await desktop.close();
});

test("a user without a home folder is told in the window what to set", async ({ desktop }) => {
  const environment = { HOME: "", STRATA_HOME: undefined, XDG_DATA_HOME: undefined };
  const page = await desktop.start({ environment });
  await expect(page.getByText(/This user has no home folder to keep the record of runs in/).first()).toBeVisible();
  await desktop.close();
});

test("an engine that is killed is started again; the window says so, and the run can go on", async ({ desktop }) => {
  const page = await desktop.start();
  await startLongPair(desktop);
  const [engine] = desktop.pids("engine");
  if (engine === undefined) throw new Error("There is no engine to kill.");

  process.kill(engine, "SIGKILL");
  await expect(page.getByText(/The engine had ended and was started again/)).toBeVisible();
  await expect(page.getByText("Engine ready")).toBeVisible();
  expect(desktop.pids("engine")).not.toContain(engine);
  expect(desktop.app.windows()).toHaveLength(1);
  // Its training process noticed too, and nothing trains unseen.
  await expect.poll(() => desktop.pids("trainer").length).toBe(0);

  await page.getByRole("link", { name: "Runs" }).click();
  await expect(page.getByText(/interrupted/i).first()).toBeVisible();
  const before = points(desktop);
  const question = page.getByRole("region", { name: /Strata ended while AlexNet on shades/ });
  await question.getByRole("button", { name: "Resume" }).click();
  await expect.poll(() => points(desktop)).toBeGreaterThan(before);
  await desktop.answerQuestion("Stop and keep");
  await desktop.close();
});

test("an engine that ends again and again is left alone, which the window says, until a person starts it", async ({
  desktop,
}) => {
  const page = await desktop.start();
  const failure = page.getByText(/The engine ended again and again/);
  const killed = new Set<number>();
  await expect
    .poll(
      async () => {
        for (const pid of desktop.pids("engine").filter((each) => !killed.has(each))) {
          killed.add(pid);
          process.kill(pid, "SIGKILL");
        }
        return failure.isVisible();
      },
      { intervals: [100] },
    )
    .toBe(true);
  await page.getByRole("button", { name: "Start the engine again" }).click();
  await expect(failure).toBeHidden();
  await expect(page.getByText("Engine ready")).toBeVisible();
});

test("a training process that is killed ends its run, which says so, and nothing else", async ({ desktop }) => {
  const page = await desktop.start();
  await startLongPair(desktop);
  const [engine] = desktop.pids("engine");
  for (const pid of desktop.pids("trainer")) process.kill(pid, "SIGKILL");
  await expect(page.getByText(/ended on its own|memory/i).first()).toBeVisible();
  expect(desktop.pids("engine")).toEqual([engine]);
  await expect(page.getByText("Engine ready")).toBeVisible();
});

test("a disk that fills up in the middle of a run ends the run with that reason; once there is room, all goes on", async ({
  desktop,
}) => {
  test.skip(!canMount, "making a small disk needs root");
  const disk = mountSmallDisk(160);
  try {
    const page = await desktop.start({ home: join(disk.path, "home") });
    await startLongPair(desktop);
    const hasFailed = () => {
      // Again and again: a checkpoint that finds no room is taken back, and in the room that it leaves its run trains on.
      disk.fill();
      return page.getByText("Failed", { exact: true }).first().isVisible();
    };
    await expect.poll(hasFailed, { timeout: trainingLimitMillis }).toBe(true);
    await expect(page.getByText("The disk is full.", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Stop and keep" })).toBeHidden();
    expect(desktop.app.windows()).toHaveLength(1);
    await page.getByRole("link", { name: "Runs" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

    disk.empty();
    // The end of the first run is recorded as soon as there is room for it.
    const open = "SELECT count(*) AS n FROM runs WHERE state IN ('running', 'queued')";
    await expect.poll(() => desktop.row(open).n).toBe(0);
    await desktop.chooseMenu("new-experiment");
    await startPair(page, 1);
    await expect(page.getByRole("button", { name: "Compare the arms" })).toBeVisible({ timeout: trainingLimitMillis });
    await desktop.close();
  } finally {
    await desktop.end();
    disk.unmount();
  }
});
