/** Files of events, against one that TensorBoard wrote itself (`make-event-file.py`). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { eventFile } from "../../src-main/tensorflow/event-file.ts";

test("two values are written byte by byte as TensorBoard writes them", () => {
  const scalars = [
    { tag: "Hard loss/train, batch", step: 1, value: 1.75, wallSeconds: 1_750_000_000 },
    { tag: "Top-1/validation, epoch", step: 40_000_000_000, value: 0.1, wallSeconds: 1_750_000_000 },
  ];
  const wanted = readFileSync(new URL("./event-file.base64", import.meta.url), "utf8").trim();
  expect(Buffer.from(eventFile(scalars, 1_750_000_000)).toString("base64")).toBe(wanted);
});
