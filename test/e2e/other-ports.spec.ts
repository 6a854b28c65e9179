/** Cookies do not tell ports apart: what another user's server on this host receives from the browser, and what it can do with it. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { expect, type Page } from "@playwright/test";
import { openAt, test } from "./support/strata.ts";
import { choosePictures } from "./support/train-page.ts";

const ready = (page: Page) => expect(page.getByText("Engine ready")).toBeVisible();

/** Another user's server, and every cookie that came to it. */
async function otherServer(): Promise<{ server: Server; address: string; cookies: string[] }> {
  const cookies: string[] = [];
  const server = createServer((request, response) => {
    if (request.headers.cookie) cookies.push(request.headers.cookie);
    response.setHeader("Content-Type", "text/html").end("<title>Other</title>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { server, address: `http://127.0.0.1:${typeof address === "object" && address?.port}`, cookies };
}

test("a server at another port receives the cookie, and neither it nor its page can use it", async ({
  page,
  context,
  strata,
}) => {
  await page.goto(strata.address);
  await ready(page);
  const { origin, port } = new URL(page.url());
  await choosePictures(page, 400);
  const other = await otherServer();
  const theirs = await context.newPage();
  await theirs.goto(other.address);
  expect(other.cookies[0]).toContain(`strata-${port}=`);

  // The server itself, with all that it was sent.
  const cookie = other.cookies[0] ?? "";
  const paths = [
    "/api/status",
    "/api/models.list",
    "/pictures/1/0",
    "/runs/1/points.csv",
    "/runs/1/weights.safetensors",
  ];
  for (const path of paths)
    expect([path, (await fetch(`${origin}${path}`, { headers: { cookie } })).status]).toEqual([path, 401]);
  expect((await fetch(origin, { headers: { cookie } })).status).toBe(200);

  // Its page, in the same browser, which sends the cookie along; and what it finds in the browser's storage.
  const tried = await theirs.evaluate(`(async (to) => {
    const picture = new Promise((resolve) => {
      const image = Object.assign(new Image(), { onload: () => resolve("shown"), onerror: () => resolve("refused") });
      image.src = to + "/pictures/1/0";
    });
    const socket = new Promise((resolve) => {
      const opened = new WebSocket(to.replace("http", "ws") + "/api");
      Object.assign(opened, { onopen: () => resolve("opened"), onerror: () => resolve("refused") });
    });
    const read = fetch(to + "/api/status", { credentials: "include" }).then(() => "read", () => "refused");
    return { picture: await picture, socket: await socket, read: await read, kept: { ...localStorage } };
  })(${JSON.stringify(origin)})`);
  expect(tried).toEqual({ picture: "refused", socket: "refused", read: "refused", kept: {} });

  // What it can do is to lead a tab here with a fragment of its own. That tab lets go of it, and nobody is shut out.
  const foreign = `${origin}/#access=${"x".repeat(43)}.${"x".repeat(43)}`;
  await theirs.evaluate(`window.location.assign(${JSON.stringify(foreign)})`);
  await ready(theirs);
  await page.reload();
  await ready(page);
  other.server.close();
});

test("the address bar holds no secret; a reload, another tab, pictures and downloads go on", async ({
  page,
  context,
  strata,
}) => {
  await page.goto(strata.address);
  await ready(page);
  const token = new URL(strata.address).searchParams.get("token") ?? "";
  const { href } = new URL(page.url());
  expect(href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/(#\/train)?$/);
  expect(await page.evaluate("document.cookie")).toBe("");
  const [cookie] = await context.cookies();
  expect(cookie?.value).not.toBe(token);

  await choosePictures(page, 400);
  const picture = page.locator("img[src*='/pictures/']").first();
  await expect(picture).not.toHaveJSProperty("naturalWidth", 0);
  await page.reload();
  await ready(page);
  const other = await context.newPage();
  await other.goto(new URL("#/about", href).href);
  await ready(other);

  const data = "drawn:pictures=100,pixels=16,difficulty=0.3";
  await strata.command("train", "--data", data, "--model", "lenet5", "--epochs", "1", "--json");
  await openAt(other, strata.address, "#/runs/1");
  await other.getByRole("button", { name: /weights/i }).click();
  const download = other.waitForEvent("download");
  await other.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const bytes = await readFile(await (await download).path());
  expect(JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString())).toHaveProperty("__metadata__");
});
