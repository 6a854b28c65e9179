/** Leads to what the start waits for: the first field that is wrong or deed that is missing, else the first thing to do about pictures that are not open. */
export function showWhatIsWrong(): void {
  const field = document.querySelector<HTMLElement>("main :is([aria-invalid='true'], [data-is-missing] button)");
  const deed = document.querySelector<HTMLElement>("main [data-waits-for-pictures] button");
  (field ?? deed)?.focus();
}
