/** What a second start of the window hands to the first, which then shows itself; it comes from another process, perhaps of another version. */
import { z } from "zod";
import type { OpenRequest } from "./open-request.ts";

const handedOver = z.object({
  request: z.object({ path: z.string(), isFromLink: z.boolean() }).nullable(),
  /** Earlier versions do not say theirs. */
  version: z.string().max(100).nullish(),
});
export type HandedOver = z.infer<typeof handedOver>;

/** @returns what is to be opened, and the version of the other where it is not `own`; null for what is not there */
export function readHandedOver(
  data: unknown,
  own: string,
): { request: OpenRequest | null; otherVersion: string | null } {
  const { request, version } = handedOver.safeParse(data).data ?? { request: null };
  return { request, otherVersion: version && version !== own ? version : null };
}
