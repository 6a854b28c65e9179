/** Which page the address names. Pure: the hash in, the page out, and back. */

export type Route =
  | { readonly page: "train" }
  | { readonly page: "live" }
  | { readonly page: "runs"; readonly runId: number | null }
  | { readonly page: "experiment"; readonly experimentId: number }
  | { readonly page: "compare"; readonly runIds: readonly number[] }
  /** How far the confidence of runs can be trusted. */
  | { readonly page: "calibration"; readonly runIds: readonly number[] }
  /** What runs answered class by class; a cell of the matrix may be open, by the places of its classes. */
  | {
      readonly page: "classes";
      readonly runIds: readonly number[];
      readonly cell: { readonly truth: number; readonly said: number } | null;
    }
  /** Trained networks on a picture. */
  | { readonly page: "predict"; readonly runIds: readonly number[] }
  | { readonly page: "networks"; readonly network: NetworkAddress | null }
  | NetworkPairRoute
  | { readonly page: "lessons"; readonly lesson: string | null }
  | { readonly page: "glossary"; readonly term: string | null }
  /** A lesson, or all of them, for a projector; screens are counted from one. */
  | { readonly page: "present"; readonly lesson: string | null; readonly screen: number }
  | { readonly page: "about" }
  /** What an installed app begins with. */
  | { readonly page: "welcome" };

/** A network that is opened; without a size it is as its paper has it. */
export interface NetworkAddress {
  readonly id: string;
  readonly size: { readonly inputPixels: number; readonly width: number; readonly classes: number } | null;
}

/** Two networks side by side, as their papers have them or each at its compact size. */
export interface NetworkPairRoute {
  readonly page: "network-pair";
  readonly first: string;
  readonly second: string;
  readonly isCompact: boolean;
}

export type PageName = Route["page"];

const recordNumber = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null);

/** Reads `#/compare?runs=1,2` and its like; whatever names no page is the first page. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [page, detail = "", word, other = ""] = path.split("/");
  switch (page) {
    case "live":
    case "about":
    case "welcome":
      return { page };
    case "runs":
      return { page: "runs", runId: recordNumber(detail) };
    case "experiments": {
      const experimentId = recordNumber(detail);
      return experimentId === null ? { page: "runs", runId: null } : { page: "experiment", experimentId };
    }
    case "compare":
    case "calibration":
      return { page, runIds: runsIn(query) };
    case "classes":
      return { page, runIds: runsIn(query), cell: cellIn(query) };
    case "predict":
      return { page: "predict", runIds: runsIn(query).slice(0, 2) };
    case "lessons":
      return { page: "lessons", lesson: detail === "" ? null : detail };
    case "glossary":
      return { page: "glossary", term: detail === "" ? null : detail };
    case "present": {
      const screen = recordNumber(new URLSearchParams(query).get("screen") ?? "") ?? 1;
      return { page: "present", lesson: detail === "" ? null : detail, screen };
    }
    case "networks":
      if (word === "against" && other !== "")
        return { page: "network-pair", first: detail, second: other, isCompact: query === "size=compact" };
      return { page: "networks", network: detail === "" ? null : { id: detail, size: sizeIn(query) } };
    default:
      return { page: "train" };
  }
}

function runsIn(query: string): readonly number[] {
  const listed = (new URLSearchParams(query).get("runs") ?? "").split(",").map(recordNumber);
  return [...new Set(listed.filter((id) => id !== null))];
}

function cellIn(query: string): { readonly truth: number; readonly said: number } | null {
  const [, truth, said] = /^(\d{1,6}),(\d{1,6})$/.exec(new URLSearchParams(query).get("cell") ?? "") ?? [];
  return truth === undefined || said === undefined ? null : { truth: Number(truth), said: Number(said) };
}

/** Null unless all three are numbers; whether a network can have that size, the engine says. */
function sizeIn(query: string): NetworkAddress["size"] {
  const asked = new URLSearchParams(query);
  const [inputPixels = 0, width = 0, classes = 0] = ["input", "width", "classes"].map((name) =>
    Number(asked.get(name)),
  );
  return inputPixels > 0 && width > 0 && classes > 0 ? { inputPixels, width, classes } : null;
}

/** The hash that `parseRoute` reads back. */
export function routeHash(route: Route): string {
  switch (route.page) {
    case "train":
      return "#/train";
    case "live":
    case "about":
    case "welcome":
      return `#/${route.page}`;
    case "runs":
      return route.runId === null ? "#/runs" : `#/runs/${route.runId}`;
    case "experiment":
      return `#/experiments/${route.experimentId}`;
    case "compare":
    case "calibration":
    case "predict":
      return route.runIds.length === 0 ? `#/${route.page}` : `#/${route.page}?runs=${route.runIds.join(",")}`;
    case "classes": {
      const { runIds, cell } = route;
      const opened = cell === null ? "" : `&cell=${cell.truth},${cell.said}`;
      return runIds.length === 0 ? "#/classes" : `#/classes?runs=${runIds.join(",")}${opened}`;
    }
    case "lessons":
      return route.lesson === null ? "#/lessons" : `#/lessons/${route.lesson}`;
    case "glossary":
      return route.term === null ? "#/glossary" : `#/glossary/${route.term}`;
    case "present": {
      const presented = route.lesson === null ? "#/present" : `#/present/${route.lesson}`;
      return route.screen === 1 ? presented : `${presented}?screen=${route.screen}`;
    }
    case "network-pair":
      return `#/networks/${route.first}/against/${route.second}${route.isCompact ? "?size=compact" : ""}`;
    case "networks": {
      if (route.network === null) return "#/networks";
      const { id, size } = route.network;
      return size === null
        ? `#/networks/${id}`
        : `#/networks/${id}?input=${size.inputPixels}&width=${size.width}&classes=${size.classes}`;
    }
  }
}
