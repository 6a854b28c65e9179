/** Where the keyboard stands after a row was deleted: at the next row's button of the same kind, or the one before. */
import { tick } from "svelte";

/** Marks the buttons that take the focus from one another. */
export const deletesRow = { "data-deletes-row": "" } as const;

/** @param pressed the button; where it is still there afterwards, nothing was deleted, and it keeps the focus */
export async function keepingFocus(pressed: HTMLElement, remove: () => Promise<void>): Promise<void> {
  const all = [...document.querySelectorAll<HTMLElement>("[data-deletes-row]")];
  const place = all.indexOf(pressed);
  await remove();
  await tick();
  if (place < 0 || all[place]!.isConnected) return;
  const others = [...all.slice(place + 1), ...all.slice(0, place).reverse()];
  const next = others.find((button) => button.isConnected);
  (next ?? document.querySelector<HTMLElement>("search input"))?.focus();
}
