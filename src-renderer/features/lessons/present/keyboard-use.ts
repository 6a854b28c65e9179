import type { KeyboardUse } from "./screens.ts";

const typed =
  "textarea, select, input:not([type=range], [type=checkbox], [type=radio], [type=button]), [contenteditable=true]";
const moved =
  "input, [role=slider], [role=tree], [role=listbox], [role=grid], [role=radiogroup], [role=tablist], [role=menu]";

/** What a key is used for at the element that has the focus. */
export function keyboardUse(event: KeyboardEvent): KeyboardUse {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return "elsewhere";
  if (document.querySelector("[role=dialog], [role=alertdialog]") !== null) return "elsewhere";
  if (!(event.target instanceof Element)) return "free";
  if (event.target.closest(typed)) return "typing";
  return event.target.closest(moved) ? "moving" : "free";
}
