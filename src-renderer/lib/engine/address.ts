/** Where the engine is, and how patiently it is asked for. Pure. */

const firstRetryMillis = 250;
const longestRetryMillis = 5_000;

/** Where the engine listens, seen from the page's own address. */
export function socketAddress(page: { readonly protocol: string; readonly host: string }): string {
  return `${page.protocol === "https:" ? "wss" : "ws"}://${page.host}/api`;
}

/** How long to wait before the next try: doubles from a quarter of a second to five seconds. */
export function retryDelayMillis(attempt: number): number {
  return Math.min(longestRetryMillis, firstRetryMillis * 2 ** Math.max(0, attempt - 1));
}
