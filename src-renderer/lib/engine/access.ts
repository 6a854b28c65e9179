/**
 * What lets this page in (see `contract/access.ts`). It comes in the fragment of the address that `/open` leads to, and is kept in the origin's storage,
 * which tells ports apart: other tabs and a reload find it there. In the desktop window there is none; main speaks for the page.
 */
import { accessFromHash, type PageAccess, pageAccess } from "../../../src-main/contract/access.ts";

const storageKey = "strata.access";
let held = brought() ?? kept();

/** What came in the address, which is left as one that may be shown. */
function brought(): PageAccess | null {
  const access = accessFromHash(window.location.hash);
  if (access !== null) window.history.replaceState(null, "", "/");
  return access;
}

export function heldAccess(): PageAccess | null {
  return held;
}

/** What this page may be let in by: its own, and what another tab has brought since. */
export function accessChoices(): readonly (PageAccess | null)[] {
  const other = kept();
  return other === null || other.token === held?.token ? [held] : [held, other];
}

export function holdAccess(access: PageAccess | null): void {
  held = access;
}

/** Once the engine let it in, and not before: any page can lead here with a fragment of its own making. */
export function keepAccess(): void {
  if (held === null) return;
  try {
    window.localStorage.setItem(storageKey, JSON.stringify(held));
  } catch {
    // A browser that keeps nothing: this tab works until it is loaded again.
  }
}

function kept(): PageAccess | null {
  try {
    return pageAccess.parse(JSON.parse(window.localStorage.getItem(storageKey) ?? "null"));
  } catch {
    return null;
  }
}

/** The address of what the browser loads by itself, with the key for it. */
export function fileUrl(path: string, query: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams({ ...query, ...(held && { key: held.filesKey }) }).toString();
  return asked === "" ? path : `${path}?${asked}`;
}
