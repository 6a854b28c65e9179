import { expect, test } from "@playwright/test";
import { sectionMarkup, tableMarkup } from "../../src-main/domain/report/markup.ts";
import { reportPage } from "../../src-main/domain/report/page.ts";

test("in a report, a class of a long name without a space leaves the figures beside it on the page", async ({
  page,
}) => {
  const name = "x".repeat(255);
  const columns = [
    { title: "class", cell: (row: string) => row },
    { title: "pictures", cell: () => "1,234", isNumber: true },
  ];
  const table = tableMarkup("Pictures of each class", columns, [name, "cat"]);
  await page.setViewportSize({ width: 800, height: 600 });
  await page.setContent(reportPage("Run", "made for a test", [sectionMarkup("Pictures", table)]));
  const figure = await page.getByText("1,234").first().boundingBox();
  expect(figure!.x + figure!.width).toBeLessThan(800);
  // A short name and a figure are not broken.
  const height = async (text: string) => (await page.getByText(text, { exact: true }).last().boundingBox())!.height;
  expect(await height("cat")).toBe(await height("1,234"));
});
