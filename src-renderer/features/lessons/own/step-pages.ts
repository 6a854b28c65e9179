/** The pages of the app that a step of a lesson can show: those that are the same on every machine. */
import { StrataError } from "../../../../src-main/contract/errors.ts";
import { visibleText } from "../../../../src-main/domain/visible-text.ts";
import { type PageName, parseRoute, type Route, routeHash } from "../../../lib/route.ts";

const pageTitles: Partial<Record<PageName, string>> = {
  train: "Train",
  live: "Live",
  runs: "Runs",
  compare: "Compare",
  networks: "Networks",
  glossary: "Glossary",
};

/** For a list to choose from. */
export const stepPages = Object.entries(pageTitles).map(([address, title]) => ({ address, title }));

/**
 * @param address without the `#/`: `networks/vgg16`
 * @param step counted from one
 * @throws StrataError where there is no such page, or where it shows what only one machine has on record
 */
export function stepPage(address: string, step: number): { readonly route: Route; readonly title: string } {
  const route = parseRoute(`#/${address}`);
  const title = pageTitles[route.page];
  if (isOfOneRecord(route)) throw new StrataError("lesson.own-record", { address: visibleText(address), step });
  if (title === undefined || routeHash(route) !== `#/${address}`)
    throw new StrataError("lesson.unknown-page", { address: visibleText(address), step });
  return {
    route,
    title: route.page === "networks" && route.network ? `${title}: ${visibleText(route.network.id)}` : title,
  };
}

/** Runs and experiments have numbers, and another machine's record has others under them. */
function isOfOneRecord(route: Route): boolean {
  switch (route.page) {
    case "experiment":
      return true;
    case "runs":
      return route.runId !== null;
    case "compare":
    case "predict":
      return route.runIds.length > 0;
    default:
      return false;
  }
}
