import { expect, it } from "vitest";
import { readHandedOver } from "../../src-main/shell/handed-over.ts";

const request = { path: "/pictures", isFromLink: false };

it("a second start of the same version hands over what it was to open", () => {
  expect(readHandedOver({ request, version: "0.2.0" }, "0.2.0")).toEqual({ request, otherVersion: null });
});

it("a second start of another version is known by it", () => {
  expect(readHandedOver({ request: null, version: "0.3.0" }, "0.2.0")).toEqual({
    request: null,
    otherVersion: "0.3.0",
  });
});

it("one that does not say its version, or says nothing that makes sense, is taken as it is", () => {
  expect(readHandedOver({ request }, "0.2.0")).toEqual({ request, otherVersion: null });
  expect(readHandedOver({ version: 3 }, "0.2.0")).toEqual({ request: null, otherVersion: null });
});
