import { expect, test } from "vitest";
import { parseRoute, type Route, routeHash } from "../../src-renderer/lib/route.ts";

test.each([
  ["", { page: "train" }],
  ["#/nowhere", { page: "train" }],
  ["#/runs/12", { page: "runs", runId: 12 }],
  ["#/runs/0", { page: "runs", runId: null }],
  ["#/runs/abc", { page: "runs", runId: null }],
  ["#/experiments/3", { page: "experiment", experimentId: 3 }],
  ["#/experiments", { page: "runs", runId: null }],
  ["#/compare?runs=3,1,3,x", { page: "compare", runIds: [3, 1] }],
  ["#/classes?runs=1&cell=3,x", { page: "classes", runIds: [1], cell: null }],
  ["#/present", { page: "present", lesson: null, screen: 1 }],
  ["#/present/reuse?screen=0", { page: "present", lesson: "reuse", screen: 1 }],
  ["#/networks/vgg16?input=32&width=x&classes=10", { page: "networks", network: { id: "vgg16", size: null } }],
  ["#/networks/vgg16/against/", { page: "networks", network: { id: "vgg16", size: null } }],
] as const)("%j names its page", (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test("every route is read back from its own address", () => {
  const routes: Route[] = [
    { page: "train" },
    { page: "live" },
    { page: "welcome" },
    { page: "runs", runId: null },
    { page: "runs", runId: 7 },
    { page: "experiment", experimentId: 14 },
    { page: "compare", runIds: [] },
    { page: "compare", runIds: [1, 2] },
    { page: "calibration", runIds: [] },
    { page: "calibration", runIds: [2, 1] },
    { page: "classes", runIds: [], cell: null },
    { page: "classes", runIds: [1, 2], cell: { truth: 0, said: 12 } },
    { page: "predict", runIds: [] },
    { page: "predict", runIds: [1, 2] },
    { page: "lessons", lesson: null },
    { page: "lessons", lesson: "reuse" },
    { page: "glossary", term: null },
    { page: "glossary", term: "ece" },
    { page: "present", lesson: null, screen: 1 },
    { page: "present", lesson: "reuse", screen: 4 },
    { page: "networks", network: null },
    { page: "networks", network: { id: "alexnet", size: null } },
    { page: "networks", network: { id: "inception-v3", size: { inputPixels: 32, width: 0.25, classes: 10 } } },
    { page: "network-pair", first: "googlenet", second: "bn-inception", isCompact: false },
    { page: "network-pair", first: "vgg16", second: "vgg19", isCompact: true },
  ];
  for (const route of routes) expect(parseRoute(routeHash(route))).toEqual(route);
});
