/** Where one sheet stands alone, of several that a component has: the others are hidden, and what they share with it goes on. */
import { getContext, setContext } from "svelte";

const key = Symbol("the sheet that is shown alone");

/** @param title of the sheet; null shows them all */
export function showSheetAlone(title: () => string | null): void {
  setContext(key, title);
}

/** Whether a sheet of this title is seen where it stands. */
export function isSheetShown(): (title: string) => boolean {
  const alone = getContext<(() => string | null) | undefined>(key);
  return (title) => alone === undefined || alone() === null || alone() === title;
}
