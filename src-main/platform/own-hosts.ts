/** The names and addresses that a server may be reached by. */
import { hostname, networkInterfaces } from "node:os";

const loopback = ["127.0.0.1", "localhost", "[::1]"];

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * What may stand before the port in a `Host` header. A server on loopback goes by loopback's names alone; one that was opened to the network also by the
 * name or address it was bound to and by this machine's own.
 */
export function ownHosts(boundTo: string): ReadonlySet<string> {
  if (isLoopback(boundTo)) return new Set([...loopback, bracketed(boundTo)]);
  const addresses = Object.values(networkInterfaces()).flatMap((cards) => cards ?? []);
  const own = addresses.map(({ address }) => bracketed(address));
  return new Set([...loopback, ...own, hostname().toLowerCase(), bracketed(boundTo).toLowerCase()]);
}

/** As it stands in an address: IPv6 in brackets, without its zone. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host.split("%")[0]}]` : host;
}
