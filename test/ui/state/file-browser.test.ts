// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FolderListing } from "../../../src-main/contract/dataset.ts";
import { FileBrowserState } from "../../../src-renderer/features/train/files/file-browser.svelte.ts";
import { later, refusal, scriptedEngine } from "./scripted-engine.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const listing = (path: string): FolderListing => ({ path, parent: null, folders: [], files: [] });
const known = ["/home", "/home/pictures"];

/** Reads the folders that there are; home where none is named. */
function opened() {
  const engine = scriptedEngine({
    "data.browse": ({ path }: { path: string | null }) => {
      const asked = path ?? "/home";
      const folder = asked.length > 1 ? asked.replace(/\/$/, "") : asked;
      if (!known.includes(folder)) throw refusal(`There is no folder ${folder}.`);
      return listing(folder);
    },
  });
  return { ...engine, browser: new FileBrowserState(engine.api) };
}
const rest = () => vi.advanceTimersByTimeAsync(300);

describe("the list of files", () => {
  test("begins where it is told to, and at home where that is gone, with the reason", async () => {
    const { browser } = opened();
    await browser.browse("/home/pictures", undefined);
    expect([browser.path, browser.listing?.path, browser.error]).toEqual(["/home/pictures", "/home/pictures", null]);
    const other = opened().browser;
    await other.browse("/gone", undefined);
    expect([other.path, other.listing?.path]).toEqual(["/home", "/home"]);
  });

  test("is typed into once the first folder was read, or home in its place", async () => {
    const { browser } = opened();
    const beginning = browser.begin("/gone", undefined);
    expect([browser.hasBegun, browser.path]).toEqual([false, ""]);
    await beginning;
    expect([browser.hasBegun, browser.path]).toEqual([true, "/home"]);
  });

  test("leaves what is typed while the first folder is still being read", async () => {
    const { browser } = opened();
    const first = browser.browse(null, undefined);
    browser.follow("/home/pictures", undefined);
    await first;
    expect([browser.path, browser.listing?.path]).toEqual(["/home/pictures", "/home"]);
    await rest();
    expect([browser.path, browser.listing?.path]).toEqual(["/home/pictures", "/home/pictures"]);
  });

  test("stays where it is when another folder cannot be read, and says why", async () => {
    const { browser } = opened();
    await browser.browse(null, undefined);
    await browser.browse("/gone", undefined);
    expect([browser.listing?.path, browser.error?.problem]).toEqual(["/home", "There is no folder /gone."]);
  });

  test("goes along with what is typed, once it rests, to the folder above while the name is not whole", async () => {
    const { browser, calls } = opened();
    await browser.browse(null, "safetensors");
    for (const text of ["/home/p", "/home/pi"]) browser.follow(text, "safetensors");
    await rest();
    expect([browser.path, browser.listing?.path, browser.error]).toEqual(["/home/pi", "/home", null]);
    expect(calls.slice(1).map(([, input]) => input)).toEqual([
      { path: "/home/pi", files: "safetensors" },
      { path: "/home/", files: "safetensors" },
    ]);
    browser.follow("/home/pictures", undefined);
    await rest();
    expect(browser.listing?.path).toBe("/home/pictures");
  });

  test("is of the newest question, and nothing typed is followed once it is left", async () => {
    const slow = later<FolderListing>();
    const { browser, answers, calls } = opened();
    const { "data.browse": read } = answers;
    answers["data.browse"] = () => slow.promise;
    const first = browser.browse("/home", undefined);
    await rest();
    if (read) answers["data.browse"] = read;
    await browser.browse("/home/pictures", undefined);
    slow.resolve(listing("/home"));
    await first;
    expect(browser.path).toBe("/home/pictures");
    browser.follow("/home", undefined);
    browser.end();
    await rest();
    expect(calls).toHaveLength(2);
  });
});
